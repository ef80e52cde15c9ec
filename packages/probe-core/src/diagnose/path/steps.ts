// The way of one connection from this ENI to an address and port, step by step as the VPC would take it: own egress, own NACL,
// route, the far subnet's NACL, the far groups, and the replies. Each step is open, closed or unknown, and cites what decides.
// It knows configuration alone: what stands on the path outside of it (a host's firewall, an appliance) it cannot see.

import type {
  ControlPlane,
  InterfaceFacts,
  NetworkAclEntry,
  NetworkAclFacts,
  SecurityGroupFacts,
} from '../../model/control-plane.ts'
import type { Addresses } from '../address.ts'
import { decidingEntry, type End, matchRules, type RuleMatch } from './packet.ts'
import { chooseRoute, type RouteChoice, routeTableOf } from './route.ts'

export interface Flow {
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
  readonly address: string
}

/** Our own end: what metadata and the control plane told of this ENI. */
export interface Own {
  readonly addresses: readonly string[]
  readonly vpc: string
  readonly subnet: string
  readonly groups?: readonly string[] | undefined
  readonly interface?: InterfaceFacts | undefined
  /** Ours, as STS or this interface tells it. */
  readonly account?: string | undefined
}

export interface Surroundings {
  readonly told: ControlPlane
  readonly known: Addresses
  readonly own: Own
  /** False for a route to a prefix list that cannot hold the flow's address. */
  readonly canHold?: (list: { readonly to: string; readonly via: string }) => boolean
}

/** An IAM action whose answer would settle what is unknown. */
type Missing = `ec2:${string}`

export type Step =
  | { readonly is: 'open' | 'closed'; readonly cite: Cite }
  | { readonly is: 'unknown'; readonly missing: readonly Missing[]; readonly cite?: Cite }

/** What decides a step, by id. The sentences about it are made elsewhere. */
export type Cite =
  | {
      readonly kind: 'group'
      readonly way: 'egress' | 'ingress'
      readonly groups: readonly string[]
      readonly holder: string
      readonly peer: string
      readonly match: RuleMatch
    }
  | {
      readonly kind: 'acl'
      readonly acl: string
      readonly subnet: string
      readonly way: 'egress' | 'ingress'
      readonly ports: PortRange
      readonly peer: string
      readonly entry?: NetworkAclEntry | undefined
    }
  | { readonly kind: 'no-acl'; readonly address: string; readonly subnet: string }
  | { readonly kind: 'acls'; readonly acls: readonly string[] }
  | { readonly kind: 'route'; readonly table: string; readonly subnet: string; readonly choice: RouteChoice }
  | { readonly kind: 'no-public-address'; readonly interface: string; readonly table: string; readonly via: string }

export type PortRange = readonly [number, number]

/**
 * Ports that clients connect from: all of these must get their replies (Linux 32768–60999; the rest of the range is used by
 * others and by NAT).
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
export const ephemeralPorts: PortRange = [32_768, 60_999]

function ownAddressFor(own: Own, flow: Flow): string | undefined {
  return own.addresses.find(address => address.includes(':') === flow.address.includes(':'))
}

/** The VPC is our own account's: only then is what was not listed not there. */
export function isListedWhole({ told, own }: Pick<Surroundings, 'told' | 'own'>): boolean {
  const owner = told.vpcs?.find(vpc => vpc.id === own.vpc)?.owner
  return owner !== undefined && owner === own.account
}

/** The interface that holds an address in our VPC. One of another VPC with the same address is somebody else. */
export function interfaceAt(told: ControlPlane, address: string, vpc: string): InterfaceFacts | undefined {
  const holders = (told.interfaces ?? []).filter(each => each.vpc === vpc && each.addresses.includes(address))
  return holders.length === 1 ? holders[0] : undefined
}

export function ownEgress(flow: Flow, { told, known, own }: Surroundings): Step {
  const far: End = { address: flow.address, groups: interfaceAt(told, flow.address, own.vpc)?.groups }
  return ofGroups('egress', own.groups, own.interface?.id ?? own.addresses[0] ?? own.subnet, flow, far, { told, known })
}

export function farIngress(flow: Flow, { told, known, own }: Surroundings): Step {
  const holder = interfaceAt(told, flow.address, own.vpc)
  const address = ownAddressFor(own, flow)
  if (holder === undefined || address === undefined) return { is: 'unknown', missing: ['ec2:DescribeNetworkInterfaces'] }
  const name = told.endpoints?.find(endpoint => endpoint.interfaces?.includes(holder.id))?.id ?? holder.id
  return ofGroups('ingress', holder.groups, name, flow, { address, groups: own.groups }, { told, known })
}

