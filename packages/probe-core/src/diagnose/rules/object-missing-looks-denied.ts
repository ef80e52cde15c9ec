// Cause: the object is not there, and S3 says 403 instead of 404 to callers without s3:ListBucket.
// Shows as: a bare 403 on one key while the bucket itself answers.
// Looks like, but is not: a denial of the key.

import { denialOf } from '../classify.ts'
import { sayAws } from '../refusal.ts'
import { fits, type Rule } from '../rule.ts'

export const objectMissingLooksDenied: Rule = {
  cause: 'object-missing-looks-denied',
  severity: 'error',
  shows: ['aws-denied'],
  judge(target) {
    const aws = target.aws
    const action = aws === undefined || aws.outcome === 'skipped' ? undefined : aws.seen?.action
    if (target.service?.signingName !== 's3' || !/^s3:(Get|Head)Object/.test(action ?? '')) return undefined
    if (denialOf(target)?.policyType !== undefined) return undefined
    return fits('weak', [sayAws(target)])
  },
}
