// Address arithmetic that the rules need on addresses of a report. Pure; garbage in a report is `public`, never a crash.

import ipaddr from 'ipaddr.js'
import type { AddressScope } from '../model/observation.ts'

/** Where an address lies, as a client of this VPC sees it. The VPC's own CIDRs may be public or 100.64/10: they come first. */
export function scopeOf(address: string, vpcCidrs: readonly string[] | null): AddressScope {
  const parsed = parse(address)
  if (parsed === undefined) return 'public'
  if ((vpcCidrs ?? []).some(cidr => isInside(address, cidr))) return 'vpc'
  switch (parsed.range()) {
    case 'private':
    case 'carrierGradeNat':
    case 'uniqueLocal':
      return 'private'
    case 'linkLocal':
      return 'link-local'
    case 'loopback':
      return 'loopback'
    case 'unspecified':
      return 'unspecified'
    default:
      return 'public'
  }
}

export function isInside(address: string, cidr: string): boolean {
  try {
    const parsed = parse(address)
    const [network, bits] = ipaddr.parseCIDR(cidr)
    return parsed !== undefined && parsed.kind() === network.kind() && parsed.match([network, bits] as never)
  } catch {
    return false
  }
}

function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  try {
    return ipaddr.process(address)
  } catch {
    return undefined
  }
}
