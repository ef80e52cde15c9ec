// Cause: AWS was reached and asks us to slow down.
// Shows as: Throttling, TooManyRequests, SlowDown, RequestLimitExceeded, 503.
// Looks like, but is not: a denial. It says nothing about policy.

import { sayAws } from '../refusal.ts'
import { fits, type Rule } from '../rule.ts'

export const throttled: Rule = {
  cause: 'throttled',
  severity: 'warning',
  shows: ['aws-throttled'],
  judge(target) {
    return fits('strong', [sayAws(target)])
  },
}
