// Cause: the request is signed for, or sent to, another region than the one where the bucket or endpoint is.
// Shows as: 301 PermanentRedirect, AuthorizationHeaderMalformed, "Credential should be scoped to a valid region", x-amz-bucket-region.
// Looks like, but is not: wrong credentials.

import { denialOf } from '../classify.ts'
import { sayAws } from '../refusal.ts'
import { fits, type Rule, says } from '../rule.ts'

export const regionMismatch: Rule = {
  cause: 'region-mismatch',
  severity: 'error',
  shows: ['aws-region'],
  judge(target) {
    const there = denialOf(target)?.region ?? (target.aws?.outcome === 'rejected' ? target.aws.seen?.region : undefined)
    const where = there
      ? says(target, 'aws', 'region.expected', { there, here: target.target.region ?? target.network.vantage.region ?? '-' })
      : undefined
    return fits('strong', [sayAws(target), where])
  },
}
