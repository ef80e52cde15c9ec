// Conclusions from what a name resolves to: here and there, and not at all.

import type { CauseCode } from '../model/cause.ts'
import type { Report } from '../model/report.ts'
import { isSame } from './places.ts'
import { type Drawn, draw, type Parts, type Side, withOwn } from './side.ts'

const bypasses: readonly CauseCode[] = ['custom-dns-bypasses-vpc']

/** Private here, public there. */
export function otherAnswer(good: Side, bad: Side, parts: Parts): Drawn {
  // A host of the user's own has no endpoint of AWS: its zone is what differs.
  if (bad.target.service === null) return draw('dns.split', parts, withOwn(bad, ...(isOwnResolver(bad) ? [] : bypasses)))
  const vpc = isSame('vpc', good.report, bad.report)
  const resolvers = isSame('resolvers', good.report, bad.report)
  if (vpc === 'other') return draw('dns.otherVpc', parts, ['interface-endpoint-missing', 'private-dns-disabled'])
  if (vpc === 'same' && resolvers === 'other')
    return draw('dns.otherResolver', parts, ['custom-dns-bypasses-vpc', 'private-dns-disabled'])
  if (vpc === 'same' && resolvers === 'same')
    return draw('dns.changed', parts, ['interface-endpoint-missing', 'private-dns-disabled', 'hosts-file-overrides'])
  return draw('dns.otherPlace', parts, ['interface-endpoint-missing', 'private-dns-disabled', 'custom-dns-bypasses-vpc'])
}

export function nameFails(good: Side, bad: Side, parts: Parts): Drawn {
  const { stopped } = bad.seen
  // Nothing was said of the name: neither of its zone nor of who knows it.
  if (stopped?.outcome === 'silent') return draw('dns.silent', parts, withOwn(bad, 'dns-server-unreachable'))
  const code = stopped?.code ?? ''
  if (code !== 'NXDOMAIN' && code !== 'NODATA')
    return draw('dns.serverFails', { ...parts, code }, withOwn(bad, 'dns-server-fails'))
  const vpc = isSame('vpc', good.report, bad.report)
  if (vpc === 'other' && vpcResolverSays(good) === 'known' && vpcResolverSays(bad) === 'unknown')
    return draw('dns.zoneOfVpc', parts, withOwn(bad, 'private-zone-shadows'))
  if (isSame('resolvers', good.report, bad.report) === 'other')
    return draw('dns.resolverFails', parts, withOwn(bad, ...(isOwnResolver(bad) ? [] : bypasses)))
  return draw('dns.fails', parts, withOwn(bad))
}

/** What the VPC's own resolver says of the name: it may be the one in use, or have been asked beside it. */
function vpcResolverSays(side: Side): 'known' | 'unknown' | null {
  const asked = side.target.observations.find(
    o => o.layer === 'dns' && (o.variant === 'vpc-resolver' || (o.variant === undefined && isOwnResolver(side))),
  )
  if (asked?.outcome === 'answered') return 'known'
  return asked?.outcome === 'rejected' && (asked.code === 'NXDOMAIN' || asked.code === 'NODATA') ? 'unknown' : null
}

function isOwnResolver({ report, target }: Side): boolean {
  const dns = target.observations.find(o => o.layer === 'dns' && o.variant === undefined)
  const asked =
    dns?.layer === 'dns' && (dns.outcome === 'answered' || dns.outcome === 'rejected') ? dns.seen?.resolver : undefined
  return isVpcResolver(asked ?? report.vantage.resolvers[0], report)
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html: the base of a VPC's CIDR plus two, and two that never change. */
function isVpcResolver(address: string | undefined, { vantage }: Report): boolean {
  if (address === undefined) return false
  if (address === '169.254.169.253' || address.toLowerCase() === 'fd00:ec2::253') return true
  return (vantage.network.vpcCidrs ?? []).some(cidr => basePlusTwo(cidr) === address)
}

function basePlusTwo(cidr: string): string | undefined {
  const base = cidr.split('/')[0]?.split('.')
  if (base?.length !== 4) return undefined
  return [...base.slice(0, 3), String(Number(base[3]) + 2)].join('.')
}
