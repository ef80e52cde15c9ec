// Cause: a resource control policy of the organization denies the call, or does not allow it.
// Shows as: AWS's own wording of the denial names this policy type.
// Looks like, but is not: a denial without a reason (`denied-unattributed`). AWS names one policy only: others may deny too.

import { deniedBy } from '../refusal.ts'
import type { Rule } from '../rule.ts'

export const rcpDenies: Rule = {
  ...deniedBy('rcp'),
  cause: 'rcp-denies',
}
