// A host that only the user knows has no DNS record any more.
import type { Fault } from './fault.ts'

export function dnsNameUnknown(name = 'db.internal'): Fault {
  return plan => ({ ...plan, hosts: plan.hosts.filter(host => host.name !== name) })
}
