// The session policy of the assumed role does not allow the call.
import type { Fault } from './fault.ts'

export function sessionPolicyDenies(action = 'logs:*'): Fault {
  return plan => ({
    ...plan,
    aws: { ...plan.aws, denials: [...plan.aws.denials, { action, by: 'session' as const, explicit: false }] },
  })
}
