// A custom resolver answers, and what it answers is a failure.
import type { Fault } from './fault.ts'

export function dnsServerFails(rcode: 'servfail' | 'refused' = 'servfail'): Fault {
  return plan => ({
    ...plan,
    workload: { ...plan.workload, nameservers: [plan.dns.customAddress] },
    dns: { ...plan.dns, customResolver: rcode },
  })
}
