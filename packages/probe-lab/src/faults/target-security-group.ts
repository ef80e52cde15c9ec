// A database's security group does not admit the workload.
import type { Fault } from './fault.ts'

export function targetSecurityGroup(name = 'db.internal'): Fault {
  return plan => ({
    ...plan,
    hosts: plan.hosts.map(host => (host.name === name ? { ...host, securityGroup: 'closed' as const } : host)),
  })
}
