// The resource's own policy does not allow the call.
import type { Fault } from './fault.ts'

export function resourcePolicyDenies(action = 'secretsmanager:*'): Fault {
  return plan => ({
    ...plan,
    aws: { ...plan.aws, denials: [...plan.aws.denials, { action, by: 'resource' as const, explicit: false }] },
  })
}
