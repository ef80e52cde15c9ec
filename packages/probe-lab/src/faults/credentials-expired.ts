// The token of the workload has run out.
import type { Fault } from './fault.ts'

export function credentialsExpired(): Fault {
  return plan => ({ ...plan, aws: { ...plan.aws, credentials: 'expired' } })
}
