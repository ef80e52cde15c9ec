// The workload asks a server that knows the public DNS alone: the endpoints' private names stay unknown to it.
import type { Fault } from './fault.ts'

export function customDnsBypassesVpc(): Fault {
  return plan => ({
    ...plan,
    workload: { ...plan.workload, nameservers: [plan.dns.customAddress] },
    dns: { ...plan.dns, customResolver: 'public-only' },
  })
}
