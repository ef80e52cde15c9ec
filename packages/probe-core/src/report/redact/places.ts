// Which strings of a report are codes and times, which are somebody's names, and which names a report holds.

import { readHost } from '../../catalog/host-names.ts'
import { findService } from '../../catalog/services.ts'
import type { ObservedReport } from '../../model/report.ts'
import { isResourceId } from './text.ts'

const codes = new Set([
  ...['format', 'version', 'startedAt', 'outcome', 'layer', 'because', 'variant', 'kind', 'service', 'region', 'partition'],
  ...['workload', 'wantedBy', 'scheme', 'without', 'regionFrom', 'homeRegion', 'check', 'source', 'overriddenRole', 'keyKind'],
  ...['a', 'aaaa', 'transport', 'nameKind', 'scope', 'version', 'cipher', 'alpn', 'trusted', 'trustedBy', 'untrustedBecause'],
  ...['validFrom', 'validTo', 'method', 'awsMarks', 'contentType', 'requestId', 'date', 'action', 'signingRegion', 'expect'],
  ...[
    'internet',
    'expiresAt',
    'stsRegionalEndpoints',
    'conflictingRegions',
    'customCa',
    'customCaProblems',
    'stoppers',
    'stops',
    'availabilityZone',
    'sign',
    'code',
  ],
  ...['state', 'status', 'type', 'protocol', 'zone', 'engine', 'direction', 'at', 'nextAt', 'lastAt', 'expression', 'timeZone'],
  ...['changedAt', 'startsAgainAt', 'addressType', 'maintenanceWindow'],
  ...['errorClass', 'tool', 'policyType', 'decided', 'notProbed', 'answer'],
  ...['manager', 'role', 'form', 'tokenExpiresAt'],
])
/** `zone` is an availability zone in a subnet, and a DNS zone in an SOA; `service` is the user's own in ECS. */
const namesAfterAll = new Set(['soa', 'containerServices'])
const namePlaces = new Set(['host', 'resource', 'name', 'names', 'cluster', 'scalingGroup', 'searchDomains', 'id', 'databases'])

export function isCode(key: string, parent: string): boolean {
  // What a package source is for is a word of ours; what metadata tells is the name of somebody's role.
  return codes.has(key) && !namesAfterAll.has(parent) && !(key === 'role' && parent === 'seen')
}

export function isNamePlace(key: string): boolean {
  return namePlaces.has(key)
}

/** Names of the user's that have no form of their own: resources, roles, hosts of one label; in lower case. */
export function collectNames(report: ObservedReport): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (text: string | undefined) => {
    for (const part of (text ?? '').split(/[/:]/)) {
      const name = part.toLowerCase()
      if (/[^\d.]/.test(name) && name !== '*' && !isEverybodys(name)) found.add(name)
    }
  }
  for (const { resource, host, id } of report.targets) {
    add(resource)
    if (host !== '' && !host.includes('.') && !host.includes(':')) add(host)
    if (host.includes('.')) add(readHost(host)?.bucket)
    // `rds:my-database`, `ecs:cluster/service`: the word itself, where no field repeats it.
    if (/^[a-z-]+:[^/]/.test(id)) add(id.slice(id.indexOf(':') + 1).split(' ')[0])
  }
  add(
    report.vantage.identity?.arn
      .split(':')
      .slice(5)
      .join(':')
      .replace(/^[a-z-]+\//, ''),
  )
  for (const { resource, host = '', targets } of report.why?.errors ?? []) {
    if (!host.includes('.') && !host.includes(':')) add(host)
    if (host.includes('.')) add(readHost(host)?.bucket)
    add(resource?.replace(/^arn:(?:[^:]*:){5}/, ''))
    for (const word of targets) add(/^s3:\/\/(.*)$/.exec(word)?.[1])
  }
  const control = report.controlPlane
  for (const { id } of control?.databases ?? []) add(id)
  for (const { name } of control?.groups ?? []) add(name)
  for (const { cluster, service } of control?.containerServices ?? []) {
    add(cluster)
    add(service)
  }
  for (const { name } of [...(control?.schedules ?? []), ...(control?.securityGroups ?? [])]) add(name)
  for (const { resource } of control?.bucketPolicies ?? []) add(resource)
  return found
}

function isEverybodys(name: string): boolean {
  return (
    name.length < 2 ||
    // An id has a mask of its own, which keeps its form: two pseudonyms for one thing would be two things.
    isResourceId(name) ||
    name === 'default' ||
    findService(name) !== undefined ||
    /^(?:aws|alias|arn|true|false|null|all)$/.test(name)
  )
}
