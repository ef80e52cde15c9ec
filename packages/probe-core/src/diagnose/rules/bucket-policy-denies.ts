// Cause: the policy of the bucket denies the call, often by a condition on aws:SourceVpce or aws:SourceVpc.
// Shows as: wording that names a resource-based policy, on S3; or a bare denial of one bucket while others pass.
// Looks like, but is not: an access point of another VPC, which S3 words the same way.

import { mayDeny } from '../bare-denial.ts'
import { denialOf } from '../classify.ts'
import { deniedBy, isNamed, sayAws } from '../refusal.ts'
import { firstBut, remember } from '../remember.ts'
import { fits, type Rule, says } from '../rule.ts'
import type { NetworkView } from '../view.ts'

const byResource = deniedBy('resource')

export const bucketPolicyDenies: Rule = {
  ...byResource,
  cause: 'bucket-policy-denies',
  judge(target, network, symptom) {
    if (target.service?.signingName !== 's3') return undefined
    // No reason given: that another bucket lets the same caller in tells that it is this bucket's.
    const denial = denialOf(target)
    const other = firstBut(bucketsThatPass(network), target)
    if (other && denial !== undefined && mayDeny('resource', target, denial))
      return fits('plain', [sayAws(target), says(other, 'aws', 'aws.otherPasses', { name: other.target.id })])
    return byResource.judge(target, network, symptom)
  },
}

const bucketsThatPass = remember((network: NetworkView) =>
  network.targets.filter(t => t.service?.signingName === 's3' && isNamed(t) && t.aws?.outcome === 'answered'),
)
