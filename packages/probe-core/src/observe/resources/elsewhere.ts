// A connection to a host that an answer named, up to TLS, by the way this environment's clients take. Its layers are not noted:
// a target of its own shows them.

import { readingOf } from '../../catalog/no-proxy.ts'
import type { PlannedTarget } from '../../model/target.ts'
import { type HttpConnection, openHttp } from '../../probe/http.ts'
import { findProxy } from '../../probe/proxy.ts'
import { probeTcp } from '../../probe/tcp.ts'
import { openThrough } from '../climb-through-proxy.ts'
import { shakeHands } from '../connection.ts'
import { findAddresses } from '../resolve.ts'
import type { Surroundings } from '../surroundings.ts'

/** More addresses than one are tried in turn, as a client would. */
const mostAddresses = 2

/** Undefined: there is no way to it. Always TLS, and only with a certificate of that very name: a token goes over it. */
export async function openElsewhere(host: string, port: number, run: Surroundings): Promise<HttpConnection | undefined> {
  const target: PlannedTarget = { id: host, kind: 'https', service: null, host, port, region: run.region, wantedBy: [] }
  const { proxy } = findProxy({ scheme: 'https', host, port }, run.env, readingOf(target))
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs }
  let address = ''
  const dial = async () => {
    if (proxy !== undefined) {
      const through = await openThrough(target, proxy, run)
      address = through.address ?? ''
      return through.socket
    }
    const resolved = await findAddresses(host, run)
    const addresses = resolved === undefined ? [host] : resolved.outcome === 'answered' ? resolved.seen.addresses : []
    for (const each of addresses.slice(0, mostAddresses)) {
      const { socket } = await probeTcp({ address: each, port }, context)
      const shaken = socket && (await shakeHands(socket, { target, address: each, hello: 'small' }, run))
      if (shaken?.socket === undefined) continue
      address = each
      return shaken.socket
    }
    return undefined
  }
  const socket = await dial()
  if (socket === undefined) return undefined
  return openHttp(socket, { host, port, scheme: 'https', address, ...(proxy && { via: 'proxy' }) }, dial)
}
