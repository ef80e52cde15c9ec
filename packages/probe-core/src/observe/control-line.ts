// One connection to an API of the control plane, by the same layers as a target: DNS, TCP, TLS that verifies, the environment's
// proxy. What is asked over it is not its business, and its own steps are no observations of any target.

import type net from 'node:net'
import type { Observation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import type { ControlLine, HostPlace, LineEnd } from '../probe/control-line.ts'
import { type HttpConnection, openHttp } from '../probe/http.ts'
import { findProxy } from '../probe/proxy.ts'
import { probeTcp } from '../probe/tcp.ts'
import { openAbsolute, openThrough, reach } from './climb-through-proxy.ts'
import { shakeHands } from './connection.ts'
import { findAddresses } from './resolve.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * How long an API that shows nothing is waited for: three SYNs fit in. Nothing is diagnosed from it, so that a closed network
 * need not pay a whole connect timeout to learn that nobody can be asked.
 */
const controlPatienceMs = 1000
const mostAddresses = 4

/**
 * `end`: how far it came. In the clear (an endpoint URL of the user's) only a host that answers as AWS does is ever sent a
 * signature: others end as `skipped: below-failed`.
 */
export async function openControlLine(to: HostPlace, run: Surroundings): Promise<ControlLine> {
  const scheme = to.scheme ?? 'https'
  const target: PlannedTarget = {
    id: 'control-plane',
    kind: 'https',
    service: null,
    host: to.host,
    port: to.port,
    region: run.region,
    wantedBy: [],
    ...(scheme === 'http' && { scheme }),
  }
  const hasty: Surroundings = { ...run, connectTimeoutMs: Math.min(run.connectTimeoutMs, controlPatienceMs) }
  const { proxy } = findProxy({ scheme, host: to.host, port: to.port }, run.env, 'boto3')
  if (proxy !== undefined) {
    // A proxy resolves and connects on our behalf: it has its usual time.
    if (scheme === 'http') {
      let end: Observation = { layer: 'dns', outcome: 'skipped', because: 'not-asked' }
      const reached = await reach(proxy, run, observation => {
        end = observation
      })
      return reached ? inTheClear(await openAbsolute(target, proxy, reached, run), run) : { end: endOf(end) }
    }
    const through = await openThrough(target, proxy, run)
    if (through.socket === undefined) return { end: endOf(through.end) }
    const again = async () => (await openThrough(target, proxy, run)).socket
    const at = { host: to.host, port: to.port, scheme, address: through.address ?? to.host, via: 'proxy' as const }
    return { connection: await openHttp(through.socket, at, again) }
  }
  const dialled = await dial(target, hasty, run)
  if ('end' in dialled) return dialled
  const again = async () => {
    const redialled = await dial(target, hasty, run)
    return 'socket' in redialled ? redialled.socket : undefined
  }
  const connection = await openHttp(dialled.socket, { host: to.host, port: to.port, scheme, address: dialled.address }, again)
  return scheme === 'http' ? inTheClear(connection, run) : { connection }
}

type Dialled = { readonly socket: net.Socket; readonly address: string } | { readonly end: LineEnd }

/** All its addresses at once; the first that connects is the one. */
async function dial(target: PlannedTarget, hasty: Surroundings, run: Surroundings): Promise<Dialled> {
  const resolved = await findAddresses(target.host, hasty)
  if (resolved !== undefined && resolved.outcome !== 'answered') return { end: endOf(resolved) }
  const addresses = (resolved?.seen.addresses ?? [target.host]).slice(0, mostAddresses)
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: hasty.connectTimeoutMs }
  const opened = await firstOpen(addresses.map(address => probeTcp({ address, port: target.port, host: target.host }, context)))
  if ('end' in opened) return opened
  const { socket, address } = opened
  if (target.scheme === 'http') return { socket, address }
  const shaken = await shakeHands(socket, { target, address, hello: 'small' }, run)
  return shaken.socket ? { socket: shaken.socket, address } : { end: endOf(shaken.observation) }
}

/** The others that connect are closed; where none does, what the first address showed. */
function firstOpen(tries: readonly ReturnType<typeof probeTcp>[]): Promise<Dialled> {
  return new Promise((settle, fail) => {
    let taken = false
    const all = tries.map(async one => {
      const { socket, observation } = await one
      if (socket === undefined) return observation
      if (taken) socket.destroy()
      else settle({ socket, address: observation.address ?? '' })
      taken = true
      return observation
    })
    Promise.all(all).then(
      ([first]) => settle({ end: first ? endOf(first) : { outcome: 'skipped', because: 'below-failed' } }),
      fail,
    )
  })
}

async function inTheClear(connection: HttpConnection, run: Surroundings): Promise<ControlLine> {
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs }
  const { observation } = await connection.request({ method: 'GET', path: '/' }, context)
  if (observation.outcome === 'answered' && (observation.seen.awsMarks?.length ?? 0) > 0) return { connection }
  connection.close()
  return { end: observation.outcome === 'answered' ? { outcome: 'skipped', because: 'below-failed' } : endOf(observation) }
}

function endOf(observation: Observation): LineEnd {
  if (observation.outcome === 'skipped') return { outcome: 'skipped', because: observation.because }
  if (observation.outcome === 'rejected') return { outcome: 'rejected', code: observation.code }
  // A step that went well and led nowhere.
  return observation.outcome === 'silent' ? { outcome: 'silent' } : { outcome: 'skipped', because: 'below-failed' }
}
