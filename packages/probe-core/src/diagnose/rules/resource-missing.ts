// Cause: AWS knows no resource of this name (in this account and region).
// Shows as: a "does not exist" of the service itself.
// Looks like, but is not: a denial; some services say "does not exist" before they look at policy, or instead.

import { denialOf } from '../classify.ts'
import { sayAws } from '../refusal.ts'
import { fits, type Rule } from '../rule.ts'

export const resourceMissing: Rule = {
  cause: 'resource-missing',
  severity: 'error',
  shows: ['aws-not-found', 'aws-denied'],
  judge(target, _network, symptom) {
    if (symptom === 'aws-denied') {
      // Some services say "does not exist or you have no access", and ECR says denied across accounts when it does not exist.
      const denial = denialOf(target)
      if (denial?.caveat === 'missing-repository-looks-denied') return fits('weak', [sayAws(target)])
      return denial?.kind === 'not-found-or-denied' ? fits('plain', [sayAws(target)]) : undefined
    }
    return fits('plain', [sayAws(target)])
  },
}
