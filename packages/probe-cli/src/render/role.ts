// Whom a cause is to be taken to: a ticket that lies with the wrong team mends nothing.

import { type CauseArea, type CauseCode, causesByArea } from '@eniprobe/core'

export type Role =
  | 'network'
  | 'firewall'
  | 'dns'
  | 'iam'
  | 'organization'
  | 'resource'
  | 'packages'
  | 'server'
  | 'workload'
  | 'security'

const byArea: Readonly<Record<CauseArea, Role>> = {
  path: 'network',
  middlebox: 'firewall',
  dns: 'dns',
  tlsAndHttp: 'server',
  credentials: 'workload',
  permission: 'iam',
  resource: 'resource',
  packages: 'packages',
  leak: 'security',
}

/** Where the area misleads. */
const byCause: Readonly<Partial<Record<CauseCode, Role>>> = {
  'endpoint-name-not-covered': 'workload',
  'other-region': 'workload',
  'nothing-listens': 'server',
  'proxy-captures-metadata': 'workload',
  'vpc-dns-attributes-off': 'network',
  'dns-name-unknown': 'workload',
  'hosts-file-overrides': 'workload',
  'http-silent': 'network',
  'answered-by-other': 'network',
  'region-not-enabled': 'iam',
  'scp-denies': 'organization',
  'rcp-denies': 'organization',
  'endpoint-policy-denies': 'network',
  'private-dns-captures-public-api': 'network',
  'bucket-policy-denies': 'resource',
  'resource-policy-denies': 'resource',
  'kms-denies': 'resource',
  'object-missing-looks-denied': 'resource',
  'package-index-is-public': 'workload',
}

export function roleOf(cause: CauseCode): Role {
  const area = (Object.keys(causesByArea) as CauseArea[]).find(name => (causesByArea[name] as readonly string[]).includes(cause))
  return byCause[cause] ?? (area === undefined ? 'network' : byArea[area])
}
