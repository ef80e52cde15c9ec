// One TCP connection to one literal address. An open port proves no more than that something there completes handshakes:
// a firewall or proxy can do that in the peer's place. A reset can be a firewall's, too.

import net from 'node:net'
import type { NameKind, TcpObservation, TcpSeen, Variant } from '../model/observation.ts'
import { awaitEarlyCall, earlySuspicionMs, type Hearing, planSyns, type Spread } from './early-silence.ts'
import { errorCode, isLocalShortage, LocalResourceError } from './local-resource-error.ts'
import { isNeighbourKnown } from './neighbours.ts'
import { awaitFirst, elapsedSince, readSilence, type WaitContext } from './silence.ts'

export interface TcpTarget {
  /** A literal address: names are the DNS layer's. */
  readonly address: string
  readonly port: number
  /** Bind to this local port (NACL sweep): then a single try, since a second would need another port. */
  readonly localPort?: number
  readonly variant?: Variant
  readonly via?: 'proxy'
  readonly nameKind?: NameKind
  readonly host?: string
}

export interface TcpContext extends WaitContext {
  /** Sockets to try, each from its own source port, staggered over the timeout. Default 3. */
  readonly tries?: number
  /** Called once when nothing has come by a third of the timeout, 1 s at most; sooner in a calm network. */
  readonly onSuspicion?: () => void
  /** What the run knows of its network: given, silence may be called before the timeout has passed. */
  readonly hearing?: Hearing | undefined
  /** Default `plain`. Only with `hearing`. */
  readonly spread?: Spread
}

export interface TcpResult {
  readonly observation: TcpObservation
  /** The open connection, for the layer above; the receiver closes it. */
  readonly socket?: net.Socket
}

/** Codes that say that our side could not send, not that the far side said no: they never outweigh a try still under way. */
const ownSideCodes = new Set(['EADDRINUSE', 'EADDRNOTAVAIL'])

/** A reset: something out there answered. */
const peerCodes = new Set(['ECONNREFUSED', 'ECONNRESET'])

/**
 * Linux asks three times by ARP, a second apart, before it says that nobody has an on-link address: measured 3.06 s. A
 * timeout of 3 s would just miss it and call silent what the kernel knows; where the neighbour is known it has no more to say.
 */
const neighbourVerdictMs = { asks: 3000, knows: 3200 }

/**
 * Connects, and gives the socket for the layer above. `rejected` carries the errno: ECONNREFUSED (RST or ICMP port
 * unreachable), EHOSTUNREACH (ICMP, or no ARP answer after about 3 s: a timeout of 3 s or more waits 3.2 s for that), ENETUNREACH (no local route), EACCES/EPERM (local filter).
 * `silent` before the timeout has passed (`early`): only with `hearing`, by the conditions of early-silence.ts.
 * Throws {@link LocalResourceError} when this machine has no socket to give.
 */
export async function probeTcp(to: TcpTarget, ctx: TcpContext): Promise<TcpResult> {
  if (net.isIP(to.address) === 0) throw new RangeError('probeTcp takes a literal address')
  const base = {
    layer: 'tcp',
    address: to.address,
    ...(to.variant && { variant: to.variant }),
    ...(to.via && { via: to.via }),
  } as const
  if (ctx.deadline.spent()) return { observation: { ...base, outcome: 'skipped', because: 'no-time' } }

  const startMs = ctx.clock.sinceStartMs()
  const asked = { ...(to.host && { host: to.host }), port: to.port, ...(to.nameKind && { nameKind: to.nameKind }) }
  const end = await race(to, ctx)
  // Not `{ ...base, … }`: V8 in Node 20 gives every object that begins with a spread a shape of its own, larger than the object.
  const timed = Object.assign({}, base, { startMs, durationMs: elapsedSince(startMs, ctx) })
  if (end.kind === 'open') {
    const { localAddress, localPort } = end.socket
    const local = { ...(localAddress && { localAddress }), ...(localPort && { localPort }), tries: end.tries }
    const seen: TcpSeen = Object.assign({}, asked, local)
    return { observation: Object.assign({}, timed, { outcome: 'answered' as const, seen }), socket: end.socket }
  }
  const seen: TcpSeen = to.localPort ? Object.assign({}, asked, { localPort: to.localPort }) : asked
  if (end.kind === 'error') {
    const refused = { outcome: 'rejected' as const, code: end.code, seen: Object.assign({}, seen, { tries: end.tries }) }
    return { observation: Object.assign({}, timed, refused) }
  }
  if (end.isEarly) {
    const waitedMs = Math.round(timed.durationMs)
    const silent = { outcome: 'silent' as const, waitedMs, early: true as const, tries: end.tries, seen }
    return { observation: Object.assign({}, timed, silent) }
  }
  const silence = readSilence(startMs, ctx)
  if (silence.outcome === 'skipped') return { observation: Object.assign({}, base, { startMs }, silence) }
  return { observation: Object.assign({}, timed, silence, { tries: end.tries, seen }) }
}

