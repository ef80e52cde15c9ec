// The resolver loses every second question, as an ENI over its packet budget does.
import type { Fault } from './fault.ts'

export function dnsUnreliable(): Fault {
  return plan => ({ ...plan, dns: { ...plan.dns, vpcResolver: 'every-second' } })
}
