// One target up the layers, in straight line: each layer on the connection that the one below opened. What a failure calls for
// (differential probes) is started as soon as it is suspected, so that it ends with the waiting it explains.

import type net from 'node:net'
import { reachPathOf } from '../catalog/index.ts'
import { readingOf } from '../catalog/no-proxy.ts'
import type { HttpObservation, Observation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import { type HttpConnection, openHttp } from '../probe/http.ts'
import { findProxy } from '../probe/proxy.ts'
import { probeTcp } from '../probe/tcp.ts'
import { startBeside } from './beside.ts'
import { redial, speaksHttp, speaksTls } from './connection.ts'
import type { Door } from './doors.ts'
import { secure } from './doubt-handshake.ts'
import { doubtFlakyPath, doubtMissingName, doubtSilence } from './doubts.ts'
import { skipUntold } from './layers-of.ts'
import type { AskedName } from './names.ts'
import { asManagerSees, withoutAccess } from './packages/access.ts'
import { askPlace } from './packages/follow.ts'
import { askAhead, resolve } from './resolve.ts'
import { sign } from './sign.ts'
import type { Climb, Surroundings } from './surroundings.ts'

/** More addresses than any endpoint has zones; a name with thousands must not make thousands of connections. */
const mostAddresses = 8

/**
 * Notes every observation through `observed` as soon as it is made, and every layer that was not come to as skipped.
 * @throws LocalResourceError when this machine has no socket for the climb itself
 */
export async function climb(
  target: PlannedTarget,
  shared: Surroundings,
  observed: (observation: Observation) => void,
): Promise<void> {
  const run = asManagerSees(target, shared)
  const noted: Observation[] = []
  const note = (observation: Observation) => {
    noted.push(observation)
    if (observation.outcome === 'silent' || observation.outcome === 'rejected') run.troubled()
    observed(observation)
  }
  const tellUntold = (because: 'not-asked' | 'below-failed') => {
    for (const skipped of skipUntold(target, noted, because)) note(skipped)
  }
  // A need of a workload that is no one host.
  if (target.host === '') {
    run.handover.give(target, {})
    return tellUntold('not-asked')
  }
  const beside = startBeside(note)
  let end = (_failed: boolean) => {}
  const failed = new Promise<boolean>(resolve => {
    end = resolve
  })
  const way: Climb = { target, run, note, doubt: beside.add, failed }
  const proxy = findProxyTo(target, run)
  try {
    if (proxy === undefined) await climbDirectly(way)
    else await (await import('./climb-through-proxy.ts')).climbThroughProxy(way, proxy)
  } finally {
    // Whoever waits for what this target was told must not wait for what will not come.
    run.handover.give(target, {})
    end(noted.some(o => o.variant === undefined && (o.outcome === 'rejected' || o.outcome === 'silent')))
  }
  tellUntold('below-failed')
  await beside.ended()
}

/**
 * Asks for the target's name before the climb to it. Names wait long for their turn where there are thousands, and a climb that has not
 * begun holds less than one that has. Undefined: nobody is asked for it.
 */
export function askAheadOf(target: PlannedTarget, shared: Surroundings): AskedName | undefined {
  if (target.host === '') return undefined
  const run = asManagerSees(target, shared)
  return findProxyTo(target, run) === undefined ? askAhead(target.host, run) : undefined
}

function findProxyTo(target: PlannedTarget, { env }: Surroundings) {
  const scheme = target.scheme === 'http' ? 'http' : 'https'
  const { host, port } = target
  return speaksHttp(target) ? findProxy({ scheme, host, port }, env, readingOf(target)).proxy : undefined
}

async function climbDirectly(way: Climb): Promise<void> {
  const { target, run, doubt } = way
  const resolved = await run.places.toBegin(() => resolve(way))
  if (resolved.addresses.length === 0) {
    if (resolved.isNegative) doubt(doubtMissingName(target, run))
    return
  }
  if (target.only === 'name') return way.note({ layer: 'tcp', outcome: 'skipped', because: 'not-asked' })
  const connected = await connect(way, resolved.addresses.slice(0, mostAddresses))
  if (connected === undefined) return
  try {
    await run.places.toBegin(() => climbOn(way, connected))
  } finally {
    connected.door?.leave()
  }
}

interface Connected {
  readonly socket: net.Socket
  readonly address: string
  /** Left when the connection is closed. */
  readonly door: Door | undefined
}

/** Every address on its own; the first that answers is climbed on, the others are closed and only seen. */
function connect(way: Climb, addresses: readonly string[]): Promise<Connected | undefined> {
  const { target, run, note, doubt } = way
  const suspicious = new Set<string>()
  const unsent = new Set<string>()
  let doubted = false
  let taken = false
  // An address that this machine has no way to send to (IPv6 without IPv6) is none that an answer may yet come from.
  const doubtWhereNoneIsLeft = () => {
    const silent = addresses.filter(address => suspicious.has(address) && !unsent.has(address))
    if (doubted || silent.length === 0 || silent.length + unsent.size < addresses.length) return
    doubted = true
    doubt(doubtSilence(target, silent, run, () => taken))
  }
  const onSuspicion = (address: string) => {
    run.troubled()
    suspicious.add(address)
    doubtWhereNoneIsLeft()
  }
  const begin = () =>
    new Promise<Connected | undefined>((settle, fail) => {
      const all = addresses.map(async address => {
        const door = await run.doors?.enter(address, target.port)
        const { deadline, clock, hearing, connectTimeoutMs: timeoutMs } = run
        const context = { deadline, clock, timeoutMs, hearing, onSuspicion: () => onSuspicion(address) }
        const { observation, socket } = await probeTcp({ address, port: target.port, host: target.host }, context)
        note(observation)
        if (observation.outcome === 'rejected' && observation.code !== 'ECONNREFUSED') {
          unsent.add(address)
          doubtWhereNoneIsLeft()
        }
        if (observation.outcome === 'answered' && (observation.seen.tries ?? 1) > 1) doubt(doubtFlakyPath(target, address, run))
        if (socket === undefined || taken) {
          socket?.destroy()
          return door?.leave()
        }
        taken = true
        door?.opened()
        settle({ socket, address, door })
      })
      const ended = Promise.allSettled(all).then(results => {
        const failed = results.find(result => result.status === 'rejected')
        if (failed && !taken) fail(failed.reason)
        else settle(undefined)
        return []
      })
      // Addresses still silent when the climb goes on are waited for at the end, as everything that only adds.
      doubt(ended)
    })
  return run.places.toBegin(begin)
}

async function climbOn(way: Climb, { socket: opened, address }: Connected): Promise<void> {
  const { target, run } = way
  let socket = opened
  let hello: 'large' | 'small' = 'large'
  if (speaksTls(target)) {
    const secured = await secure(way, socket, address)
    if (secured === undefined) return
    socket = secured.socket
    hello = secured.hello
  }
  if (!speaksHttp(target)) return void socket.destroy()
  const to = {
    host: target.host,
    port: target.port,
    scheme: target.scheme === 'http' ? ('http' as const) : ('https' as const),
    address,
  }
  await climbConnection(way, await openHttp(socket, to, () => redial(target, address, hello, run)), hello)
}

/** HTTP and what is above it, on a connection that is closed at the end. */
export async function climbConnection(way: Climb, connection: HttpConnection, hello: 'large' | 'small'): Promise<void> {
  try {
    const http = await climbHttp(way, connection, hello)
    if (http !== undefined) await sign(way, connection, http)
  } finally {
    connection.close()
  }
}

/** The unsigned request: whether anything answers HTTP here, and whether it is AWS. No signature has left this machine yet. */
async function climbHttp(way: Climb, connection: HttpConnection, hello: 'large' | 'small'): Promise<HttpObservation | undefined> {
  const { target, run, note } = way
  const path = target.path ?? (target.service === null ? '/' : reachPathOf(target.service))
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: httpTimeoutMs(run) }
  const isPlace = target.packages !== undefined
  const { observation, answer } = await (isPlace
    ? askPlace(way, connection, context)
    : connection.request({ method: 'GET', path }, context))
  if (!isPlace) note(observation)
  if (observation.outcome !== 'answered') return undefined
  if (answer && answer.status >= 400 && target.kind === 'https') {
    const refusal = (await import('./refusal.ts')).readRefusal(target, observation, answer)
    if (refusal !== undefined) note(withoutAccess(refusal, run.packageKeys.of(target)))
  }
  if (hello === 'small') {
    // A large hello failed and a small one did not: is it hellos, or anything large?
    const padding = { 'x-eniprobe-padding': 'x'.repeat(6000) }
    const large = await connection.request(
      { method: 'GET', path, headers: padding },
      { ...context, timeoutMs: Math.min(run.connectTimeoutMs, 2000), variant: 'large-request' },
    )
    note(large.observation)
    if (large.observation.outcome === 'silent') return undefined
  }
  return observation
}

/** A server may think longer than a handshake takes. */
export function httpTimeoutMs(run: Surroundings): number {
  return run.connectTimeoutMs * 2
}
