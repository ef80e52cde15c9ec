// A resource control policy of the organization denies the call.
import type { Fault } from './fault.ts'

export function rcpDenies(action = 's3:*'): Fault {
  return plan => ({
    ...plan,
    aws: { ...plan.aws, denials: [...plan.aws.denials, { action, by: 'rcp' as const, explicit: true }] },
  })
}
