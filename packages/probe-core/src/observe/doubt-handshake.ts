// A TLS handshake that came to nothing, asked again in other forms: small, large, by another name, for a short answer. Where a
// small hello gets through, the climb goes on with it.

import type net from 'node:net'
import type { TlsObservation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import { probeHello, probeOtherName, probeSmallAnswer } from '../probe/hello.ts'
import { probeTcp } from '../probe/tcp.ts'
import { type Note, shakeHands } from './connection.ts'
import type { Surroundings } from './surroundings.ts'

/** A name that no filter has reason to know and no server holds (RFC 2606): only whether TLS answers counts. */
const otherName = 'www.example.com'

export async function doubtHandshake(
  target: PlannedTarget,
  address: string,
  failed: TlsObservation,
  run: Surroundings,
  note: Note,
): Promise<net.Socket | undefined> {
  if (!isPathTrouble(failed)) {
    note(failed)
    return undefined
  }
  const to = { address, port: target.port, serverName: target.host }
  // Long enough for one retransmission.
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: Math.min(run.connectTimeoutMs, 2000) }
  const [small, large, other, short] = await Promise.all([
    probeHello({ ...to, size: 'small' }, context),
    probeHello({ ...to, size: 'large' }, context),
    probeOtherName({ ...to, serverName: otherName }, context),
    probeSmallAnswer(to, context),
  ])
  const again = isTlsAnswer(small) ? await withSmallHello(target, address, run) : undefined
  note(again?.observation ?? failed)
  for (const observation of [small, large, other, short]) note(observation)
  return again?.socket
}

/** Silence, or a cut at the ClientHello. An alert or a certificate has an answer of its own. */
function isPathTrouble(observation: TlsObservation): boolean {
  if (observation.outcome === 'silent') return true
  return (
    observation.outcome === 'rejected' &&
    ['ECONNRESET', 'EOF', 'EPIPE', 'ALERT_illegal_parameter', 'ALERT_decode_error'].includes(observation.code)
  )
}

function isTlsAnswer(observation: TlsObservation): boolean {
  return observation.outcome === 'answered' || (observation.outcome === 'rejected' && observation.code.startsWith('ALERT_'))
}

async function withSmallHello(target: PlannedTarget, address: string, run: Surroundings) {
  const tcp = await probeTcp(
    { address, port: target.port },
    { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs },
  )
  if (tcp.socket === undefined) return undefined
  return shakeHands(tcp.socket, { target, address, hello: 'small' }, run)
}
