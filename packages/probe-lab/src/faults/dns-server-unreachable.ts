// The workload's resolver is silent: a custom one while the VPC's own answers, or the VPC's own.
import type { Fault } from './fault.ts'

export function dnsServerUnreachable(form: 'custom' | 'vpc' = 'custom'): Fault {
  return plan =>
    form === 'vpc'
      ? { ...plan, dns: { ...plan.dns, vpcResolver: 'silent' } }
      : {
          ...plan,
          workload: { ...plan.workload, nameservers: [plan.dns.customAddress] },
          dns: { ...plan.dns, customResolver: 'silent' },
        }
}
