// Finds what stands in the way of one connection: by server name (with `*`) or by address.
import type { FarBehaviour, VpcPlan } from '../plan/vpc-plan.ts'

export function findBehaviour(
  plan: VpcPlan,
  layer: FarBehaviour['layer'],
  serverName: string | undefined,
  address: string,
): FarBehaviour | undefined {
  return plan.behaviours.find(
    one => one.layer === layer && (one.match === address || (serverName !== undefined && matchesName(one.match, serverName))),
  )
}

function matchesName(pattern: string, name: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${expression}$`).test(name)
}
