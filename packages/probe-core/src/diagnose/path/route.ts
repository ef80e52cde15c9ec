// Which route of a subnet's table a packet takes: the longest prefix wins. What a prefix list holds may be untold; then so is the
// route, unless it makes no difference.

import { isCidr, prefixLengthOf } from '../../catalog/address.ts'
import type { ControlPlane, RouteFacts, RouteTableFacts } from '../../model/control-plane.ts'
import type { Addresses } from '../address.ts'

/** The table that a subnet is associated with, or the main one of its VPC. Undefined: not told. */
export function routeTableOf(told: ControlPlane, subnet: string, vpc: string): RouteTableFacts | undefined {
  const tables = told.routeTables?.filter(table => table.vpc === vpc)
  return tables?.find(table => table.subnets.includes(subnet)) ?? tables?.find(table => table.isMain)
}

export type RouteChoice =
  | { readonly is: 'route'; readonly route: RouteFacts }
  | { readonly is: 'none' }
  | { readonly is: 'unknown'; readonly list: string }

/** `canHold`: false for a prefix list that, whatever it holds, does not hold this address (another service's). */
export function chooseRoute(
  table: RouteTableFacts,
  address: string,
  told: ControlPlane,
  known: Addresses,
  canHold: (route: RouteFacts) => boolean = () => true,
): RouteChoice {
  let best: { readonly route: RouteFacts; readonly length: number } | undefined
  let untold: RouteFacts | undefined
  let tie: RouteFacts | undefined
  for (const route of table.routes) {
    const length = lengthOf(route, address, told, known)
    if (length === 'unknown') {
      if (canHold(route)) untold ??= route
      continue
    }
    if (length === undefined) continue
    // Of two equally long, a range of its own comes before a list; a local route before all. Of two lists AWS takes either.
    const better = best === undefined ? 1 : length - best.length || preference(route) - preference(best.route)
    if (better > 0) {
      best = { route, length }
      tie = undefined
    } else if (better === 0 && best && !sameWay(best.route, route)) tie = route
  }
  // Nothing is longer than a host route; and what leads the same way makes no difference.
  const longest = address.includes(':') ? 128 : 32
  if (untold !== undefined && best?.length !== longest && !(best && sameWay(best.route, untold))) {
    return { is: 'unknown', list: untold.to }
  }
  if (tie !== undefined) return { is: 'unknown', list: tie.to }
  return best === undefined ? { is: 'none' } : { is: 'route', route: best.route }
}

function sameWay(a: RouteFacts, b: RouteFacts): boolean {
  return a.via === b.via && a.isBlackhole === b.isBlackhole
}

function preference(route: RouteFacts): number {
  return route.via === 'local' ? 2 : route.to.startsWith('pl-') ? 0 : 1
}

/** Length of the prefix by which the route matches; undefined when it does not. */
function lengthOf(route: RouteFacts, address: string, told: ControlPlane, known: Addresses): number | 'unknown' | undefined {
  if (isCidr(route.to)) return known.isInside(address, route.to) ? prefixLengthOf(route.to) : undefined
  const cidrs = told.prefixLists?.find(list => list.id === route.to)?.cidrs
  if (cidrs === undefined) return 'unknown'
  const lengths = cidrs.filter(cidr => known.isInside(address, cidr)).flatMap(cidr => prefixLengthOf(cidr) ?? [])
  return lengths.length === 0 ? undefined : Math.max(...lengths)
}
