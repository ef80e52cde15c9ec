// Ids for commands and snippets: real ones where the run learned them, placeholders in angle brackets where not.

import { endpointNamesOf } from '../endpoint.ts'
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
  const { network: ids, region, interfaces, identity } = network.vantage
  const own = interfaces.find(i => !i.address.includes(':')) ?? interfaces[0]
  return {
    region: network.vantage.homeRegion ?? region ?? '<region>',
    vpc: ids.vpc ?? '<vpc-id>',
    subnet: ids.subnet ?? '<subnet-id>',
    securityGroup: ids.securityGroups?.[0] ?? '<security-group-id-of-this-workload>',
    ownAddress: own?.address ?? '<address-of-this-workload>',
    ownCidr: ids.subnetCidr ?? (own ? `${own.address}/32` : '<subnet-cidr>'),
    eni: ids.eni ?? '<eni-id>',
    account: identity?.account ?? '<account-id>',
  }
}

export function services(targets: readonly TargetView[]): string {
  return unique(targets.map(t => t.service?.id ?? t.target.id)).join(', ')
}

export function hosts(targets: readonly TargetView[]): string {
  return unique(targets.map(t => t.target.host)).join(', ')
}

/** The endpoint services to create for these targets, one per target, those that cover the very name first. */
export function endpointServiceNames(targets: readonly TargetView[]): readonly string[] {
  return unique(targets.flatMap(t => endpointNamesOf(t).slice(0, 1)))
}

export function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)]
}

/** A name for a resource of a template: letters and digits only. */
export function logicalName(serviceName: string): string {
  return serviceName
    .replace(/^.*?\.[a-z]{2,5}(?:-[a-z]+)+-\d\./, '')
    .split(/[^A-Za-z0-9]+/)
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
}
