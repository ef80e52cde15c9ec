// The object may be read, the key that encrypts it may not be used.
import type { Fault } from './fault.ts'

export function kmsDenies(action = 's3:GetObject'): Fault {
  return plan => ({
    ...plan,
    aws: { ...plan.aws, denials: [...plan.aws.denials, { action, by: 'kms' as const, explicit: false }] },
  })
}
