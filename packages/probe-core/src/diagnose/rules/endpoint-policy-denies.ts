// Cause: the policy of the VPC endpoint denies the call, or does not allow it.
// Shows as: AWS's own wording of the denial names this policy type; or sts:GetCallerIdentity is denied, which needs no permission.
// Looks like, but is not: a denial without a reason (`denied-unattributed`). AWS names one policy only: others may deny too.

import { isPermissionless } from '../bare-denial.ts'
import { denialOf } from '../classify.ts'
import { deniedBy, sayAws } from '../refusal.ts'
import { fits, type Rule, says } from '../rule.ts'

const byEndpoint = deniedBy('endpoint')

export const endpointPolicyDenies: Rule = {
  ...byEndpoint,
  cause: 'endpoint-policy-denies',
  judge(target, network, symptom) {
    const denial = denialOf(target)
    // What no identity policy can deny, no wording of one can explain.
    if (isPermissionless(target) && denial?.kind === 'access-denied' && denial.policyType !== 'endpoint')
      return fits('plain', [sayAws(target), says(target, 'aws', 'aws.needsNoPermission', { action: 'sts:GetCallerIdentity' })])
    return byEndpoint.judge(target, network, symptom)
  },
}
