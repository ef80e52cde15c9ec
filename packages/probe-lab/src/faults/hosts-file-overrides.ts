// The hosts file sends a name to an address that does not serve it.
import type { Fault } from './fault.ts'

export function hostsFileOverrides(name = 'logs.ap-northeast-1.amazonaws.com', address = '10.20.3.20'): Fault {
  return plan => ({ ...plan, workload: { ...plan.workload, hosts: [...plan.workload.hosts, { address, name }] } })
}
