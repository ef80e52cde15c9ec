// The climb of a target that this environment's clients would send through a proxy. What fails on the way is asked again past
// the proxy, for the difference.

import type net from 'node:net'
import type { Observation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import { openHttp } from '../probe/http.ts'
import { type Proxy as HttpProxy, openTunnel, proxyAuthorization, proxyPort } from '../probe/proxy.ts'
import { probeTcp } from '../probe/tcp.ts'
import { probeTls } from '../probe/tls.ts'
import { climbHttp, skipFrom } from './climb.ts'
import { type Note, shakeHands, speaksTls } from './connection.ts'
import { resolve } from './resolve.ts'
import { sign } from './sign.ts'
import type { Surroundings } from './surroundings.ts'

export async function climbThroughProxy(
  target: PlannedTarget,
  proxy: HttpProxy,
  run: Surroundings,
  note: Note,
  doubt: (probes: Promise<readonly Observation[]>) => void,
): Promise<void> {
  const reached = await run.places.toBegin(() => reach(proxy, run, note))
  const opened = reached && (await run.places.toBegin(() => tunnel(target, proxy, reached, run, note)))
  if (reached === undefined || opened === undefined) {
    doubt(pastProxy(target, run))
    for (const skipped of skipFrom('tls', target, 'below-failed')) note(skipped)
    return
  }
  await run.places.during(async () => {
    const secure = speaksTls(target) ? await overTunnel(target, opened, reached, run, note) : opened
    if (secure === undefined) {
      for (const skipped of skipFrom('http', target, 'below-failed')) note(skipped)
      return
    }
    const to = {
      host: target.host,
      port: target.port,
      scheme: target.scheme === 'http' ? ('http' as const) : ('https' as const),
      address: reached.address,
      via: 'proxy' as const,
    }
    const silently = () => {}
    const connection = await openHttp(secure, to, async () => {
      const again = await reach(proxy, run, silently)
      const through = again && (await tunnel(target, proxy, again, run, silently))
      return through && speaksTls(target) ? overTunnel(target, through, again, run, silently) : through
    })
    try {
      const http = await climbHttp(target, connection, run, note)
      if (http !== undefined) await sign(target, connection, http, run, note)
    } finally {
      connection.close()
    }
  })
}

interface Reached {
  readonly socket: net.Socket
  readonly address: string
}

/** TCP (and TLS, for an https:// proxy) to the proxy itself. */
async function reach(proxy: HttpProxy, run: Surroundings, note: Note): Promise<Reached | undefined> {
  const host = proxy.url.hostname.replace(/^\[|\]$/g, '')
  const resolved = await resolve(host, run, o => note({ ...o, via: 'proxy' }))
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs }
  for (const address of resolved.addresses.slice(0, 2)) {
    const { observation, socket } = await probeTcp({ address, port: proxyPort(proxy), via: 'proxy', host }, context)
    note(observation)
    if (socket === undefined) continue
    if (proxy.url.protocol !== 'https:') return { socket, address }
    const tls = await probeTls(
      socket,
      { serverName: host, address, port: proxyPort(proxy), via: 'proxy' },
      { ...context, trust: run.trust },
    )
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
  const to = { host: target.host, port: target.port, ...(authorization && { authorization }) }
  // A proxy resolves and connects before it answers: it may take as long as a connection does.
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs * 2 }
  const { observation, socket } = await openTunnel(reached.socket, to, context)
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
  const found: Observation[] = []
  const resolved = await resolve(target.host, run, o => found.push({ ...o, variant: 'direct' }))
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs }
  await Promise.all(
    resolved.addresses.slice(0, 4).map(async address => {
      const { observation, socket } = await probeTcp(
        { address, port: target.port, variant: 'direct', host: target.host },
        context,
      )
      socket?.destroy()
      found.push(observation)
    }),
  )
  return found
}
