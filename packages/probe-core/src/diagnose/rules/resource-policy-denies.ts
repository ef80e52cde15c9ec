// Cause: the policy of the resource (a key, queue, topic, secret, repository, role trust, private API) denies the call or does not allow it.
// Shows as: wording that names a resource-based policy.
// Looks like, but is not: across accounts, a missing identity policy is often worded as a missing resource policy.

import { deniedBy } from '../refusal.ts'
import type { Rule } from '../rule.ts'

const byResource = deniedBy('resource', 'role-trust')

export const resourcePolicyDenies: Rule = {
  ...byResource,
  cause: 'resource-policy-denies',
  judge(target, network, symptom) {
    return target.service?.signingName === 's3' ? undefined : byResource.judge(target, network, symptom)
  },
}
