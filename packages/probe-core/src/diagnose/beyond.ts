// Private addresses that no range of this VPC holds: another VPC's, or a network's behind a gateway. Where our ranges are not known,
// none is said to be one.

import { isCidr } from '../catalog/address.ts'
import type { Evidence } from '../model/finding.ts'
import { list } from './facts.ts'
import { placeOf } from './path/place.ts'
import { remember } from './remember.ts'
import { says } from './rule.ts'
import { type AddressView, type NetworkView, reached, type TargetView } from './view.ts'

/** Of IPv4, as metadata told them, or the control plane. */
const rangesOf = remember((network: NetworkView): readonly string[] => {
  const ofIpv4 = (cidrs: readonly string[] = []) => cidrs.filter(cidr => isCidr(cidr) && !cidr.includes(':'))
  const told = ofIpv4(network.vpcCidrs ?? [])
  if (told.length > 0) return told
  const own = placeOf(network)
  return own === undefined ? [] : ofIpv4(network.report.controlPlane?.vpcs?.find(vpc => vpc.id === own.vpc)?.cidrs)
})

/** An IPv4 address that is private and of no range of this VPC. IPv6 is never said to be: its ranges are told less often. */
export function isBeyondVpc(network: NetworkView, address: string): boolean {
  if (address.includes(':') || network.known.scopeOf(address) !== 'private') return false
  const ranges = rangesOf(network)
  return ranges.length > 0 && !ranges.some(range => network.known.isInside(address, range))
}

/** The silent addresses of a target, where every one of them lies beyond the VPC; none otherwise. */
export const silentBeyond = remember((target: TargetView): readonly AddressView[] => {
  const silent = target.addresses.filter(a => a.outcome === 'silent')
  return silent.every(a => isBeyondVpc(target.network, a.address)) ? silent : []
})

/** Our ranges are not known, and every silent address is private and not of our own subnet: it may be of another network. */
export function mayLieBeyond({ network, addresses }: TargetView): boolean {
  const silent = addresses.filter(a => a.outcome === 'silent')
  if (silent.length === 0 || rangesOf(network).length > 0) return false
  return silent.every(a => a.scope === 'private' && !a.address.includes(':') && network.inOwnSubnet(a.address) !== true)
}

/** Somebody has told where the subnet's packets go: then a way that is missing is more than one possibility of several. */
export function areRoutesTold({ report }: NetworkView): boolean {
  return (report.controlPlane?.routeTables?.length ?? 0) > 0
}

/** "ADDRESSES lie beyond the VPC", of the silent ones. */
export const liesBeyond = remember((target: TargetView): Evidence | undefined => {
  const beyond = silentBeyond(target)
  if (beyond.length === 0) return undefined
  const parts = { addresses: list(beyond.map(a => a.address)), ranges: list(rangesOf(target.network)) }
  return says(target, 'dns', isNamedByDns(target) ? 'dns.beyondVpcApi' : 'dns.beyondVpc', parts)
})

/** An AWS name, to which DNS and no hosts file gave its address. */
export function isNamedByDns({ dns, isApi }: TargetView): boolean {
  return isApi && dns?.outcome === 'answered' && !['hosts-file', 'literal'].includes(dns.seen.resolver)
}

interface Neighbour {
  readonly of: TargetView
  readonly address: AddressView
}

/** Something beyond the VPC in the same /16 that packets came back from: there is a way to that network. */
export function neighbourAnswers(target: TargetView): Neighbour | undefined {
  const answering = networksThatAnswer(target.network)
  const [found] = silentBeyond(target).flatMap(a => answering.get(networkOf(a.address)) ?? [])
  return found
}

/** Found once, however many silent targets ask. */
const networksThatAnswer = remember((network: NetworkView): ReadonlyMap<string, Neighbour> => {
  const found = new Map<string, Neighbour>()
  for (const of of network.privateThatAnswer())
    for (const address of of.addresses) {
      const place = networkOf(address.address)
      if (reached(address) && !found.has(place) && isBeyondVpc(network, address.address)) found.set(place, { of, address })
    }
  return found
})

function networkOf(address: string): string {
  return address.split('.').slice(0, 2).join('.')
}
