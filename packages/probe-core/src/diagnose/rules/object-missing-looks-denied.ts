// Cause: the object is not there, and S3 says 403 instead of 404 to callers without s3:ListBucket.
// Shows as: a bare 403 on one key while the bucket itself answers.
// Looks like, but is not: a denial of the key.

import type { AwsObservation } from '../../model/observation.ts'
import { denialOf } from '../classify.ts'
import { hidesExistence, mayList, readRefused, stepOf } from '../named.ts'
import { sayAws } from '../refusal.ts'
import { excluded, fits, type Judgement, type Rule, says } from '../rule.ts'
import type { TargetView } from '../view.ts'

export const objectMissingLooksDenied: Rule = {
  cause: 'object-missing-looks-denied',
  severity: 'error',
  shows: ['aws-denied'],
  judge(target) {
    if (target.service?.signingName !== 's3') return undefined
    const hidden = target.layer('aws').find(o => hidesExistence(target, o))
    if (hidden?.outcome === 'rejected') return ofHidden(target, hidden)
    const aws = target.aws
    const seen = aws === undefined || aws.outcome === 'skipped' ? undefined : aws.seen
    const action = seen?.action
    const isObject = action === undefined ? hasKey(target) : /^s3:(Get|Head)Object/.test(action)
    const denial = denialOf(target)
    if (!isObject || denial?.policyType !== undefined || denial?.kind !== 'access-denied') return undefined
    if (stepOf(target, aws) !== undefined && mayList(target))
      return excluded(says(target, 'aws', 'resource.listed', { resource: seen?.resource ?? '-' }))
    return fits('weak', [sayAws(target)])
  },
}

type Refused = Extract<AwsObservation, { outcome: 'rejected' }>

/** The key was asked for by name, and the bucket may not be listed. */
function ofHidden(target: TargetView, hidden: Refused): Judgement {
  const judged = readRefused(target, hidden).action
  const action = hidden.seen?.action ?? '-'
  const proof =
    judged === undefined
      ? says(target, 'aws', 'resource.hidesMissing', { action })
      : says(target, 'aws', 'resource.judgesListing', { action, judged })
  return fits('plain', [proof])
}

/** A URL of an object: a path below the bucket. */
function hasKey(target: TargetView): boolean {
  return target.identity?.bucket !== undefined && (target.target.path ?? '/').replace(/[?#].*$/, '').length > 1
}
