// Cause: the object is not there, and S3 says 403 instead of 404 to callers without s3:ListBucket.
// Shows as: a bare 403 on one key while the bucket itself answers.
// Looks like, but is not: a denial of the key.

import { denialOf } from '../classify.ts'
import { sayAws } from '../refusal.ts'
import { fits, type Rule } from '../rule.ts'
import type { TargetView } from '../view.ts'

export const objectMissingLooksDenied: Rule = {
  cause: 'object-missing-looks-denied',
  severity: 'error',
  shows: ['aws-denied'],
  judge(target) {
    const aws = target.aws
    const action = aws === undefined || aws.outcome === 'skipped' ? undefined : aws.seen?.action
    const isObject = action === undefined ? hasKey(target) : /^s3:(Get|Head)Object/.test(action)
    const denial = denialOf(target)
    if (target.service?.signingName !== 's3' || !isObject) return undefined
    if (denial?.policyType !== undefined || denial?.kind !== 'access-denied') return undefined
    return fits('weak', [sayAws(target)])
  },
}

/** A URL of an object: a path below the bucket. */
function hasKey(target: TargetView): boolean {
  return target.identity?.bucket !== undefined && (target.target.path ?? '/').replace(/[?#].*$/, '').length > 1
}
