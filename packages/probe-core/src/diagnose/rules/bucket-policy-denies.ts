// Cause: the policy of the bucket denies the call, often by a condition on aws:SourceVpce or aws:SourceVpc.
// Shows as: wording that names a resource-based policy, on S3; or a bare denial of one bucket while others pass.
// Looks like, but is not: an access point of another VPC, which S3 words the same way.

import { denialOf } from '../classify.ts'
import { deniedBy, isNamed, sayAws } from '../refusal.ts'
import { fits, type Rule, says } from '../rule.ts'

const byResource = deniedBy('resource')

export const bucketPolicyDenies: Rule = {
  ...byResource,
  cause: 'bucket-policy-denies',
  judge(target, network, symptom) {
    if (target.service?.signingName !== 's3') return undefined
    const worded = byResource.judge(target, network, symptom)
    if (worded !== undefined) return worded
    // No reason given: the same call on another bucket, or without this one, tells whether it is this bucket's.
    const denial = denialOf(target)
    const bucket = target.identity?.bucket ?? (isNamed(target) ? target.id : undefined)
    if (bucket === undefined || denial?.kind !== 'access-denied') return undefined
    const other = network.targets.find(
      t => t !== target && t.service?.signingName === 's3' && isNamed(t) && t.aws?.outcome === 'answered',
    )
    return other
      ? fits('plain', [sayAws(target), says(other, 'aws', 'aws.otherPasses', { name: other.target.id })])
      : fits('weak', [sayAws(target)])
  },
}
