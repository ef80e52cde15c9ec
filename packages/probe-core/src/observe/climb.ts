// One target up the layers, in straight line: each layer on the connection that the one below opened. What a failure calls for
// (differential probes) is started as soon as it is suspected, so that it ends with the waiting it explains.

import type net from 'node:net'
import { reachPathOf } from '../catalog/index.ts'
import type { Layer, SkipReason } from '../model/layer.ts'
import type { HttpObservation, Observation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import { openHttp } from '../probe/http.ts'
import { findProxy } from '../probe/proxy.ts'
import { probeTcp } from '../probe/tcp.ts'
import { climbThroughProxy } from './climb-through-proxy.ts'
import { type Note, redial, speaksHttp, speaksTls } from './connection.ts'
import { secure } from './doubt-handshake.ts'
import { doubtFlakyPath, doubtMissingName, doubtSilence } from './doubts.ts'
import { readRefusal } from './refusal.ts'
import { resolve } from './resolve.ts'
import { sign } from './sign.ts'
import type { Surroundings } from './surroundings.ts'

/** More addresses than any endpoint has zones; a name with thousands must not make thousands of connections. */
const mostAddresses = 8

export async function climb(target: PlannedTarget, run: Surroundings): Promise<readonly Observation[]> {
  const observations: Observation[] = []
  const note: Note = observation => {
    observations.push(observation)
    run.observed(target.id, observation)
  }
  /** Differential probes and late answers: waited for at the end, never in the way. */
  const doubts: Promise<readonly Observation[]>[] = []
  const doubt = (probes: Promise<readonly Observation[]>) =>
    doubts.push(
      probes.then(found => {
        for (const observation of found) note(observation)
        return found
      }),
    )

  if (target.host === '') return skipFrom('dns', target, 'not-asked')
  const scheme = target.scheme === 'http' ? 'http' : 'https'
  const proxy = speaksHttp(target) ? findProxy({ scheme, host: target.host, port: target.port }, run.env).proxy : undefined
  if (proxy !== undefined) await climbThroughProxy(target, proxy, run, note, doubt)
  else await climbDirectly(target, run, note, doubt)
  // A doubt may raise another.
  for (let next = 0; next < doubts.length; next += 1) await doubts[next]
  return observations
}

async function climbDirectly(
  target: PlannedTarget,
  run: Surroundings,
  note: Note,
  doubt: (probes: Promise<readonly Observation[]>) => void,
): Promise<void> {
  const resolved = await run.places.toBegin(() => resolve(target.host, run, note, doubt))
  doubt(resolved.beside)
  if (resolved.addresses.length === 0) {
    if (resolved.isNegative) doubt(doubtMissingName(target, run))
    for (const skipped of skipFrom('tcp', target, 'below-failed')) note(skipped)
    return
  }
  const connected = await connect(target, resolved.addresses.slice(0, mostAddresses), run, note, doubt)
  if (connected === undefined) {
    for (const skipped of skipFrom('tls', target, 'below-failed')) note(skipped)
    return
  }
  await run.places.during(() => climbOn(target, connected, run, note, doubt))
}

interface Connected {
  readonly socket: net.Socket
  readonly address: string
}

/** Every address on its own; the first that answers is climbed on, the others are closed and only seen. */
async function connect(
  target: PlannedTarget,
  addresses: readonly string[],
  run: Surroundings,
  note: Note,
  doubt: (probes: Promise<readonly Observation[]>) => void,
): Promise<Connected | undefined> {
  let suspicious = 0
  const suspect = () => {
    suspicious += 1
    if (suspicious === addresses.length) doubt(doubtSilence(target, addresses, run))
  }
  return run.places.toBegin(
    () =>
      new Promise<Connected | undefined>((settle, fail) => {
        let taken = false
        const all = addresses.map(async address => {
          const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs, onSuspicion: suspect }
          const { observation, socket } = await probeTcp({ address, port: target.port, host: target.host }, context)
          note(observation)
          if (observation.outcome === 'answered' && (observation.seen.tries ?? 1) > 1) doubt(doubtFlakyPath(target, address, run))
          if (socket === undefined) return
          if (taken) socket.destroy()
          else {
            taken = true
            settle({ socket, address })
          }
        })
        // Addresses still silent when the climb goes on are waited for at the end, as everything that only adds.
        const whole = Promise.all(all)
        whole.then(() => taken || settle(undefined), fail)
        doubt(
          whole.then(
            () => [],
            () => [],
          ),
        )
      }),
  )
}

