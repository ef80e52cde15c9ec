// The signed call that changes nothing, on a connection whose certificate proved the host's name (as any SDK would send it). In
// the clear, only a host that has just answered as AWS does is sent a signature.

import { findNoop, findService, noopsOf, readHost, signingRegionOf, stepsOf } from '../catalog/index.ts'
import type { HttpObservation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import type { AwsCall, AwsConnection } from '../probe/aws.ts'
import { httpTimeoutMs } from './climb.ts'
import { speaksTls } from './connection.ts'
import type { Climb } from './surroundings.ts'

export async function sign(
  { target, run, note, ...rest }: Climb,
  connection: AwsConnection,
  http: HttpObservation,
): Promise<void> {
  if (target.service === null) return
  // In the clear a signature goes to an endpoint that the environment's settings name, and to no other URL.
  if (target.kind === 'https' && !speaksTls(target)) return
  const region = target.region ?? run.region
  const steps = stepsOf(target, { writeChecks: run.writeChecks, region })
  // Package managers sign nothing: what a signed call would be told says nothing about theirs.
  const chosen = steps === undefined && target.packages === undefined ? callFor(target) : undefined
  if ((chosen === undefined && !steps?.length) || run.credentials === null || region === null) {
    note({ layer: 'aws', outcome: 'skipped', because: 'not-asked' })
    return
  }
  if (http.outcome !== 'answered' || (http.seen.awsMarks?.length === 0 && !speaksTls(target))) {
    note({ layer: 'aws', outcome: 'skipped', because: 'below-failed' })
    return
  }
  const { credentials } = await run.credentials
  if (credentials === undefined) {
    note({ layer: 'aws', outcome: 'skipped', because: run.deadline.spent() ? 'no-time' : 'no-credentials' })
    return
  }
  const service = findService(target.service)
  const signingRegion = service === undefined ? region : signingRegionOf(service, region)
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: httpTimeoutMs(run) }
  const to = { host: target.host, port: target.port, signingRegion }
  // With it come the readers of AWS's answers: a run that signs nothing has no use for them.
  const [{ probeAws }, { askResource, isBareDenial }] = await Promise.all([
    import('../probe/aws.ts'),
    import('./resources/ask.ts'),
  ])
  if (chosen === undefined) {
    const named = { ...to, ...(target.resource !== undefined && { resource: target.resource }) }
    return askResource({ target, run, note, ...rest }, steps ?? [], { connection, credentials, to: named, context })
  }
  const { call, onResource } = chosen
  if (call.action === 'sts:GetCallerIdentity') {
    const { probeIdentity } = await import('../probe/identity.ts')
    const asked = await probeIdentity(connection, credentials, to, context)
    if (asked.identity !== null) run.identified(asked.identity)
    note(asked.observation)
    return
  }
  const named = { ...to, ...(target.resource !== undefined && { resource: target.resource }) }
  const inspected = await run.inspection?.by.inspect(target, read => probeAws(connection, read, named, credentials, context))
  if (inspected !== undefined) {
    run.inspection?.found.set(target.id, inspected)
    return note(inspected.observation)
  }
  const { observation } = await probeAws(connection, call, to, credentials, context)
  note(observation)
  if (observation.outcome !== 'rejected' || !isBareDenial(observation)) return
  // A bare denial: does it hang on the action, or on who asks?
  const second = noopsOf(target.service).find(noop => noop.kind === 'read' && noop.action !== call.action)
  if (second !== undefined && !onResource) {
    note((await probeAws(connection, second, to, credentials, { ...context, variant: 'second-action' })).observation)
  }
  if (onResource) {
    note((await probeAws(connection, call, to, null, { ...context, variant: 'unsigned' })).observation)
  }
}

interface Call {
  readonly call: AwsCall
  /** The call is on what the user named, not beside it. */
  readonly onResource: boolean
}

/** What proves the workload's use of this target without any effect. A URL of a bucket is the bucket. */
function callFor(target: PlannedTarget): Call | undefined {
  if (target.service === 's3' && readHost(target.host)?.bucket !== undefined) return { call: listBucket(), onResource: true }
  const noop = target.service === null ? undefined : findNoop(target.service)
  return noop && { call: noop, onResource: false }
}

/** One key at most. */
function listBucket(): AwsCall {
  const query = 'list-type=2&max-keys=1'
  return { service: 's3', action: 's3:ListBucket', method: 'GET', path: '/', query, signingName: 's3', protocol: 'rest-xml' }
}
