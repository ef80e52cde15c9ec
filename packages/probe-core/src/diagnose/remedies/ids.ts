// Ids for commands and snippets: real ones where the run or the control plane told them, placeholders in angle brackets where not.
// What does not look like an id is not taken for one: a saved report may be anyone's, and what stands here gets pasted.

import { endpointNamesOf } from '../endpoint.ts'
import { placeOf } from '../path/place.ts'
import type { NetworkView, TargetView } from '../view.ts'

export interface Ids {
  readonly region: string
  readonly vpc: string
  readonly subnet: string
  readonly securityGroup: string
  readonly ownAddress: string
  readonly ownCidr: string
  readonly eni: string
  readonly account: string
}

export function idsOf(network: NetworkView): Ids {
  const { network: ids, interfaces, identity } = network.vantage
  const place = placeOf(network)
  const own = interfaces.find(i => !i.address.includes(':') && i.name !== 'lo') ?? interfaces[0]
  const address = addressOr(own?.address, undefined)
  return {
    region: regionOf(network),
    vpc: idOr(place?.vpc ?? ids.vpc, '<vpc-id>'),
    subnet: idOr(place?.subnet ?? ids.subnet, '<subnet-id>'),
    securityGroup: idOr((place?.groups ?? ids.securityGroups)?.[0], '<security-group-id-of-this-workload>'),
    ownAddress: address ?? '<address-of-this-workload>',
    ownCidr: cidrOr(ids.subnetCidr, address ? `${address}/${address.includes(':') ? 128 : 32}` : '<subnet-cidr>'),
    eni: idOr(ids.eni, '<eni-id>'),
    account: idOr(identity?.account, '<account-id>'),
  }
}

export function regionOf(network: NetworkView): string {
  const { homeRegion, region } = network.vantage
  return idOr(homeRegion ?? region, '<region>')
}

/** Ids, regions, accounts, buckets, names of databases: letters and digits, and what stands between them. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(text)
}

export function idOr<T extends string | undefined>(id: string | null | undefined, otherwise: T): string | T {
  return id != null && isId(id) ? id : otherwise
}

export function addressOr<T extends string | undefined>(address: string | undefined, otherwise: T): string | T {
  return address !== undefined && /^[0-9A-Fa-f.:]{2,45}$/.test(address) ? address : otherwise
}

export function cidrOr<T extends string | undefined>(cidr: string | null | undefined, otherwise: T): string | T {
  return cidr != null && /^[0-9A-Fa-f.:]{2,45}\/\d{1,3}$/.test(cidr) ? cidr : otherwise
}

export function arnOr<T extends string | undefined>(arn: string | undefined, otherwise: T): string | T {
  return arn !== undefined && /^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d*:[\w+=,.@:/*#$-]+$/.test(arn) ? arn : otherwise
}

/** As a URL writes it. */
export function hostOf(targets: readonly TargetView[]): string {
  const host = targets[0]?.target.host ?? ''
  if (addressOr(host, undefined) !== undefined && host.includes(':')) return `[${host}]`
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,254}$/.test(host) ? host : '<host>'
}

export function portOf(targets: readonly TargetView[]): number {
  return targets[0]?.target.port ?? 443
}

/** Of an https URL. */
export function authorityOf(targets: readonly TargetView[]): string {
  return portOf(targets) === 443 ? hostOf(targets) : `${hostOf(targets)}:${portOf(targets)}`
}

export function addressOf(targets: readonly TargetView[]): string {
  return addressOr(targets[0]?.addresses[0]?.address, '<address>')
}

/** As the shape of our own options takes it; what would be read as an option is none. */
export function targetId(targets: readonly TargetView[]): string {
  const id = targets[0]?.target.id ?? ''
  return id === '' || id.startsWith('-') ? '<target>' : id
}

export function resolverOf(network: NetworkView): string {
  return addressOr(network.vantage.resolvers[0], '<dns-server>')
}

export function bucketOf(targets: readonly TargetView[]): string {
  return idOr(targets[0]?.identity?.bucket ?? undefined, '<bucket>')
}

export function services(targets: readonly TargetView[]): string {
  return inWords(unique(targets.map(t => t.service?.id ?? t.target.id)))
}

export function hosts(targets: readonly TargetView[]): string {
  return inWords(unique(targets.map(t => t.target.host)))
}

/** The endpoint services to create for these targets, one per target, those that cover the very name first. */
export function endpointServiceNames(targets: readonly TargetView[]): readonly string[] {
  return unique(targets.flatMap(t => endpointNamesOf(t).slice(0, 1))).filter(isId)
}

/** The value of a filter on service names. */
export function serviceNameFilter(targets: readonly TargetView[]): string {
  return endpointServiceNames(targets).join(',') || '<service-name>'
}

export function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)]
}

/** By what they say, not by which they are. */
export function withoutRepeats<T>(items: readonly T[]): readonly T[] {
  const said = new Set<string>()
  return items.filter(item => said.size < said.add(JSON.stringify(item)).size)
}

/** A name for a resource of a template: letters and digits only. */
export function logicalName(serviceName: string): string {
  const name = serviceName
    .replace(/^.*?\.[a-z]{2,5}(?:-[a-z]+)+-\d\./, '')
    .split(/[^A-Za-z0-9]+/)
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
  return /^[A-Za-z]/.test(name) ? name : `X${name}`
}

export function blockName(serviceName: string): string {
  return logicalName(serviceName).toLowerCase()
}

/** Host and port of each. */
export function places(targets: readonly TargetView[]): string {
  return inWords(targets.map(t => `${t.target.host}:${t.target.port}`))
}

/** A sentence that names more than this is not read. */
const mostInWords = 20

/** The rest is counted. */
export function inWords(items: readonly (string | number)[]): string {
  const shown = items.slice(0, mostInWords).join(', ')
  return items.length > mostInWords ? `${shown} +${items.length - mostInWords}` : shown
}
