// What the catalogue says about the endpoint that could serve a target's name.

import { type EndpointService, endpointServicesFor, hostsOf, isCovered, isS3Express } from '../catalog/index.ts'
import type { EndpointFacts } from '../model/control-plane.ts'
import type { TargetView } from './view.ts'

/** Endpoint services of the target's service in its region that can carry its name. */
export function endpointServices(target: TargetView): readonly EndpointService[] {
  const region = target.identity?.region ?? target.target.region ?? target.network.vantage.region
  return target.service === undefined || region === null ? [] : endpointServicesFor(target.service, region, target.target.host)
}

/** The gateway endpoint that carries the target's name, where AWS has one: S3, DynamoDB, S3 Express each have their own. */
export function gatewayOf(target: TargetView): string | undefined {
  return endpointServices(target).find(e => e.type === 'Gateway')?.serviceName
}

/** A name that no other name of the service stands for: what serves those does not serve it (directory buckets). */
export function isOwnKind(target: TargetView): boolean {
  return target.service?.id === 's3' && isS3Express(target.target.host)
}

/** Two names of one service that the same endpoints serve: plain S3 says nothing of a directory bucket. */
export function isServedAlike(target: TargetView, other: TargetView): boolean {
  return target.service?.id === other.service?.id && isOwnKind(target) === isOwnKind(other)
}

export function coveringServices(target: TargetView): readonly EndpointService[] {
  return endpointServices(target).filter(e => isCovered(target.target.host, e))
}

/** The service names to create, those that cover this very name first. */
export function endpointNamesOf(target: TargetView): readonly string[] {
  const covering = coveringServices(target)
  return (covering.length > 0 ? covering : endpointServices(target)).filter(e => e.type === 'Interface').map(e => e.serviceName)
}

export function hasPrivateDns(target: TargetView): boolean {
  return endpointServices(target).some(e => e.type === 'Interface' && e.privateDns.length > 0)
}

/** An AWS API with a public answer here, which an interface endpoint could serve (and no gateway endpoint does). */
export function needsInterfaceEndpoint(target: TargetView): boolean {
  if (!target.isApi || !target.isPublic || target.service?.hasGatewayEndpoint) return false
  return endpointNamesOf(target).length > 0
}

/** AWS offers neither an interface nor a gateway endpoint for this service here. */
export function isCoveredByNothing(target: TargetView): boolean {
  return endpointServices(target).length === 0
}

/** False only where AWS's guide says that the endpoint of this service takes no policy: then none can deny. */
export function takesEndpointPolicy(target: TargetView): boolean {
  const covering = coveringServices(target)
  const services = covering.length > 0 ? covering : endpointServices(target)
  return services.length === 0 || services.some(e => e.takesPolicy !== false)
}

/** The name's region, where it carries one, is the one this VPC is in. */
export function isOfThisRegion(target: TargetView): boolean {
  const there = target.identity?.region ?? null
  const here = target.network.vantage.homeRegion ?? target.network.vantage.region
  return there === null || here === null || there === here
}

/** States in which an endpoint serves nobody. `partial` and what this version has not heard of say nothing about one address. */
const unready = new Set(['pendingacceptance', 'pending', 'deleting', 'deleted', 'rejected', 'failed', 'expired'])

export function isUnready({ state }: EndpointFacts): boolean {
  return unready.has(state.toLowerCase())
}

/**
 * AWS publishes this very name, so that it must exist wherever nothing hides it. An endpoint's own name is gone with its endpoint. A FIPS or
 * dual-stack name is made up by a rule and exists for some services and regions only, of which the catalogue knows the FIPS ones, and S3.
 */
export function isPublishedName(target: TargetView): boolean {
  const { identity, service, network } = target
  const { host, region } = target.target
  // A name of somebody's own, which an endpoint URL puts in the place of AWS's.
  if (!target.isApi || identity?.service == null || identity.isEndpointSpecific) return false
  const { kind } = identity
  if (kind === 'dualstack' || kind === 'dualstack-fips') return service?.id === 's3'
  if (kind !== 'fips') return true
  const there = identity.region ?? region ?? network.vantage.region
  return service === undefined || there === null || hostsOf(service, there).some(name => name.host === host)
}
