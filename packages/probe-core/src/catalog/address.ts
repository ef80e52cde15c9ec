// What kind of address an answer holds, seen from this VPC. It says nothing of whether the address can be reached.

import ipaddr from 'ipaddr.js'
import type { AddressScope } from '../model/observation.ts'

/**
 * The scope of a literal address. `vpcCidrs` decide first (a VPC may use public space or 100.64.0.0/10); null when unknown.
 * IPv4-mapped IPv6 counts as IPv4. Throws a RangeError when `address` is not a literal address.
 * Ranges: RFC 1918, 6598, 3927, 4193, 4291.
 */
export function classifyAddress(address: string, vpcCidrs: readonly string[] | null): AddressScope {
  const { range } = readAddress(address)
  // A VPC's CIDR cannot hold these: they keep their name whatever the list says.
  if (range === 'unspecified') return 'unspecified'
  if (range === 'loopback') return 'loopback'
  if (range === 'linkLocal') return 'link-local'
  if (vpcCidrs?.some(cidr => isSameSubnet(address, cidr))) return 'vpc'
  return privateRanges.has(range) ? 'private' : 'public'
}

const privateRanges = new Set(['private', 'carrierGradeNat', 'uniqueLocal'])

/** IPv4 first, each family in the order given, without repeats. */
export function sortAddresses(addresses: readonly string[]): string[] {
  const distinct = [...new Set(addresses)]
  return [...distinct.filter(address => !address.includes(':')), ...distinct.filter(address => address.includes(':'))]
}

/** Whether the address lies in the CIDR; false when the families differ or the CIDR cannot be read. */
export function isSameSubnet(address: string, cidr: string): boolean {
  const { parsed } = readAddress(address)
  const subnet = findCidr(cidr)
  if (!subnet || subnet[0].kind() !== parsed.kind()) return false
  return parsed.match(subnet as [ipaddr.IPv4 & ipaddr.IPv6, number])
}

/** A literal address as RFC 4291 and dotted-quad notation write them: the library also reads "10.1" and octal forms. */
export function isLiteral(address: string): boolean {
  return (
    readAddresses.has(address) ||
    ipaddr.IPv4.isValidFourPartDecimal(address) ||
    (address.includes(':') && ipaddr.IPv6.isValid(address))
  )
}

interface ReadAddress {
  readonly parsed: ipaddr.IPv4 | ipaddr.IPv6
  readonly range: string
}

type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number]

// The rules ask the same few hundred addresses and ranges many thousand times, and reading one takes some 30 µs.
const readAddresses = new Map<string, ReadAddress>()
const readCidrs = new Map<string, Cidr | undefined>()
const mostKept = 4096

function readAddress(address: string): ReadAddress {
  return kept(readAddresses, address, () => {
    if (!isLiteral(address)) throw new RangeError(`not a literal IP address: ${address.slice(0, 60)}`)
    const parsed = ipaddr.process(address.split('%', 1)[0]!)
    return { parsed, range: parsed.range() }
  })
}

function findCidr(cidr: string): Cidr | undefined {
  return kept(readCidrs, cidr, () => {
    try {
      return ipaddr.parseCIDR(cidr)
    } catch {
      return undefined
    }
  })
}

function kept<T>(known: Map<string, T>, text: string, read: () => T): T {
  const before = known.get(text)
  if (before !== undefined) return before
  const found = read()
  if (known.size >= mostKept) known.clear()
  known.set(text, found)
  return found
}

/** A range that can be read, with its prefix. */
export function isCidr(text: string): boolean {
  return findCidr(text) !== undefined
}

export function prefixLengthOf(cidr: string): number | undefined {
  return findCidr(cidr)?.[1]
}

/** A URL's host name as an address or name of its own: an IPv6 literal without its brackets. */
export function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
