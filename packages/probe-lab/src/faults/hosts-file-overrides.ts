// The hosts file sends a name to an address that an endpoint had long ago: what applications get is not what DNS says.
import type { Fault } from './fault.ts'

export function hostsFileOverrides(name = 'logs.ap-northeast-1.amazonaws.com', address = '10.20.9.9'): Fault {
  return plan => ({ ...plan, workload: { ...plan.workload, hosts: [...plan.workload.hosts, { address, name }] } })
}
