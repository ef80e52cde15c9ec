// What the questions are about: the findings that ask, the addresses and services they name, and where we stand, from the report
// and from what has been told so far. Pure.

import { classifyAddress, isLiteral } from '../catalog/address.ts'
import { endpointServicesOf, findService } from '../catalog/index.ts'
import type { ControlPlane, InterfaceFacts } from '../model/control-plane.ts'
import type { Finding } from '../model/finding.ts'
import type { ObservedReport } from '../model/report.ts'
import type { ObservedTarget, PlannedTarget } from '../model/target.ts'

export interface Situation {
  readonly report: ObservedReport
  /** That ask for the topic at hand or any other. */
  readonly findings: readonly Finding[]
  readonly targets: readonly ObservedTarget[]
  readonly told: ControlPlane
}

/** A filter takes 200 values. */
const mostValues = 100

export function ownAddresses({ report }: Situation): readonly string[] {
  return report.vantage.interfaces
    .filter(each => each.name !== 'lo' && isLiteral(each.address))
    .map(each => each.address)
    .filter(address => !['link-local', 'loopback'].includes(classifyAddress(address, null)))
    .slice(0, 20)
}

/** Addresses inside the VPC, or private, that the targets were looked for at. */
export function privateAddresses({ report, targets }: Situation): readonly string[] {
  const cidrs = report.vantage.network.vpcCidrs
  const addresses = targets.flatMap(target =>
    target.observations.flatMap(o => {
      if (o.layer === 'tcp' && o.address !== undefined && o.via !== 'proxy') return [o.address]
      return o.layer === 'dns' && o.outcome === 'answered' ? o.seen.addresses : []
    }),
  )
  const inside = addresses.filter(a => isLiteral(a) && ['vpc', 'private'].includes(classifyAddress(a, cidrs)))
  return [...new Set(inside)].slice(0, mostValues)
}

/** This machine's own interface, when exactly one of those told is it. */
export function ownInterface(situation: Situation): InterfaceFacts | undefined {
  const { interfaces = [] } = situation.told
  const { eni, vpc } = situation.report.vantage.network
  const own = ownAddresses(situation)
  // By address first: a pod may have an interface of its own, and metadata tells of the node's.
  const byAddress = interfaces.filter(each => each.addresses.some(a => own.includes(a)) && (vpc === null || each.vpc === vpc))
  const found = byAddress.length > 0 ? byAddress : interfaces.filter(each => each.id === eni)
  return found.length === 1 ? found[0] : undefined
}

export function vpcOf(situation: Situation): string | undefined {
  return situation.report.vantage.network.vpc ?? ownInterface(situation)?.vpc
}

export function subnetsOf(situation: Situation): readonly string[] {
  const { told, report } = situation
  const own = ownInterface(situation)?.subnet ?? report.vantage.network.subnet
  return [...new Set([...(own === null ? [] : [own]), ...(told.interfaces ?? []).map(each => each.subnet)])].slice(0, mostValues)
}

/** Our own groups, those of the interfaces that the targets are, and those of the endpoints that serve them. */
export function groupsOf(situation: Situation): readonly string[] {
  const { told, report } = situation
  const groups = [
    ...(report.vantage.network.securityGroups ?? []),
    ...(told.interfaces ?? []).flatMap(each => each.groups),
    ...endpointsOf(situation).flatMap(each => each.groups ?? []),
  ]
  return [...new Set(groups)].slice(0, mostValues)
}

/** The endpoints told that carry a service of the targets. */
function endpointsOf({ told, targets, report }: Situation) {
  const names = new Set(
    targets.flatMap(target => {
      const service = target.service === null ? undefined : findService(target.service)
      const region = target.region ?? report.vantage.region
      return service === undefined || region === null ? [] : endpointServicesOf(service, region).map(e => e.serviceName)
    }),
  )
  return (told.endpoints ?? []).filter(each => names.has(each.service))
}

/** Buckets that the user named and that turned the call down. */
export function deniedBuckets({ targets }: Situation): readonly string[] {
  return targets.flatMap(target => {
    const bucket = findBucket(target)
    const isDenied = target.observations.some(o => o.layer === 'aws' && o.outcome === 'rejected' && o.variant === undefined)
    return bucket !== undefined && isDenied ? [bucket] : []
  })
}

/** The bucket whose policy can be asked for: no access point has one at this API, and a directory bucket's is at another. */
export function findBucket({ service, resource }: Pick<PlannedTarget, 'service' | 'resource'>): string | undefined {
  const bucket = service === 's3' ? resource?.split('/')[0] : undefined
  const isBucket = bucket !== undefined && /^[a-zA-Z0-9][a-zA-Z0-9._-]{1,61}[a-zA-Z0-9]$/.test(bucket)
  return isBucket && !/--x-s3$|-s3alias$/.test(bucket) ? bucket : undefined
}
