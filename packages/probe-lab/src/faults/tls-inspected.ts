// A firewall opens TLS with a certificate of its own CA; `trusted`: the workload's bundle holds that CA.
import type { Fault } from './fault.ts'

export function tlsInspected(form: 'untrusted' | 'trusted' = 'untrusted', match = '*'): Fault {
  return plan => ({
    ...plan,
    workload: { ...plan.workload, trustsInspection: form === 'trusted' },
    behaviours: [...plan.behaviours, { match, layer: 'tls' as const, does: 'inspect' as const }],
  })
}
