// Matching one packet against one rule, as a VPC does: ranges, prefix lists, groups, ports. What a rule names and nobody told is
// unknown, and unknown is never taken for a match or for none.

import { isCidr } from '../../catalog/address.ts'
import type { ControlPlane, NetworkAclEntry, SecurityGroupRule } from '../../model/control-plane.ts'
import type { Addresses } from '../address.ts'

type Trit = 'yes' | 'no' | 'unknown'

/** One end of a connection, as far as it is known. */
export interface End {
  readonly address: string
  /** Groups that its interface carries; undefined when nobody told. */
  readonly groups?: readonly string[] | undefined
}

interface Matching {
  readonly known: Addresses
  readonly told: ControlPlane
}

/** The protocol of a rule, by name or number (IANA), against ours. `-1` is all. */
function matchesProtocol(rule: string, protocol: 'tcp' | 'udp'): boolean {
  const name = rule.toLowerCase()
  return name === '-1' || name === 'all' || name === protocol || name === (protocol === 'tcp' ? '6' : '17')
}

/** All protocols means all ports, whatever ports the rule carries beside. */
function matchesPort(rule: { protocol: string; fromPort?: number; toPort?: number }, port: number): boolean {
  if (rule.protocol === '-1' || rule.fromPort === undefined || rule.toPort === undefined) return true
  return rule.fromPort <= port && port <= rule.toPort
}

/** The peers of a group's rule: any one that matches is enough. */
function matchesPeer(peer: string, far: End, { known, told }: Matching): Trit {
  if (peer.startsWith('sg-')) return far.groups === undefined ? 'unknown' : far.groups.includes(peer) ? 'yes' : 'no'
  if (peer.startsWith('pl-')) {
    const cidrs = told.prefixLists?.find(list => list.id === peer)?.cidrs
    if (cidrs === undefined) return 'unknown'
    return cidrs.some(cidr => known.isInside(far.address, cidr)) ? 'yes' : 'no'
  }
  // A peer of a kind that this version does not know may be anybody.
  if (!isCidr(peer)) return 'unknown'
  return known.isInside(far.address, peer) ? 'yes' : 'no'
}

export interface RuleMatch {
  readonly is: Trit
  readonly rule?: SecurityGroupRule
  readonly peer?: string
}

/** Groups only allow: the first rule that lets it pass, or none, or that it cannot be known. */
export function matchRules(
  rules: readonly SecurityGroupRule[],
  packet: { readonly protocol: 'tcp' | 'udp'; readonly port: number; readonly far: End },
  matching: Matching,
): RuleMatch {
  let is: Trit = 'no'
  for (const rule of rules) {
    if (!matchesProtocol(rule.protocol, packet.protocol) || !matchesPort(rule, packet.port)) continue
    if (rule.peers.length === 0) is = 'unknown'
    for (const peer of rule.peers) {
      const match = matchesPeer(peer, packet.far, matching)
      if (match === 'yes') return { is: 'yes', rule, peer }
      if (match === 'unknown') is = 'unknown'
    }
  }
  return { is }
}

/** The lowest number that matches decides. Every ACL ends with an entry that denies (32767, for IPv6 32768): none at all is untold. */
export function decidingEntry(
  entries: readonly NetworkAclEntry[],
  direction: 'ingress' | 'egress',
  packet: { readonly protocol: 'tcp' | 'udp'; readonly port: number; readonly address: string },
  known: Addresses,
): NetworkAclEntry | undefined {
  return entries
    .filter(
      entry =>
        entry.direction === direction &&
        matchesProtocol(entry.protocol, packet.protocol) &&
        matchesPort(entry, packet.port) &&
        known.isInside(packet.address, entry.cidr),
    )
    .reduce<NetworkAclEntry | undefined>(
      (low, entry) => (low === undefined || entry.number < low.number ? entry : low),
      undefined,
    )
}
