// AWS says no, and not which policy does.
import type { Fault } from './fault.ts'

export function deniedUnattributed(action = 's3:*'): Fault {
  return plan => ({
    ...plan,
    aws: { ...plan.aws, denials: [...plan.aws.denials, { action, by: 'unattributed' as const, explicit: true }] },
  })
}
