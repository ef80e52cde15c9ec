// The climb of a target that this environment's clients would send through a proxy: a tunnel for https, the request itself for
// http. What fails on the way is asked again past the proxy, for the difference.

import type net from 'node:net'
import { withoutBrackets } from '../catalog/address.ts'
import type { Observation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import { type HttpConnection, openHttp } from '../probe/http.ts'
import { type Proxy as HttpProxy, openTunnel, proxyAuthorization, proxyPort } from '../probe/proxy.ts'
import { probeTcp } from '../probe/tcp.ts'
import { probeTls } from '../probe/tls.ts'
import { climbConnection } from './climb.ts'
import { shakeHands, speaksTls } from './connection.ts'
import { findAddresses } from './resolve.ts'
import type { Climb, Surroundings } from './surroundings.ts'

type Note = Climb['note']

export async function climbThroughProxy(way: Climb, proxy: HttpProxy): Promise<void> {
  const { target, run, note, doubt } = way
  const reached = await run.places.toBegin(() => reach(proxy, run, note))
  if (reached === undefined) return doubt(pastProxy(target, run))
  if (target.scheme === 'http') return run.places.toBegin(() => requestThrough(way, proxy, reached))
  const opened = await run.places.toBegin(() => tunnel(target, proxy, reached, run, note))
  if (opened === undefined) return doubt(pastProxy(target, run))
  await run.places.toBegin(async () => {
    const secure = await overTunnel(target, opened, reached, run, note)
    if (secure === undefined) return
    const connection = await openHttp(secure, to(target, reached), async () => {
      const again = await reach(proxy, run, silently)
      const through = again && (await tunnel(target, proxy, again, run, silently))
      return through && overTunnel(target, through, again, run, silently)
    })
    await climbConnection(way, connection, 'large')
  })
}

/** Through the proxy to the target, up to TLS where it speaks that: how that ended, and the connection when it went well. */
export async function openThrough(
  target: PlannedTarget,
  proxy: HttpProxy,
  run: Surroundings,
): Promise<{ readonly end: Observation; readonly socket?: net.Socket; readonly address?: string }> {
  let end: Observation = { layer: 'dns', outcome: 'skipped', because: 'not-asked' }
  const keepLast = (observation: Observation) => {
    end = observation
  }
  const reached = await reach(proxy, run, keepLast)
  const opened = reached && (await tunnel(target, proxy, reached, run, keepLast))
  const socket = opened && speaksTls(target) ? await overTunnel(target, opened, reached, run, keepLast) : opened
  return { end, ...(socket && { socket }), ...(reached && { address: reached.address }) }
}

async function requestThrough(way: Climb, proxy: HttpProxy, reached: Reached): Promise<void> {
  await climbConnection(way, await openAbsolute(way.target, proxy, reached, way.run), 'large')
}

/** The name in the request line is the target's, the connection the proxy's (RFC 9112 §3.2.2). */
export async function openAbsolute(
  target: PlannedTarget,
  proxy: HttpProxy,
  reached: Reached,
  run: Surroundings,
): Promise<HttpConnection> {
  const dial = async () => (await reach(proxy, run, silently))?.socket
  const connection = await openHttp(reached.socket, to(target, reached), dial)
  const authorization = proxyAuthorization(proxy)
  const host = target.host.includes(':') ? `[${target.host}]` : target.host
  return {
    request: (request, context) =>
      connection.request(
        {
          ...request,
          path: `http://${host}:${target.port}${request.path}`,
          headers: { ...request.headers, ...(authorization && { 'proxy-authorization': authorization }) },
        },
        context,
      ),
    close: connection.close,
  }
}

function to(target: PlannedTarget, reached: Reached) {
  const scheme = target.scheme === 'http' ? ('http' as const) : ('https' as const)
  return { host: target.host, port: target.port, scheme, address: reached.address, via: 'proxy' as const }
}

/** A further connection shows what the first did. */
function silently(): void {}

interface Reached {
  readonly socket: net.Socket
  readonly address: string
}

/** TCP (and TLS, for an https:// proxy) to the proxy itself. */
export async function reach(proxy: HttpProxy, run: Surroundings, note: Note): Promise<Reached | undefined> {
  const host = withoutBrackets(proxy.url.hostname)
  const resolved = await findAddresses(host, run)
  if (resolved !== undefined) note({ ...resolved, via: 'proxy' })
  const addresses = resolved === undefined ? [host] : resolved.outcome === 'answered' ? resolved.seen.addresses : []
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs }
  const port = proxyPort(proxy)
  for (const address of addresses.slice(0, 2)) {
    const { observation, socket } = await probeTcp({ address, port, via: 'proxy', host }, context)
    note(observation)
    if (socket === undefined) continue
    run.hearing.peerAnswered()
    if (proxy.url.protocol !== 'https:') return { socket, address }
    const tls = await probeTls(socket, { serverName: host, address, port, via: 'proxy' }, { ...context, trust: run.trust })
    if (tls.socket !== undefined) return { socket: tls.socket, address }
    note(tls.observation)
  }
  return undefined
}

async function tunnel(
  target: PlannedTarget,
  proxy: HttpProxy,
  reached: Reached,
  run: Surroundings,
  note: Note,
): Promise<net.Socket | undefined> {
  const authorization = proxyAuthorization(proxy)
  const through = { host: target.host, port: target.port, ...(authorization && { authorization }) }
  // A proxy resolves and connects before it answers: it may take as long as a connection does.
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs * 2 }
  const { observation, socket } = await openTunnel(reached.socket, through, context)
  note(observation)
  return socket
}

async function overTunnel(
  target: PlannedTarget,
  socket: net.Socket,
  reached: Reached,
  run: Surroundings,
  note: Note,
): Promise<net.Socket | undefined> {
  const tls = await shakeHands(socket, { target, address: reached.address, hello: 'small', via: 'proxy' }, run)
  note(tls.observation)
  return tls.socket
}

/** Does the target answer without the proxy? Resolved and connected to, no more. */
async function pastProxy(target: PlannedTarget, run: Surroundings): Promise<readonly Observation[]> {
  const resolved = await findAddresses(target.host, run)
  const addresses = resolved === undefined ? [target.host] : resolved.outcome === 'answered' ? resolved.seen.addresses : []
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs }
  const connected = await Promise.all(
    addresses.slice(0, 4).map(async address => {
      const direct = { address, port: target.port, variant: 'direct', host: target.host } as const
      const { observation, socket } = await probeTcp(direct, context)
      socket?.destroy()
      return observation
    }),
  )
  return [...(resolved ? [{ ...resolved, variant: 'direct' } as const] : []), ...connected]
}
