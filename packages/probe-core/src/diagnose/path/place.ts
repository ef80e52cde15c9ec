// Where we stand in the VPC, put together from metadata and from what the control plane told of this ENI. Undefined while that is
// not certain: a path from the wrong interface would be judged by the wrong groups.

import type { ControlPlane, InterfaceFacts } from '../../model/control-plane.ts'
import { remember } from '../remember.ts'
import type { NetworkView } from '../view.ts'
import { endpointsFor } from './endpoints.ts'
import type { Own } from './steps.ts'

/** Where we stand, by all that this report was told. */
export const placeOf = remember((network: NetworkView): Own | undefined => {
  const told = network.report.controlPlane
  return told && findPlace(network, told)
})

function findPlace(network: NetworkView, told: ControlPlane): Own | undefined {
  const { network: ids } = network.vantage
  const addresses = network.vantage.interfaces
    .filter(i => i.name !== 'lo' && !['loopback', 'link-local'].includes(network.known.scopeOf(i.address)))
    .map(i => i.address)
  const holders = holdersOf(told, addresses, ids)
  // Two interfaces of ours: which of them a packet leaves by, this does not tell.
  if (holders.length > 1) return undefined
  const [holder] = holders
  if (ids.vpc === null && (holder === undefined || !isOurs(holder, network, told))) return undefined
  const vpc = holder?.vpc ?? ids.vpc
  const subnet = holder?.subnet ?? ids.subnet
  if (vpc == null || subnet == null) return undefined
  const held = holder?.addresses ?? []
  // In a container the machine's own address is none of the VPC's: packets leave with the first of the interface.
  const seen = addresses.filter(address => held.includes(address))
  const from = holder === undefined ? addresses : [...new Set([...seen, ...held])]
  const groups = holder?.groups ?? ids.securityGroups ?? undefined
  const account = network.vantage.identity?.account ?? holder?.owner
  return {
    addresses: from,
    vpc,
    subnet,
    ...(groups && { groups }),
    ...(holder && { interface: holder }),
    ...(account && { account }),
  }
}

interface Ids {
  readonly eni: string | null
  readonly vpc: string | null
}

/** By address first: a pod may have an interface of its own, and metadata tells of the node's. */
function holdersOf(told: ControlPlane, addresses: readonly string[], { eni, vpc }: Ids): readonly InterfaceFacts[] {
  const interfaces = told.interfaces ?? []
  const byAddress = interfaces.filter(i => i.addresses.some(a => addresses.includes(a)) && (vpc === null || i.vpc === vpc))
  return byAddress.length > 0 ? byAddress : interfaces.filter(i => i.id === eni)
}

/**
 * No metadata told the VPC. An account may hold the same address in a VPC that is not this one, and a container's bridge has an
 * address that many VPCs have: it is ours by its hardware address, or where an endpoint of that VPC holds what a target resolves to.
 */
function isOurs(holder: InterfaceFacts, network: NetworkView, told: ControlPlane): boolean {
  const { mac } = holder
  if (mac !== undefined && network.vantage.interfaces.some(i => i.mac?.toLowerCase() === mac.toLowerCase())) return true
  const ids = network.targets.flatMap(target => {
    const held = (told.interfaces ?? []).filter(
      i => i.vpc === holder.vpc && target.addresses.some(a => i.addresses.includes(a.address)),
    )
    const own = { addresses: [], vpc: holder.vpc, subnet: holder.subnet }
    const served = (endpointsFor(target, { told, own }) ?? []).flatMap(e => e.interfaces ?? [])
    return held.filter(i => i.id !== holder.id && served.includes(i.id))
  })
  return ids.length > 0
}