type End =
  | { kind: 'open'; socket: net.Socket; tries: number }
  | { kind: 'error'; code: string; tries: number }
  | { kind: 'nothing'; tries: number; isEarly?: true }

/** Opens the staggered sockets; the first that connects or is refused ends the race for all. */
async function race(to: TcpTarget, ctx: TcpContext): Promise<End> {
  const { timeoutMs, hearing } = ctx
  const waitMs = timeoutMs >= neighbourVerdictMs.asks ? Math.max(timeoutMs, neighbourVerdictMs.knows) : timeoutMs
  const spread = to.localPort ? 'single' : (ctx.spread ?? 'plain')
  const plan = planSyns(timeoutMs, to.localPort ? 1 : Math.max(1, ctx.tries ?? 3), hearing, spread)
  /** With the number of the try. */
  const sockets = new Map<net.Socket, number>()
  let tries = 0
  const first = await awaitFirst<End>({ deadline: ctx.deadline, clock: ctx.clock, timeoutMs: waitMs }, settle => {
    const timers = new Set<NodeJS.Timeout>()
    const startedAt = performance.now()
    let lastAt = startedAt
    const ended = (socket: net.Socket, error: Error) => {
      const number = sockets.get(socket) ?? 1
      const code = errorCode(error)
      // The kernel gave up retransmitting this SYN: silence, only earlier than ours.
      if (code === 'ETIMEDOUT') return
      if (isLocalShortage(error) && number === 1) return settle.fail(new LocalResourceError(code, error))
      // A later try that never left this machine says nothing, and does not count.
      if (number > 1 && (isLocalShortage(error) || ownSideCodes.has(code))) tries--
      else {
        if (peerCodes.has(code)) hearing?.peerAnswered()
        settle.done({ kind: 'error', code, tries: number })
      }
    }
    const opened = (socket: net.Socket) => {
      hearing?.peerAnswered()
      settle.done({ kind: 'open', socket, tries: sockets.get(socket) ?? 1 })
    }
    // One pair for all sockets of this race: of a thousand races that wait, each has nine.
    const listeners = {
      error(this: net.Socket, error: Error) {
        ended(this, error)
      },
      connect(this: net.Socket) {
        opened(this)
      },
    }
    const open = () => {
      tries++
      lastAt = performance.now()
      const socket = net.connect({
        host: to.address,
        port: to.port,
        autoSelectFamily: false,
        noDelay: true,
        ...(to.localPort && { localPort: to.localPort }),
      })
      sockets.set(socket, tries)
      // Stays for the socket's life: a reset while nobody listens must not be an uncaught error.
      socket.on('error', listeners.error)
      socket.on('connect', listeners.connect)
    }
    let isOver = false
    const at = (ms: number, action: () => void) => {
      if (isOver) return
      const timer = setTimeout(() => {
        timers.delete(timer)
        action()
      }, ms)
      timers.add(timer)
    }
    // Events that the kernel holds already come first, as in awaitFirst.
    const giveUp = () => setImmediate(() => settle.done({ kind: 'nothing', tries }))
    for (const ms of plan.laterMs) at(ms, open)
    if (ctx.onSuspicion) {
      const suspect = once(ctx.onSuspicion)
      at(Math.min(1000, timeoutMs / 3), suspect)
      at(earlySuspicionMs, () => hearing?.isCalm() && suspect())
    }
    if (waitMs > timeoutMs) at(timeoutMs, () => isNeighbourKnown(to.address) && giveUp())
    if (plan.early && hearing) {
      const sent = () => ({ sockets: tries, lastAt })
      const call = () => settle.done({ kind: 'nothing', tries, isEarly: true })
      awaitEarlyCall(plan.early, hearing, { address: to.address, startedAt, sent, at }, call)
    }
    open()
    return () => {
      isOver = true
      for (const timer of timers) clearTimeout(timer)
    }
  })
    .catch(error => {
      for (const socket of sockets.keys()) socket.destroy()
      throw error
    })
    .finally(() => hearing?.giveBack(plan.taken))
  const end: End = first ?? { kind: 'nothing', tries }
  for (const socket of sockets.keys()) if (end.kind !== 'open' || socket !== end.socket) socket.destroy()
  // From here on the socket is to hold nothing of the race, which holds the whole run.
  if (end.kind === 'open') end.socket.removeAllListeners('connect').removeAllListeners('error').on('error', ignore)
  return end
}

function ignore(): void {}

function once(act: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) act()
    isDone = true
  }
}