async function climbOn(
  target: PlannedTarget,
  connected: Connected,
  run: Surroundings,
  note: Note,
  doubt: (probes: Promise<readonly Observation[]>) => void,
): Promise<void> {
  const { address } = connected
  let { socket } = connected
  let hello: 'large' | 'small' = 'large'
  if (!speaksTls(target) && !speaksHttp(target)) {
    socket.destroy()
    return
  }
  if (speaksTls(target)) {
    const secured = await secure(socket, target, address, run, note, doubt)
    if (secured === undefined) {
      for (const skipped of skipFrom('http', target, 'below-failed')) note(skipped)
      return
    }
    socket = secured.socket
    hello = secured.hello
  }
  if (!speaksHttp(target)) {
    socket.destroy()
    return
  }
  const to = {
    host: target.host,
    port: target.port,
    scheme: target.scheme === 'http' ? ('http' as const) : ('https' as const),
    address,
  }
  const connection = await openHttp(socket, to, () => redial(target, address, hello, run))
  try {
    const http = await climbHttp(target, connection, run, note, hello)
    if (http !== undefined) await sign(target, connection, http, run, note)
  } finally {
    connection.close()
  }
}

/** The unsigned request: whether anything answers HTTP here, and whether it is AWS. No signature has left this machine yet. */
export async function climbHttp(
  target: PlannedTarget,
  connection: Awaited<ReturnType<typeof openHttp>>,
  run: Surroundings,
  note: Note,
  hello: 'large' | 'small' = 'large',
): Promise<HttpObservation | undefined> {
  const path = target.path ?? (target.service === null ? '/' : reachPathOf(target.service))
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: httpTimeoutMs(run) }
  const { observation, answer } = await connection.request({ method: 'GET', path }, context)
  note(observation)
  const refusal = answer && target.kind === 'https' ? readRefusal(target, observation, answer) : undefined
  if (refusal !== undefined) note(refusal)
  if (hello === 'small' && observation.outcome === 'answered') {
    // A large hello failed and a small one did not: is it hellos, or anything large?
    const padding = { 'x-eniprobe-padding': 'x'.repeat(6000) }
    const large = await connection.request(
      { method: 'GET', path, headers: padding },
      { ...context, timeoutMs: Math.min(run.connectTimeoutMs, 2000), variant: 'large-request' },
    )
    note(large.observation)
    if (large.observation.outcome === 'silent') {
      for (const skipped of skipFrom('aws', target, 'below-failed')) note(skipped)
      return undefined
    }
  }
  if (observation.outcome === 'answered') return observation
  for (const skipped of skipFrom('aws', target, 'below-failed')) note(skipped)
  return undefined
}

/** A server may think longer than a handshake takes. */
export function httpTimeoutMs(run: Surroundings): number {
  return run.connectTimeoutMs * 2
}

const above: Readonly<Record<Layer, readonly Layer[]>> = {
  dns: ['dns', 'tcp', 'tls', 'http', 'aws'],
  tcp: ['tcp', 'tls', 'http', 'aws'],
  tls: ['tls', 'http', 'aws'],
  http: ['http', 'aws'],
  aws: ['aws'],
}

/** The layers of this target from `layer` up, as not tried. */
export function skipFrom(layer: Layer, target: PlannedTarget, because: SkipReason): readonly Observation[] {
  const wanted = above[layer].filter(l =>
    l === 'tls' ? speaksTls(target) : l === 'http' ? speaksHttp(target) : l === 'aws' ? target.service !== null : true,
  )
  return wanted.map(l => ({ layer: l, outcome: 'skipped', because }))
}
