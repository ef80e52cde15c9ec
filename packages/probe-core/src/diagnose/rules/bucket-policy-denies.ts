// Cause: the policy of the bucket denies the call, often by a condition on aws:SourceVpce or aws:SourceVpc.
// Shows as: wording that names a resource-based policy, on S3; or a bare denial of one bucket while others pass.
// Looks like, but is not: an access point of another VPC, which S3 words the same way.

import { deniedBy } from '../refusal.ts'
import type { Rule } from '../rule.ts'

const byResource = deniedBy('resource')

export const bucketPolicyDenies: Rule = {
  ...byResource,
  cause: 'bucket-policy-denies',
  judge(target, network, symptom) {
    return target.service?.signingName === 's3' ? byResource.judge(target, network, symptom) : undefined
  },
}
