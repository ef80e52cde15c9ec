// Several calls on one named resource, read together: which answer decides, which only looks like one, and which actions are denied.

import { type Denial, readDenial } from '../catalog/denial.ts'
import { isSecretProven, matches, type ResourceStep, stepsOf } from '../catalog/index.ts'
import type { AwsObservation } from '../model/observation.ts'
import type { TargetView } from './view.ts'

type Refused = Extract<AwsObservation, { outcome: 'rejected' }>

/** The catalogue's word on the call that this observation is of. Undefined: it was on no resource that has calls of its own. */
export function stepOf(view: TargetView, aws: AwsObservation | undefined): ResourceStep | undefined {
  const seen = aws === undefined || aws.outcome === 'skipped' ? undefined : aws.seen
  if (seen?.resource === undefined) return undefined
  const steps = stepsOf(view.target, { writeChecks: true, region: view.network.vantage.region })
  // A name that was masked no longer tells which of two kinds it is: both kinds answer alike.
  return steps?.find(step => step.action === seen.action) ?? steps?.[0]
}

/** A refusal in AWS's words. */
export function readRefused(view: TargetView, aws: Refused): Denial {
  const { code, message, seen } = aws
  const denial = readDenial({
    code,
    service: view.service?.id ?? view.target.service,
    ...(message === undefined ? {} : { message }),
    ...(seen?.status === undefined ? {} : { status: seen.status }),
    ...(seen?.action === undefined ? {} : { action: seen.action }),
    ...(seen?.signingRegion === undefined ? {} : { signingRegion: seen.signingRegion }),
    ...(seen?.region === undefined ? {} : { region: seen.region }),
  })
  // One answer for "not there" and "not for you", whatever its code says.
  return view.service?.id === 'sqs' && matches(stepOf(view, aws)?.missing, aws)
    ? { ...denial, kind: 'not-found-or-denied' }
    : denial
}

/** The answer hides whether the resource is there at all: it denies nothing for sure, and proves nothing to be missing. */
export function hidesExistence(view: TargetView, aws: AwsObservation | undefined): boolean {
  if (aws?.outcome !== 'rejected' || stepOf(view, aws) === undefined) return false
  const denial = readRefused(view, aws)
  if (denial.kind === 'not-found-or-denied') return true
  if (denial.kind !== 'access-denied') return false
  if (aws.seen?.action === 's3:GetObject')
    return !mayList(view) && (denial.action === undefined || /^s3:ListBucket$/i.test(denial.action))
  return view.service?.id === 'secretsmanager' && !isSecretProven(view.target.resource ?? '', denial.resource)
}

/** An answer about the form of the request, which may come before anybody looked at permissions. */
export function isUnclear(view: TargetView, aws: AwsObservation | undefined): boolean {
  const step = stepOf(view, aws)
  if (step === undefined || aws?.outcome !== 'rejected' || matches(step.missing, aws)) return false
  // A refusal of the form that nobody foresaw is no word about permission either.
  const isOfForm = (aws.seen?.status ?? 500) < 500 && readRefused(view, aws).kind === 'other'
  return isOfForm || matches(step.unclear, aws)
}

/** AWS says that what the user named is not there, and would not say so of what it hides. */
export function isMissing(view: TargetView, aws: AwsObservation | undefined): boolean {
  return aws?.outcome === 'rejected' && matches(stepOf(view, aws)?.missing, aws) && !hidesExistence(view, aws)
}

/** The listing was let through and told of an object: what is read next is there. An empty one may be allowed for this prefix alone. */
export function mayList(view: TargetView): boolean {
  return view.layer('aws').some(o => o.outcome === 'answered' && o.seen.action === 's3:ListBucket' && o.seen.state !== 'empty')
}

/**
 * Of several calls on one resource, the one that decides: what is missing, then a refusal of what workloads do, then of what only
 * looks; silence; then what was answered. What proves nothing decides only where there is nothing else.
 */
export function decidingOf(view: TargetView, calls: readonly AwsObservation[]): AwsObservation | undefined {
  const refused = calls.filter(o => o.outcome === 'rejected')
  const sure = refused.filter(o => !isUnclear(view, o) && !hidesExistence(view, o))
  return (
    sure.find(o => isMissing(view, o)) ??
    sure.find(o => stepOf(view, o)?.purpose !== 'look') ??
    sure[0] ??
    calls.find(o => o.outcome === 'silent') ??
    refused.find(o => hidesExistence(view, o)) ??
    calls.find(o => o.outcome === 'answered') ??
    refused[0] ??
    calls.find(o => o.outcome !== 'skipped') ??
    calls.at(-1)
  )
}

/** Actions on the named resource that AWS denies, beside the one that decides. */
export function otherDenied(view: TargetView): readonly { readonly action: string; readonly denial: Denial }[] {
  const deciding = view.aws
  return view.layer('aws').flatMap(o => {
    if (o === deciding || o.outcome !== 'rejected' || hidesExistence(view, o) || stepOf(view, o) === undefined) return []
    const denial = readRefused(view, o)
    const action = o.seen?.action
    return denial.kind === 'access-denied' && action !== undefined ? [{ action, denial }] : []
  })
}

/** Actions on the named resource that AWS let through. */
export function allowedActions(view: TargetView): readonly string[] {
  const answered = view.layer('aws').filter(o => o.outcome === 'answered' && stepOf(view, o) !== undefined)
  return [...new Set(answered.flatMap(o => (o.outcome === 'answered' ? (o.seen.action ?? []) : [])))]
}

/** Only the look at the resource is denied, and what workloads do with it was let through. */
export function isOnlyLookDenied(view: TargetView): boolean {
  const { aws } = view
  if (aws?.outcome !== 'rejected' || stepOf(view, aws)?.purpose !== 'look') return false
  return view.layer('aws').some(o => o.outcome === 'answered' && stepOf(view, o)?.purpose === 'use')
}

const usableStates = new Set(['Enabled', 'Updating', 'Creating'])

/** The key itself says that it cannot be used now. */
export function unusableKeyState(view: TargetView): { readonly state: string; readonly action: string } | undefined {
  if (view.service?.id !== 'kms') return undefined
  for (const o of view.layer('aws')) {
    if (o.outcome !== 'answered' || o.seen.state === undefined || usableStates.has(o.seen.state)) continue
    return { state: o.seen.state, action: o.seen.action ?? '-' }
  }
  return undefined
}

/** The calls on the resource were never made, or their answers prove nothing. */
export function isUnproven(view: TargetView): boolean {
  if (stepsOf(view.target)?.length === 0 || view.target.resource === undefined) return false
  const { aws } = view
  if (aws === undefined) return false
  if (aws.outcome === 'skipped') return aws.because === 'below-failed'
  // Of a call that only looks, reaching the service with good credentials is all that workloads share.
  return hidesExistence(view, aws) || (isUnclear(view, aws) && stepOf(view, aws)?.purpose === 'use')
}
