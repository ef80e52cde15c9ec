// A path that loses packets by chance each way, or one on which some addresses answer late. Neither is a filter.
import type { VpcPlan } from '../plan/vpc-plan.ts'
import type { Fault } from './fault.ts'

export function lossyPath(lossPercent: number): Fault {
  return plan => ({ ...plan, lossPercent })
}

/** `addresses`: which ones answer that late; all endpoints and hosts without it. */
export function slowPath(ms: number, ...addresses: readonly string[]): Fault {
  return plan => ({
    ...plan,
    slow: [...plan.slow, ...(addresses.length > 0 ? addresses : everywhere(plan)).map(address => ({ address, ms }))],
  })
}

function everywhere(plan: VpcPlan): readonly string[] {
  return [...plan.endpoints, ...plan.hosts].flatMap(({ addresses }) => addresses)
}
