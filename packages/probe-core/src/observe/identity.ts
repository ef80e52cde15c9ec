// Who AWS says we are, asked of STS beside the targets. It may have no endpoint here, so nothing waits for it.

import { defaultHost, findService } from '../catalog/index.ts'
import type { PlannedTarget } from '../model/target.ts'
import { openHttp } from '../probe/http.ts'
import { probeIdentity } from '../probe/identity.ts'
import { findProxy } from '../probe/proxy.ts'
import { probeTcp } from '../probe/tcp.ts'
import { shakeHands } from './connection.ts'
import { findAddresses } from './resolve.ts'
import type { Surroundings } from './surroundings.ts'

/** Asks the regional STS, unless it is a target of the run (which then asks) or no signing was wanted. */
export async function findIdentity(targets: readonly PlannedTarget[], run: Surroundings): Promise<void> {
  const sts = findService('sts')
  const host = sts && run.region !== null ? defaultHost(sts, run.region) : undefined
  if (run.credentials === null || host === undefined || targets.length === 0 || targets.some(t => t.service === 'sts')) return
  // Through a proxy it would be a climb of its own: whoever wants it names sts as a target.
  if (findProxy({ scheme: 'https', host, port: 443 }, run.env, 'boto3').proxy !== undefined) return
  const { credentials } = await run.credentials
  if (credentials === undefined) return
  const target: PlannedTarget = { id: 'sts', kind: 'service', service: 'sts', host, port: 443, region: run.region, wantedBy: [] }
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs }
  const resolved = await findAddresses(host, run)
  const address = resolved?.outcome === 'answered' ? resolved.seen.addresses[0] : undefined
  if (address === undefined) return
  const dial = async () => {
    const { socket } = await probeTcp({ address, port: 443 }, { ...context, hearing: run.hearing })
    return socket && (await shakeHands(socket, { target, address, hello: 'small' }, run)).socket
  }
  const socket = await dial()
  if (socket === undefined) return
  const connection = await openHttp(socket, { host, port: 443, scheme: 'https', address }, dial)
  try {
    const { identity } = await probeIdentity(connection, credentials, { host, signingRegion: run.region as string }, context)
    if (identity !== null) run.identified(identity)
  } finally {
    connection.close()
  }
}
