// A name that has IPv6 addresses alone, or first, in a subnet whose IPv6 leads nowhere.
import type { Fault } from './fault.ts'

export function addressFamilyMismatch(
  name = 's3.dualstack.ap-northeast-1.amazonaws.com',
  form: 'only-ipv6' | 'both' = 'only-ipv6',
): Fault {
  return plan => ({
    ...plan,
    workload: { ...plan.workload, ipv6: true },
    dns: {
      ...plan.dns,
      ipv6Names: { ...plan.dns.ipv6Names, [name]: ['2600:9000:53aa::53'] },
      ipv6Only: form === 'only-ipv6' ? [...plan.dns.ipv6Only, name] : plan.dns.ipv6Only,
    },
  })
}
