// Deleted static keys in the environment win over the role that would work.
import type { Fault } from './fault.ts'

export function credentialsOverrideRole(): Fault {
  return plan => ({ ...plan, workload: { ...plan.workload, staleKeys: true } })
}
