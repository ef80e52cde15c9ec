// The workload has no credentials of any kind.
import type { Fault } from './fault.ts'

export function noCredentials(): Fault {
  return plan => ({ ...plan, workload: { ...plan.workload, credentialsFrom: 'none' } })
}
