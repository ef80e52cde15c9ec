// The canary by way of the environment's proxy: a closed network whose proxy lets out is not closed. Asked with --expect closed only.

import type { PlannedTarget } from '../model/target.ts'
import type { VantageCheck } from '../model/vantage.ts'
import { openHttp } from '../probe/http.ts'
import { findProxy } from '../probe/proxy.ts'
import { openThrough } from './climb-through-proxy.ts'
import type { Canary } from './internet.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Undefined: no proxy is set for it. `answered`: a verified handshake through the tunnel and a success above it, since a tunnel alone
 * may end at the proxy, and so may an error page; on other ports than 443 the tunnel is all there is.
 */
export async function checkInternetByProxy({ host, port }: Canary, run: Surroundings): Promise<VantageCheck | undefined> {
  const { proxy } = findProxy({ scheme: 'https', host, port }, run.env)
  if (proxy === undefined) return undefined
  const startMs = run.clock.sinceStartMs()
  const target: PlannedTarget = {
    id: host,
    kind: port === 443 ? 'https' : 'tcp',
    service: null,
    host,
    port,
    region: null,
    wantedBy: [],
  }
  const base = { check: 'internet', address: proxy.url.host, seen: { host, port, via: 'proxy' }, startMs } as const
  const opened = await openThrough(target, proxy, run)
  const timed = { ...base, durationMs: Math.round(run.clock.sinceStartMs() - startMs) }
  const { end, socket } = opened
  if (end.outcome === 'skipped') return { ...base, outcome: 'skipped', because: end.because }
  if (end.outcome === 'silent') return { ...timed, outcome: 'silent', waitedMs: end.waitedMs }
  if (end.outcome === 'rejected') return { ...timed, outcome: 'rejected', code: end.code }
  if (socket === undefined) return { ...timed, outcome: 'answered' }
  if (port !== 443) {
    socket.destroy()
    return { ...timed, outcome: 'answered' }
  }
  const to = { host, port, scheme: 'https', address: opened.address ?? host, via: 'proxy' } as const
  const connection = await openHttp(socket, to, () => Promise.resolve(undefined))
  try {
    const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs }
    const { observation } = await connection.request({ method: 'GET', path: '/' }, context)
    if (observation.outcome === 'skipped') return { ...base, outcome: 'skipped', because: observation.because }
    if (observation.outcome === 'silent') return { ...timed, outcome: 'silent', waitedMs: observation.waitedMs }
    if (observation.outcome === 'rejected') return { ...timed, outcome: 'rejected', code: observation.code }
    const { status } = observation.seen
    return status < 400 ? { ...timed, outcome: 'answered' } : { ...timed, outcome: 'rejected', code: String(status) }
  } finally {
    connection.close()
  }
}
