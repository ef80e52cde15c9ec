// Cause: AWS knows no resource of this name (in this account and region).
// Shows as: a "does not exist" of the service itself.
// Looks like, but is not: a denial; some services say "does not exist" before they look at policy, or instead.

import { sayAws } from '../refusal.ts'
import { fits, type Rule } from '../rule.ts'

export const resourceMissing: Rule = {
  cause: 'resource-missing',
  severity: 'error',
  shows: ['aws-not-found'],
  judge(target) {
    return fits('plain', [sayAws(target)])
  },
}
