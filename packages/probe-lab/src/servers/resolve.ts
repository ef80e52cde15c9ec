// What a resolver says to one question: the VPC's own with private DNS, private zones and its firewall, or a custom one
// that knows the public names alone. Pure; the sockets are in dns.ts.
import { findPublicAddresses, ipv6AddressOf, isDualstackName } from '../plan/public-addresses.ts'
import type { PrivateZone, VpcPlan } from '../plan/vpc-plan.ts'

export interface DnsReply {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED'
  readonly addresses: readonly string[]
  readonly cname?: string
  /** The zone whose SOA goes with a negative answer; absent: none does. */
  readonly soaZone?: string
  readonly soaPrimary?: string
}

export type Asked = 'vpc' | 'custom'

/** The answer to an A, AAAA or other question for `name` (lower case, no final dot). */
export function resolveIn(plan: VpcPlan, asked: Asked, name: string, type: string): DnsReply {
  const mode = asked === 'vpc' ? plan.dns.vpcResolver : plan.dns.customResolver
  if (mode === 'servfail') return { rcode: 'SERVFAIL', addresses: [] }
  if (mode === 'refused') return { rcode: 'REFUSED', addresses: [] }
  if (mode === 'public-only') return publicAnswer(plan, name, type)
  return findPrivateAnswer(plan, name, type) ?? publicAnswer(plan, name, type)
}

function findPrivateAnswer(plan: VpcPlan, name: string, type: string): DnsReply | undefined {
  const firewall = plan.dns.zones.find(zone => zone.firewall && isBelow(name, zone.zone))
  if (firewall) return { rcode: firewall.firewall === 'nodata' ? 'NOERROR' : 'NXDOMAIN', addresses: [] }
  const host = plan.hosts.find(one => one.name === name)
  if (host && isBelow(name, 'internal')) return positive(type, host.addresses, host.ipv6Addresses ?? [], 'internal')
  const zonal = plan.endpoints.find(endpoint => name.startsWith(`vpce-0lab${endpoint.service.replaceAll('.', '-')}-`))
  if (zonal && name.endsWith('.vpce.amazonaws.com')) return positive(type, zonal.addresses, [], 'vpce.amazonaws.com')
  if (!plan.dns.hostnames) return undefined
  const shadow = mostSpecific(plan.dns.zones.filter(zone => isBelow(name, zone.zone)))
  const endpoint = plan.endpoints.find(one => one.privateDns && one.names.some(pattern => matches(pattern, name)))
  // An endpoint's private DNS is a zone of its own name, more specific than a parent's.
  if (endpoint && (shadow === undefined || !endpoint.names.some(pattern => shadow.zone === pattern.replace(/^\*\./, '')))) {
    if (shadow === undefined || !shadow.zone.endsWith(name)) return positive(type, endpoint.addresses, [], name)
  }
  if (shadow) return zoneAnswer(shadow, name, type)
  return undefined
}

function zoneAnswer(zone: PrivateZone, name: string, type: string): DnsReply {
  const owner = Object.keys(zone.records).find(record => matches(record, name))
  const primary = 'ns-0.awsdns-00.com'
  if (owner === undefined && name !== zone.zone)
    return { rcode: 'NXDOMAIN', addresses: [], soaZone: zone.zone, soaPrimary: primary }
  const records = owner === undefined ? [] : (zone.records[owner] ?? [])
  return { ...positive(type, records, [], zone.zone), soaPrimary: primary }
}

function publicAnswer(plan: VpcPlan, name: string, type: string): DnsReply {
  const ipv6 = plan.dns.ipv6Names[name]
  if (ipv6) {
    const ipv4 = plan.dns.ipv6Only.includes(name) ? [] : (findPublicAddresses(name, plan.region) ?? [])
    return positive(type, ipv4, ipv6, parentOf(name))
  }
  const host = plan.hosts.find(one => one.name === name && !isBelow(name, 'internal'))
  if (host) return positive(type, host.addresses, host.ipv6Addresses ?? [], parentOf(name))
  const addresses = findPublicAddresses(name, plan.region)
  if (addresses === undefined) return { rcode: 'NXDOMAIN', addresses: [], soaZone: parentOf(name) }
  return positive(type, addresses, isDualstackName(name) ? [ipv6AddressOf(name)] : [], parentOf(name))
}

function positive(type: string, ipv4: readonly string[], ipv6: readonly string[], soaZone: string): DnsReply {
  const addresses = type === 'A' ? ipv4 : type === 'AAAA' ? ipv6 : []
  return { rcode: 'NOERROR', addresses, ...(addresses.length === 0 ? { soaZone } : {}) }
}

function mostSpecific(zones: readonly PrivateZone[]): PrivateZone | undefined {
  return [...zones].sort((a, b) => b.zone.length - a.zone.length)[0]
}

function isBelow(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`)
}

function parentOf(name: string): string {
  const parts = name.split('.')
  return parts.length > 2 ? parts.slice(-2).join('.') : name
}

export function matches(pattern: string, name: string): boolean {
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : pattern === name
}
