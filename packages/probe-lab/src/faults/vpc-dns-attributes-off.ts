// enableDnsHostnames is off: endpoints exist, and no private name of theirs is honoured.
import type { Fault } from './fault.ts'

export function vpcDnsAttributesOff(): Fault {
  return plan => ({ ...plan, dns: { ...plan.dns, hostnames: false } })
}
