// The TLS handshake of the climb, with a ClientHello as large as a newer client's. Where that stalls or is cut, it is asked
// again beside the waiting in other forms: small, large, by another name, for a short answer. Where a small hello gets through,
// the climb goes on with it.

import type net from 'node:net'
import type { TlsObservation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import { probeHello, probeOtherName, probeSmallAnswer } from '../probe/hello.ts'
import { probeTcp } from '../probe/tcp.ts'
import { type Shaken, shakeHands } from './connection.ts'
import type { Climb, Surroundings } from './surroundings.ts'

/** A name that no filter has reason to know and no server holds (RFC 2606): only whether TLS answers counts. */
const unlistedName = 'www.example.com'

export interface Secured {
  readonly socket: net.Socket
  /** The ClientHello that got through. */
  readonly hello: 'large' | 'small'
}

/** `socket` is the handshake's from here. Undefined: no handshake was completed, and what was seen has been noted. */
export async function secure(way: Climb, socket: net.Socket, address: string): Promise<Secured | undefined> {
  const { target, run, note, doubt } = way
  const shaking = shakeHands(socket, { target, address, hello: 'large' }, run)
  const suspectMs = Math.min(1000, run.connectTimeoutMs / 3)
  const early = await run.deadline.until(shaking, suspectMs)
  if (early !== undefined && !isPathTrouble(early.observation)) {
    note(early.observation)
    if (early.socket) run.passedNames.add(target.host)
    return early.socket && { socket: early.socket, hello: 'large' }
  }
  const forms = askForms(target, address, run)
  const again = forms.small.then(small => (isTlsAnswer(small) ? withSmallHello(target, address, run) : undefined))
  const large = shaking.then((shaken): Tried => ({ ...shaken, hello: 'large' }))
  const small = again.then((shaken): Tried | undefined => shaken && { ...shaken, hello: 'small' })
  const others = Promise.all([forms.small, forms.large, forms.other, forms.short]).then(all => all.flat())
  others.catch(ignore)
  // The first that gets through; where none does, the small one's refusal says more than the large one's silence.
  const deciding = Promise.race([
    small.then(s => (s?.socket ? s : large)),
    large.then(l => (l.socket ? l : small.then(s => s ?? l))),
  ])
  const closeAllBut = (kept?: net.Socket) => {
    for (const tried of [large, small]) tried.then(t => t?.socket !== kept && t?.socket?.destroy(), ignore)
  }
  deciding.then(
    first => closeAllBut(first.socket),
    () => closeAllBut(),
  )
  const first = await deciding
  note(first.observation)
  // The large handshake was only slow: then there is nothing to tell apart, and nobody waits for the other forms.
  if (!(first.socket && first.hello === 'large')) doubt(others)
  return first.socket && { socket: first.socket, hello: first.hello }
}

interface Tried extends Shaken {
  readonly hello: 'large' | 'small'
}

function ignore(): void {}

/** Silence, or a cut at the ClientHello. A certificate has an answer of its own, and so has an alert, unless it minds the hello's form. */
function isPathTrouble(observation: TlsObservation): boolean {
  if (observation.outcome === 'silent') return true
  const codes = ['ECONNRESET', 'EOF', 'EPIPE', 'ALERT_illegal_parameter', 'ALERT_decode_error', 'ALERT_no_application_protocol']
  return observation.outcome === 'rejected' && codes.includes(observation.code)
}

function isTlsAnswer(observation: TlsObservation): boolean {
  return observation.outcome === 'answered' || (observation.outcome === 'rejected' && observation.code.startsWith('ALERT_'))
}

/** One name that no list holds, and one that TLS has just answered: a filter may drop what it lists, or pass only that. */
function otherNames(target: PlannedTarget, run: Surroundings): readonly string[] {
  const passed = [...run.passedNames].find(name => name !== target.host)
  return passed === undefined ? [unlistedName] : [unlistedName, passed]
}

function askForms(target: PlannedTarget, address: string, run: Surroundings) {
  const to = { address, port: target.port, serverName: target.host }
  // Long enough for one retransmission, and over about when the handshake's own waiting is.
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: Math.min(run.connectTimeoutMs, 2000) }
  return {
    small: probeHello({ ...to, size: 'small' }, context),
    large: probeHello({ ...to, size: 'large' }, context),
    other: Promise.all(otherNames(target, run).map(serverName => probeOtherName({ ...to, serverName }, context))),
    short: probeSmallAnswer(to, context),
  }
}

async function withSmallHello(target: PlannedTarget, address: string, run: Surroundings) {
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs }
  const tcp = await probeTcp({ address, port: target.port }, context)
  return tcp.socket && shakeHands(tcp.socket, { target, address, hello: 'small' }, run)
}
