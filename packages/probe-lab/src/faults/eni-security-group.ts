// The workload's own security group lets nothing out; `vpc-only` lets out what stays in the VPC's addresses.
import type { Fault } from './fault.ts'

export function eniSecurityGroup(reach: 'none' | 'vpc-only' = 'none'): Fault {
  return plan => ({ ...plan, egress: reach })
}
