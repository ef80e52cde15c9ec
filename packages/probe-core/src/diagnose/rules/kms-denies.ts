// Cause: the call needs a KMS key, and KMS denies its use.
// Shows as: the denied action is kms:*, whatever service was called.
// Looks like, but is not: a denial of the service's own action.

import { denialOf } from '../classify.ts'
import { sayAws, severityOfDenial } from '../refusal.ts'
import { fits, type Rule } from '../rule.ts'

export const kmsDenies: Rule = {
  cause: 'kms-denies',
  severity: severityOfDenial,
  shows: ['aws-denied', 'aws-error'],
  judge(target) {
    // KMS itself was called: then it is the call that is denied, and no key behind another service's.
    if (target.service?.signingName === 'kms') return undefined
    const denial = denialOf(target)
    const named = denial?.kmsInvolved === true || denial?.kind === 'kms'
    if (!named) return undefined
    // A denial of kms:* by an identity policy, boundary or SCP is that policy's; by the key's own policy it is the key's.
    const other = denial.policyType !== undefined && denial.policyType !== 'resource'
    return fits(other ? 'plain' : 'strong', [sayAws(target)])
  },
}
