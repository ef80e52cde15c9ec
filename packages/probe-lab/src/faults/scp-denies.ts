// A service control policy of the organization denies the call.
import type { Fault } from './fault.ts'

export function scpDenies(action = 'logs:*'): Fault {
  return plan => ({
    ...plan,
    aws: { ...plan.aws, denials: [...plan.aws.denials, { action, by: 'scp' as const, explicit: true }] },
  })
}
