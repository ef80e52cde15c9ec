// The permissions boundary does not allow the call.
import type { Fault } from './fault.ts'

export function permissionsBoundaryDenies(action = 'logs:*'): Fault {
  return plan => ({
    ...plan,
    aws: { ...plan.aws, denials: [...plan.aws.denials, { action, by: 'boundary' as const, explicit: false }] },
  })
}
