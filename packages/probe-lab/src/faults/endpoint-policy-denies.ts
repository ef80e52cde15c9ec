// The VPC endpoint's own policy does not allow the call.
import type { Fault } from './fault.ts'

export function endpointPolicyDenies(action = 'logs:*'): Fault {
  return plan => ({
    ...plan,
    aws: { ...plan.aws, denials: [...plan.aws.denials, { action, by: 'endpoint' as const, explicit: false }] },
  })
}
