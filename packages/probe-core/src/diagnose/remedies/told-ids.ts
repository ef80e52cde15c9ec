// What the control plane told of the parts between us and a target: the endpoint and its groups, the gateway, the route table,
// whoever holds the address. What was not told stays undefined, and becomes a placeholder where it is used.

import type { EndpointFacts, InterfaceFacts, PrefixListFacts } from '../../model/control-plane.ts'
import { isBeyondVpc } from '../beyond.ts'
import { endpointServices } from '../endpoint.ts'
import { endpointsFor } from '../path/endpoints.ts'
import { placeOf } from '../path/place.ts'
import { routeTableOf } from '../path/route.ts'
import { interfaceAt } from '../path/steps.ts'
import type { TargetView } from '../view.ts'
import { idOr, isId, unique } from './ids.ts'

interface ToldParts {
  /** The interface endpoint that holds the address, or the one that could serve the name. */
  readonly endpoint?: EndpointFacts | undefined
  readonly gateway?: EndpointFacts | undefined
  readonly routeTable?: string | undefined
  readonly prefixList?: PrefixListFacts | undefined
  readonly holder?: InterfaceFacts | undefined
}

export function toldOf(target: TargetView): ToldParts {
  const told = target.network.report.controlPlane
  const own = placeOf(target.network)
  if (told === undefined || own === undefined) return {}
  const [silent = target.addresses[0]] = target.addresses.filter(a => a.outcome === 'silent')
  const holder = silent && interfaceAt(told, silent.address, own.vpc)
  const candidates = endpointsFor(target, { told, own }) ?? []
  const gateways = gatewayNames(target)
  return {
    endpoint:
      candidates.find(e => holder && e.interfaces?.includes(holder.id)) ??
      // An address that is not of this VPC is of no endpoint of this VPC.
      (silent && isBeyondVpc(target.network, silent.address) ? undefined : candidates[0]),
    gateway: told.endpoints?.find(e => e.vpc === own.vpc && e.type === 'Gateway' && gateways.includes(e.service)),
    routeTable: idOr(routeTableOf(told, own.subnet, own.vpc)?.id, undefined),
    prefixList: told.prefixLists?.find(one => gateways.includes(one.name)),
    holder,
  }
}

/** The gateway endpoint that carries the target's name in its region. */
export function gatewayNames(target: TargetView): readonly string[] {
  return unique(
    endpointServices(target)
      .filter(e => e.type === 'Gateway')
      .map(e => e.serviceName),
  )
}

/** Ids of the interface endpoints of this VPC that serve the target's service, whatever holds its address. */
export function endpointsHere(target: TargetView): readonly string[] {
  const told = target.network.report.controlPlane
  const own = placeOf(target.network)
  if (told === undefined || own === undefined) return []
  return (endpointsFor(target, { told, own }) ?? []).map(e => e.id).filter(isId)
}
