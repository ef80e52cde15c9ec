// A network ACL of the workload's subnet: it knows subnets and ports, no connections, and is not asked inside the subnet.
// - `other-subnet`: nothing to the endpoints' other zone
// - `ephemeral-ports`: replies to ports above 32,767 are lost, which are those that Linux uses
// - `s3-ranges`: nothing to S3's public addresses
import { publicRanges } from '../plan/public-addresses.ts'
import type { AclDeny } from '../plan/vpc-plan.ts'
import type { Fault } from './fault.ts'

const entries: Readonly<Record<'other-subnet' | 'ephemeral-ports' | 's3-ranges', readonly AclDeny[]>> = {
  'other-subnet': [{ direction: 'out', cidr: '10.20.2.0/24' }],
  'ephemeral-ports': [
    { direction: 'in', cidr: '10.20.2.0/23', nearPorts: [32_768, 65_535] },
    { direction: 'in', cidr: publicRanges.s3, nearPorts: [32_768, 65_535] },
  ],
  's3-ranges': [{ direction: 'out', cidr: publicRanges.s3 }],
}

export function networkAcl(form: 'other-subnet' | 'ephemeral-ports' | 's3-ranges' = 'other-subnet'): Fault {
  return plan => ({ ...plan, acl: [...plan.acl, ...entries[form]] })
}