function ofGroups(
  way: 'egress' | 'ingress',
  groups: readonly string[] | undefined,
  holder: string,
  flow: Flow,
  far: End,
  matching: { readonly told: ControlPlane; readonly known: Addresses },
): Step {
  if (groups === undefined || groups.length === 0) return { is: 'unknown', missing: ['ec2:DescribeNetworkInterfaces'] }
  const told = groups.map(id => matching.told.securityGroups?.find(group => group.id === id))
  let untold = false
  for (const [index, group] of told.entries()) {
    if (group === undefined) {
      untold = true
      continue
    }
    const match = matchRules(rulesOf(group, way), { protocol: flow.protocol, port: flow.port, far }, matching)
    const cite = { kind: 'group', way, groups: [groups[index] ?? group.id], holder, peer: far.address, match } as const
    if (match.is === 'yes') return { is: 'open', cite }
    if (match.is === 'unknown') untold = true
  }
  if (untold) return { is: 'unknown', missing: missingOfGroups(groups, matching.told) }
  return { is: 'closed', cite: { kind: 'group', way, groups, holder, peer: far.address, match: { is: 'no' } } }
}

function rulesOf(group: SecurityGroupFacts, way: 'egress' | 'ingress') {
  return way === 'egress' ? group.egress : group.ingress
}

function missingOfGroups(groups: readonly string[], told: ControlPlane): readonly Missing[] {
  if (groups.some(id => !told.securityGroups?.some(group => group.id === id))) return ['ec2:DescribeSecurityGroups']
  return ['ec2:DescribePrefixLists', 'ec2:GetManagedPrefixListEntries', 'ec2:DescribeNetworkInterfaces']
}

/**
 * The network ACLs of both subnets, both ways. `partly`: the way there is open, and the replies to some of the ports that clients
 * use are not.
 */
export function acls(flow: Flow, surroundings: Surroundings): Step | { readonly is: 'partly'; readonly cite: Cite } {
  const { told, own } = surroundings
  const address = ownAddressFor(own, flow)
  if (address === undefined) return { is: 'unknown', missing: [] }
  const holder = interfaceAt(told, flow.address, own.vpc)
  const farSubnet = holder?.subnet ?? subnetOf(flow.address, surroundings)
  if (farSubnet === own.subnet) return { is: 'open', cite: { kind: 'no-acl', address: flow.address, subnet: own.subnet } }
  const isInside = holder !== undefined || isOfVpc(flow.address, surroundings)
  const there: PortRange = [flow.port, flow.port]
  const passes = [
    pass(own.subnet, 'egress', flow.address, there, flow, surroundings),
    pass(own.subnet, 'ingress', flow.address, ephemeralPorts, flow, surroundings),
    ...(isInside
      ? [
          pass(farSubnet, 'ingress', address, there, flow, surroundings),
          pass(farSubnet, 'egress', address, ephemeralPorts, flow, surroundings),
        ]
      : []),
  ]
  const closed = passes.find(each => each.is === 'closed')
  if (closed) return closed
  // A private address that nobody told the interface of may be of a subnet of ours, whose ACL has not been read.
  if (!isInside && surroundings.known.scopeOf(flow.address) !== 'public')
    return { is: 'unknown', missing: ['ec2:DescribeNetworkInterfaces'] }
  const unknown = passes.find(each => each.is === 'unknown')
  if (unknown) return unknown
  const partly = passes.find(each => each.is === 'partly')
  if (partly) return partly
  const names = passes.flatMap(each => (each.is === 'open' && each.cite.kind === 'acl' ? [each.cite.acl] : []))
  return { is: 'open', cite: { kind: 'acls', acls: [...new Set(names)] } }
}

type Pass = Step | { readonly is: 'partly'; readonly cite: Cite }

