// AWS does not know the workload's keys.
import type { Fault } from './fault.ts'

export function credentialsInvalid(): Fault {
  return plan => ({ ...plan, aws: { ...plan.aws, credentials: 'invalid' } })
}
