// Which topics a cause calls for: what separates it from its look-alikes. A cause that is not here asks for nothing.

import type { CauseCode } from '../model/cause.ts'
import type { Finding } from '../model/finding.ts'
import type { TopicName } from './topics.ts'

const where = ['interfaces', 'own-interface'] as const
const names = [...where, 'vpcs', 'endpoints', 'dns-attributes'] as const
const routes = [...where, 'routes', 'prefix-lists', 'managed-prefix-lists'] as const
const filters = [...where, 'groups', 'acls', 'subnets', 'routes', 'prefix-lists', 'managed-prefix-lists'] as const

const called: Partial<Record<CauseCode, readonly TopicName[]>> = {
  'interface-endpoint-missing': [...names, ...routes],
  'private-dns-disabled': names,
  'vpc-dns-attributes-off': names,
  'endpoint-name-not-covered': names,
  'gateway-endpoint-missing': ['vpcs', 'endpoints', ...filters],
  'endpoint-not-ready': [...where, 'vpcs', 'endpoints'],
  'endpoint-security-group': ['vpcs', 'endpoints', ...filters],
  'endpoint-zone-unreachable': ['vpcs', 'endpoints', ...filters],
  'eni-security-group': filters,
  // In whose VPC we stand tells what its routes and its endpoints prove.
  'target-security-group': ['vpcs', ...filters],
  'network-acl': filters,
  'internet-not-reachable': filters,
  'package-index-is-public': filters,
  'custom-dns-bypasses-vpc': [...names, 'dhcp'],
  'private-zone-shadows': names,
  'dns-name-unknown': [...where, 'vpcs', 'endpoints'],
  // Whose VPC it is tells what it means that nobody holds an address.
  'instance-stopped': [...where, 'vpcs'],
  'database-stopped': [...where, 'vpcs'],
  'host-unreachable': [...where, 'vpcs', 'routes', 'prefix-lists', 'managed-prefix-lists'],
  'nothing-listens': where,
  // Whether a gateway endpoint was passed, our route table tells.
  'endpoint-policy-denies': [...where, 'endpoints', 'routes'],
  'bucket-policy-denies': ['bucket-policies'],
  'denied-unattributed': [...where, 'endpoints', 'routes', 'bucket-policies'],
}

/** Told by AWS's own words already, and still asked for: the statement that decided is worth quoting. */
const quoted: readonly CauseCode[] = ['endpoint-policy-denies', 'bucket-policy-denies']

/** What this finding asks for: nothing when it is certain, but for the policy behind a denial. */
export function topicsOf(finding: Finding): readonly TopicName[] {
  const causes = finding.causes.filter(c => finding.nextStep !== null || quoted.includes(c.cause)).map(c => c.cause)
  return [...new Set(causes.flatMap(cause => called[cause] ?? []))]
}
