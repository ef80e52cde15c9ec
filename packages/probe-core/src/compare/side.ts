// One report's side of one target, and what can be read of it without judging: who answered it, and which way it went.

import { classifyAddress, isCidr, isLiteral, isSameSubnet } from '../catalog/address.ts'
import { findService, type Service } from '../catalog/index.ts'
import { type CauseCode, causesByArea } from '../model/cause.ts'
import type { SeenTarget } from '../model/comparison.ts'
import type { Observation } from '../model/observation.ts'
import type { Report } from '../model/report.ts'
import type { Target } from '../model/target.ts'
import { hasNoRoute } from './seen.ts'
import type { Words } from './words.ts'

export interface Side {
  readonly letter: string
  readonly report: Report
  readonly target: Target
  readonly seen: SeenTarget
}

/** Addresses that answered over TCP, on the way that the target is really asked. */
export function answeredAt({ target }: Side): readonly string[] {
  return addressesOf(target, o => o.outcome === 'answered')
}

/** Addresses that were tried over TCP, and never answered. Without those that there is no route to from here. */
export function failedAt(side: Side): readonly string[] {
  const answered = answeredAt(side)
  const hasFailed = (o: Observation) => o.outcome === 'silent' || (o.outcome === 'rejected' && !hasNoRoute(o))
  return addressesOf(side.target, hasFailed).filter(address => !answered.includes(address))
}

/** How its connections failed: silence, and the errnos of those that were rejected. */
export function failuresOf({ target }: Side): readonly string[] {
  const failed = target.observations.filter(o => isPlainTcp(o) && (o.outcome === 'silent' || o.outcome === 'rejected'))
  const sent = failed.filter(o => !hasNoRoute(o))
  return [...new Set((sent.length > 0 ? sent : failed).map(o => (o.outcome === 'rejected' ? o.code : o.outcome)))]
}

function addressesOf(target: Target, fits: (observation: Observation) => boolean): readonly string[] {
  const found = target.observations.flatMap(o => (isPlainTcp(o) && o.address !== undefined && fits(o) ? [o.address] : []))
  return [...new Set(found)].sort()
}

function isPlainTcp(observation: Observation): boolean {
  return observation.layer === 'tcp' && observation.variant === undefined
}

/** Its packets go to a proxy: what they meet behind it is not what a direct connection meets. */
export function isProxied({ report, target, seen }: Side): boolean {
  if (seen.via === 'proxy' || target.observations.some(o => o.via === 'proxy' && o.variant === undefined)) return true
  const { proxy } = report.vantage
  // Without an exception every call over HTTPS takes it.
  return proxy !== null && !proxy.noProxy && /^(https|all)_proxy$/i.test(proxy.from) && ['service', 'https'].includes(target.kind)
}

export function serviceOf({ target }: Side): Service | undefined {
  return target.service === null ? undefined : findService(target.service)
}

/** The cause that the report itself names first, then the given ones. A way to the internet too many stops nothing. */
export function withOwn({ seen }: Side, ...causes: readonly CauseCode[]): readonly CauseCode[] {
  const isStop = seen.cause !== null && !(causesByArea.leak as readonly string[]).includes(seen.cause)
  return [...new Set(seen.cause !== null && isStop ? [seen.cause, ...causes] : causes)]
}

/** What can close the far end to a connection: an endpoint of AWS, or a host of the user's. */
export function farGroup({ target }: Side): CauseCode {
  return target.service === null ? 'target-security-group' : 'endpoint-security-group'
}

/** In the VPC of both: with two VPCs, that is two things at one address. */
export function isInVpcOf({ report }: Side, address: string): boolean {
  return isLiteral(address) && classifyAddress(address, report.vantage.network.vpcCidrs) === 'vpc'
}

/** An address with the subnet it is in, as far as one of the two reports tells: `10.0.2.21 (subnet-…)`. */
export function withSubnet(address: string, reports: readonly Report[]): string {
  const contains = (cidr: string | null) => cidr !== null && isCidr(cidr) && isLiteral(address) && isSameSubnet(address, cidr)
  for (const { vantage, controlPlane } of reports) {
    const { subnet, subnetCidr } = vantage.network
    const told = controlPlane?.interfaces?.find(({ addresses }) => addresses.includes(address))?.subnet
    const own = contains(subnetCidr) ? (subnet ?? subnetCidr) : undefined
    const listed = controlPlane?.subnets?.find(({ cidrs }) => cidrs.some(contains))?.id
    const found = told ?? own ?? listed
    if (found) return `${address} (${found})`
  }
  return address
}

export interface Drawn {
  readonly words: Words
  readonly causes: readonly CauseCode[]
  readonly ruledOut: readonly CauseCode[]
}

export type Parts = Readonly<Record<'good' | 'bad' | 'host', string>>

export function draw(
  key: Words['key'],
  parts: Words['parts'],
  causes: readonly CauseCode[],
  ruledOut: readonly CauseCode[] = [],
): Drawn {
  return { words: { key, parts }, causes: [...new Set(causes)], ruledOut }
}
