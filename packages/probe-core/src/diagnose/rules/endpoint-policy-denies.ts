// Cause: the policy of the VPC endpoint denies the call, or does not allow it.
// Shows as: AWS's own wording of the denial names this policy type; or sts:GetCallerIdentity is denied, which needs no permission.
// Looks like, but is not: a denial without a reason (`denied-unattributed`). AWS names one policy only: others may deny too.

import { denialOf } from '../classify.ts'
import { deniedBy, sayAws } from '../refusal.ts'
import { fits, type Rule, says } from '../rule.ts'

const byEndpoint = deniedBy('endpoint')

export const endpointPolicyDenies: Rule = {
  ...byEndpoint,
  cause: 'endpoint-policy-denies',
  judge(target, network, symptom) {
    const worded = byEndpoint.judge(target, network, symptom)
    if (worded !== undefined) return worded
    const aws = target.aws
    const action = aws === undefined || aws.outcome === 'skipped' ? undefined : aws.seen?.action
    if (action !== 'sts:GetCallerIdentity' || denialOf(target)?.kind !== 'access-denied') return undefined
    return fits('plain', [sayAws(target), says(target, 'aws', 'aws.needsNoPermission', { action })])
  },
}
