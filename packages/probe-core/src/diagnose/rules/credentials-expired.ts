// Cause: the temporary credentials are past their time and nothing renews them.
// Shows as: ExpiredToken or ExpiredTokenException, said by AWS.
// Looks like, but is not: a wrong clock, which AWS words as a signature that expired.

import { denialOf } from '../classify.ts'
import { sayAws } from '../refusal.ts'
import { fits, type Rule, says } from '../rule.ts'

export const credentialsExpired: Rule = {
  cause: 'credentials-expired',
  severity: 'error',
  shows: ['aws-credentials'],
  judge(target, network) {
    if (denialOf(target)?.kind !== 'expired') return undefined
    const source = network.vantage.credentials?.source ?? network.vantage.identity?.source
    return fits('strong', [sayAws(target), source ? says(target, 'aws', 'credentials.source', { source }) : undefined])
  },
}
