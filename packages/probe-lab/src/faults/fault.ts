// A fault is a function from a healthy plan to a faulty one; several compose.
import type { VpcPlan } from '../plan/vpc-plan.ts'

export type Fault = (plan: VpcPlan) => VpcPlan

/** All of them at once, in order. */
export function combine(...faults: readonly Fault[]): Fault {
  return plan => faults.reduce((sum, fault) => fault(sum), plan)
}
