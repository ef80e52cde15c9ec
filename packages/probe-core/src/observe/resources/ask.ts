// The calls on a named resource, one after another on the target's connection: each is noted as an observation of its own. What the
// answers mean together is not judged here; only which further call they leave any sense in.

import { readDenial } from '../../catalog/denial.ts'
import { headBucket, type Known, matches, type ResourceStep } from '../../catalog/index.ts'
import type { AwsObservation, AwsSeen } from '../../model/observation.ts'
import { type AwsCall, type AwsConnection, type AwsContext, type AwsDestination, probeAws } from '../../probe/aws.ts'
import type { Credentials } from '../../probe/sign.ts'
import { speaksTls } from '../connection.ts'
import type { Climb } from '../surroundings.ts'
import { openElsewhere } from './elsewhere.ts'

interface Asking {
  readonly connection: AwsConnection
  readonly credentials: Credentials
  readonly to: AwsDestination
  readonly context: AwsContext
}

/** Every further call would get the same answer: nobody's word about the resource. */
const pointless = new Set([
  'expired',
  'invalid-credentials',
  'signature-mismatch',
  'clock-skew',
  'malformed-signature',
  'not-opted-in',
  'region-mismatch',
  'throttled',
])

export async function askResource(way: Climb, steps: readonly ResourceStep[], asking: Asking): Promise<void> {
  const { target, run, note } = way
  let known: Known = (await run.handover.wait(target, run.deadline)) ?? {}
  let asked = 0
  let doubted = false
  for (const step of steps) {
    if (step.needs === 'account') known = { ...known, ...(await findAccount(way)) }
    const made = await askStep(way, step, known, asking)
    if (made === undefined) continue
    asked += 1
    known = { ...known, ...made.learned }
    const observation = withFacts(made.observation, made.learned)
    note(observation)
    if (isEnd(step, observation)) break
    if (doubted || observation.outcome !== 'rejected' || !isBareDenial(observation)) continue
    doubted = true
    await doubtDenial(way, step, made.call, asking)
  }
  run.handover.give(target, known)
  // What a call needs was not told: nobody looked, which is not the same as nothing being wrong.
  if (asked === 0) note({ layer: 'aws', outcome: 'skipped', because: run.deadline.spent() ? 'no-time' : 'below-failed' })
}

interface Made {
  readonly observation: AwsObservation
  readonly call: AwsCall
  readonly learned: Known
}

async function askStep(way: Climb, step: ResourceStep, known: Known, asking: Asking): Promise<Made | undefined> {
  const { target, run } = way
  const request = step.request(known)
  if (request === undefined) return undefined
  const { host = target.host, unsigned, ...sent } = request
  const call: AwsCall = {
    ...sent,
    service: target.service ?? '',
    action: step.action,
    signingName: step.signingName,
    allows: error => matches(step.allowed, error),
    ...(unsigned && { carriesToken: true as const }),
  }
  const to = { ...asking.to, host }
  if (host === target.host) {
    // A token is a secret: never in the clear.
    if (unsigned && !speaksTls(target)) return undefined
    return finish(step, call, await probeAws(asking.connection, call, to, asking.credentials, asking.context))
  }
  const elsewhere = await openElsewhere(host, target.port, run)
  if (elsewhere === undefined) return undefined
  try {
    return finish(step, call, await probeAws(elsewhere, call, to, asking.credentials, asking.context))
  } finally {
    elsewhere.close()
  }
}

function finish(step: ResourceStep, call: AwsCall, result: Awaited<ReturnType<typeof probeAws>>): Made {
  const { observation, answer } = result
  const isGood = observation.outcome === 'answered' && answer !== undefined && answer.status >= 200 && answer.status < 300
  const learned = isGood ? (step.learn?.({ body: answer.body.toString('utf8'), headers: answer.headers }) ?? {}) : {}
  return { observation, call, learned }
}

/** Of what was learned, the facts that a report may hold. */
function withFacts(observation: AwsObservation, { state, kmsKey }: Known): AwsObservation {
  if (observation.outcome !== 'answered' || (state === undefined && kmsKey === undefined)) return observation
  const seen: AwsSeen = { ...observation.seen, ...(state && { state }), ...(kmsKey && { kmsKey }) }
  return { ...observation, seen }
}

function isEnd(step: ResourceStep, observation: AwsObservation): boolean {
  if (observation.outcome === 'silent' || observation.outcome === 'skipped') return true
  if (observation.outcome === 'answered') return false
  // Without an object there is still a bucket to write to.
  if (matches(step.missing, observation)) return observation.code !== 'NoSuchKey'
  const { code, message, seen } = observation
  const { kind } = readDenial({
    code,
    ...(message !== undefined && { message }),
    ...(seen?.region !== undefined && { region: seen.region }),
    ...(seen?.signingRegion !== undefined && { signingRegion: seen.signingRegion }),
  })
  return pointless.has(kind)
}

/** Does the refusal hang on who asks? Only S3 answers strangers; and HEAD tells the bucket's region where a listing does not. */
async function doubtDenial({ target, note }: Climb, step: ResourceStep, call: AwsCall, asking: Asking): Promise<void> {
  if (target.service !== 's3' || step.kind !== 'read') return
  const { connection, credentials, to, context } = asking
  note((await probeAws(connection, call, to, null, { ...context, variant: 'unsigned' })).observation)
  if (step.action !== 's3:ListBucket') return
  const head = { ...headBucket(target.path ?? '/'), service: 's3' }
  note((await probeAws(connection, head, to, credentials, { ...context, variant: 'second-action' })).observation)
}

/** Denied without a reason in words. */
export function isBareDenial(refused: { readonly code: string; readonly message?: string }): boolean {
  return (
    /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|403)$/.test(refused.code) &&
    !/\bpolicy\b|\bboundary\b/i.test(refused.message ?? '')
  )
}

/** Bounded: STS may have no endpoint here. */
async function findAccount({ run }: Climb): Promise<Known> {
  const account = await Promise.race([run.account, run.deadline.wait(run.connectTimeoutMs).then(() => undefined)])
  return account === undefined ? {} : { account }
}