/** One ACL, one way, for one port or a range of them. */
function pass(
  subnet: string | undefined,
  way: 'egress' | 'ingress',
  peer: string,
  ports: PortRange,
  flow: Flow,
  { told, known }: Surroundings,
): Pass {
  const acl = subnet === undefined ? undefined : aclOf(told, subnet)
  if (acl === undefined || subnet === undefined) return { is: 'unknown', missing: ['ec2:DescribeNetworkAcls'] }
  const cite = (entry: NetworkAclEntry | undefined, of: PortRange): Cite => ({
    kind: 'acl',
    acl: acl.id,
    subnet,
    way,
    ports: of,
    peer,
    entry,
  })
  const parts = portParts(acl.entries, ports).map(part => {
    const entry = decidingEntry(acl.entries, way, { protocol: flow.protocol, port: part[0], address: peer }, known)
    return { part, entry, isOpen: entry?.action === 'allow' }
  })
  if (parts.some(({ entry }) => entry === undefined)) return { is: 'unknown', missing: [] }
  const shut = parts.filter(({ isOpen }) => !isOpen)
  const [first] = shut
  if (first === undefined) return { is: 'open', cite: cite(parts[0]?.entry, ports) }
  return { is: shut.length === parts.length ? 'closed' : 'partly', cite: cite(first.entry, first.part) }
}

/** The range cut wherever an entry's own range begins or ends: within each part every port fares alike. */
function portParts(entries: readonly NetworkAclEntry[], [from, to]: PortRange): readonly PortRange[] {
  const starts = new Set([from])
  for (const { fromPort, toPort } of entries) {
    if (fromPort !== undefined && fromPort > from && fromPort <= to) starts.add(fromPort)
    if (toPort !== undefined && toPort >= from && toPort < to) starts.add(toPort + 1)
  }
  const sorted = [...starts].sort((a, b) => a - b)
  return sorted.map((start, index) => [start, (sorted[index + 1] ?? to + 1) - 1])
}

/** Every subnet has exactly one. */
function aclOf(told: ControlPlane, subnet: string): NetworkAclFacts | undefined {
  const found = told.networkAcls?.filter(acl => acl.subnets.includes(subnet)) ?? []
  return found.length === 1 ? found[0] : undefined
}

function subnetOf(address: string, { told, known, own }: Surroundings): string | undefined {
  const found = told.subnets?.filter(s => s.vpc === own.vpc && s.cidrs.some(cidr => known.isInside(address, cidr))) ?? []
  return found.length === 1 ? found[0]?.id : undefined
}

function isOfVpc(address: string, { known }: Surroundings): boolean {
  return known.scopeOf(address) === 'vpc'
}

export function routedBy({ told, own }: Surroundings) {
  return routeTableOf(told, own.subnet, own.vpc)
}

/** Where our subnet's table sends it. Open only when what it leads to is known to take it on: local, a gateway endpoint, a NAT. */
export function route(flow: Flow, surroundings: Surroundings): Step {
  const { told, known, own, canHold } = surroundings
  const table = routeTableOf(told, own.subnet, own.vpc)
  if (table === undefined) return { is: 'unknown', missing: ['ec2:DescribeRouteTables'] }
  const choice = chooseRoute(table, flow.address, told, known, canHold)
  if (choice.is === 'unknown') return { is: 'unknown', missing: ['ec2:DescribePrefixLists', 'ec2:GetManagedPrefixListEntries'] }
  const cite: Cite = { kind: 'route', table: table.id, subnet: own.subnet, choice }
  if (choice.is === 'none' || choice.route.isBlackhole) return { is: 'closed', cite }
  const { via } = choice.route
  // A NAT or internet gateway passes on to the internet; a private address it has no way to, unless its own subnet has.
  const isElsewhere = known.scopeOf(flow.address) === 'private' && /^(?:nat|eigw|igw)-/.test(via)
  if (isElsewhere) return { is: 'unknown', missing: [], cite }
  if (via === 'local' || via.startsWith('vpce-') || via.startsWith('nat-') || via.startsWith('eigw-')) return { is: 'open', cite }
  if (via.startsWith('igw-')) {
    if (flow.address.includes(':')) return { is: 'open', cite }
    if (own.interface === undefined) return { is: 'unknown', missing: ['ec2:DescribeNetworkInterfaces'] }
    // An internet gateway translates public addresses; a packet from an interface without one it drops.
    return own.interface.publicAddress === undefined
      ? { is: 'closed', cite: { kind: 'no-public-address', interface: own.interface.id, table: table.id, via } }
      : { is: 'open', cite }
  }
  // A transit gateway, a peering, an appliance: where it goes from there, this VPC's configuration does not say.
  return { is: 'unknown', missing: [], cite }
}
