// What each fault is called, what the CLI is asked in it, and which cause it must name. Read by the tests, the recorder
// and the demo. A cause that in-band evidence cannot tell from another stands in `or`.
import type { Fault } from './faults/fault.ts'
import * as faults from './faults/index.ts'

export interface Scenario {
  readonly fault: Fault
  /** Arguments of the CLI. */
  readonly args: readonly string[]
  /** Code of the cause; null: no finding at all. */
  readonly cause: string | null
  /** Codes that the same evidence allows to stand first as well. None of them is true here: never `certain`. */
  readonly or?: readonly string[]
  /** Further causes that are true here. */
  readonly also?: readonly string[]
  /** Targets that the findings with this cause must name, and no other. */
  readonly targets: readonly string[]
  /** Chance decides which of `targets` it hits: some, and no other. */
  readonly some?: true
  /** Environment beside the workload's own. */
  readonly env?: Readonly<Record<string, string>>
}

const healthy: Fault = plan => plan
const three = ['logs', 'sts', 's3']
const bucket = ['s3://lab-data', 'sts']

/** A service fault: the CLI is asked for logs, sts and s3, and must blame `logs` alone. */
function onLogs(cause: string, fault: Fault, ...or: readonly string[]): Scenario {
  return { fault, args: three, cause, targets: ['logs'], ...(or.length > 0 ? { or } : {}) }
}

function onHost(cause: string, fault: Fault, ...or: readonly string[]): Scenario {
  return {
    fault,
    args: ['tcp://db.internal:5432', 'logs', 'sts'],
    cause,
    targets: ['tcp://db.internal:5432'],
    ...(or.length > 0 ? { or } : {}),
  }
}

function onBucket(cause: string, fault: Fault, ...or: readonly string[]): Scenario {
  return { fault, args: bucket, cause, targets: ['s3://lab-data'], ...(or.length > 0 ? { or } : {}) }
}

function onAll(cause: string, fault: Fault, ...or: readonly string[]): Scenario {
  return { fault, args: three, cause, targets: three, ...(or.length > 0 ? { or } : {}) }
}

/** The demo: five things wrong at once, two fine. */
export const closedVpc: Scenario = {
  fault: faults.combine(
    faults.interfaceEndpointMissing('logs'),
    faults.gatewayEndpointMissing('s3'),
    faults.endpointSecurityGroup('kms'),
    faults.identityPolicyDenies('secretsmanager:*'),
  ),
  args: ['sts', 'logs', 's3', 'kms', 'secretsmanager', 'tcp://db.internal:5432', 'pip'],
  cause: 'endpoint-security-group',
  also: [
    'interface-endpoint-missing',
    'gateway-endpoint-missing',
    'identity-policy-denies',
    'package-index-is-public',
    'internet-not-reachable',
  ],
  targets: ['kms'],
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  'closed-vpc': closedVpc,
  healthy: { fault: healthy, args: three, cause: null, targets: [] },
  'interface-endpoint-missing': onLogs('interface-endpoint-missing', faults.interfaceEndpointMissing(), 'private-dns-disabled'),
  'private-dns-disabled': onLogs('private-dns-disabled', faults.privateDnsDisabled(), 'interface-endpoint-missing'),
  'gateway-endpoint-missing': {
    fault: faults.gatewayEndpointMissing(),
    args: three,
    cause: 'gateway-endpoint-missing',
    targets: ['s3'],
  },
  'endpoint-name-not-covered': {
    fault: healthy,
    args: ['https://sts.amazonaws.com', 'sts', 'logs'],
    cause: 'endpoint-name-not-covered',
    targets: ['https://sts.amazonaws.com'],
  },
  'internet-not-reachable': {
    fault: healthy,
    args: ['tls://pypi.org', 'logs', 'sts'],
    cause: 'internet-not-reachable',
    targets: ['tls://pypi.org'],
  },
  'package-index-is-public': {
    fault: healthy,
    args: ['pip', 'logs', 'sts'],
    // What the machine under the lab configures pip with is its own affair.
    env: { PIP_CONFIG_FILE: '/dev/null' },
    cause: 'package-index-is-public',
    also: ['internet-not-reachable'],
    targets: ['https://pypi.org/simple', 'https://files.pythonhosted.org'],
  },
  'other-region': {
    fault: healthy,
    args: ['https://logs.us-east-1.amazonaws.com', 'logs', 'sts'],
    cause: 'other-region',
    // The subnet has no way out, which is the other half of it.
    also: ['internet-not-reachable'],
    targets: ['https://logs.us-east-1.amazonaws.com'],
  },
  'endpoint-security-group': onLogs('endpoint-security-group', faults.endpointSecurityGroup()),
  'eni-security-group': onAll('eni-security-group', faults.eniSecurityGroup(), 'network-acl'),
  'eni-security-group-vpc-only': {
    fault: faults.eniSecurityGroup('vpc-only'),
    args: three,
    cause: 'eni-security-group',
    or: ['gateway-endpoint-missing', 'network-acl'],
    targets: ['s3'],
  },
  'target-security-group': onHost('target-security-group', faults.targetSecurityGroup(), 'database-stopped', 'instance-stopped'),
  'nothing-listens': onHost('nothing-listens', faults.nothingListens()),
  'host-unreachable': onHost('host-unreachable', faults.hostUnreachable()),
  'dns-name-unknown': onHost('dns-name-unknown', faults.dnsNameUnknown()),
  'network-acl': { ...onAll('network-acl', faults.networkAcl(), 'endpoint-zone-unreachable'), targets: ['logs', 'sts'] },
  'network-acl-ephemeral-ports': {
    ...onAll('network-acl', faults.networkAcl('ephemeral-ports'), 'path-flaky', 'gateway-endpoint-missing'),
  },
  'network-acl-s3-ranges': {
    fault: faults.networkAcl('s3-ranges'),
    args: three,
    cause: 'network-acl',
    or: ['gateway-endpoint-missing', 'eni-security-group'],
    targets: ['s3'],
  },
  'endpoint-zone-unreachable': onLogs('endpoint-zone-unreachable', faults.endpointZoneUnreachable(), 'network-acl'),
  'path-mtu': onAll('path-mtu', faults.pathMtu(), 'http-silent'),
  'path-flaky': onLogs('path-flaky', faults.pathFlaky(), 'network-acl'),
  'address-family-mismatch': {
    fault: faults.addressFamilyMismatch(),
    args: ['tls://s3.dualstack.ap-northeast-1.amazonaws.com', 's3', 'logs'],
    cause: 'address-family-mismatch',
    targets: ['tls://s3.dualstack.ap-northeast-1.amazonaws.com'],
  },
  'firewall-drops-name': onLogs('firewall-drops-name', faults.firewallDropsName()),
  'firewall-resets-name': onLogs('firewall-drops-name', faults.firewallDropsName(undefined, 'reset')),
  'firewall-drops-large-hello': onLogs('firewall-drops-large-hello', faults.firewallDropsLargeHello()),
  'tls-inspected': onAll('tls-inspected', faults.tlsInspected()),
  'tls-inspected-trusted': onAll('tls-inspected', faults.tlsInspected('trusted')),
  'web-gateway-blocks': onLogs('web-gateway-blocks', faults.webGatewayBlocks()),
  'proxy-unreachable': onAll('proxy-unreachable', faults.proxyUnreachable()),
  'proxy-refuses': onAll('proxy-refuses', faults.proxyRefuses()),
  // A clean bill for every target, and a warning about the setting.
  'proxy-captures-metadata': { ...onAll('proxy-captures-metadata', faults.proxyCapturesMetadata()), targets: [] },
  'dns-server-unreachable': onAll('dns-server-unreachable', faults.dnsServerUnreachable()),
  // No group and no NACL filters the VPC's own resolver: where it is silent and metadata answers, the VPC does not resolve.
  'vpc-resolver-silent': onAll('vpc-dns-attributes-off', faults.dnsServerUnreachable('vpc'), 'dns-server-unreachable'),
  'dns-server-fails': onAll('dns-server-fails', faults.dnsServerFails()),
  'dns-server-fails-refused': onAll('dns-server-fails', faults.dnsServerFails('refused')),
  'custom-dns-bypasses-vpc': {
    fault: faults.customDnsBypassesVpc(),
    args: three,
    cause: 'custom-dns-bypasses-vpc',
    targets: ['logs', 'sts'],
  },
  'private-zone-shadows': onAll('private-zone-shadows', faults.privateZoneShadows()),
  'private-zone-shadows-firewall': onAll('private-zone-shadows', faults.privateZoneShadows(undefined, 'firewall-nodata')),
  'vpc-dns-attributes-off': {
    fault: faults.vpcDnsAttributesOff(),
    args: three,
    cause: 'vpc-dns-attributes-off',
    or: ['interface-endpoint-missing', 'private-dns-disabled'],
    targets: ['logs', 'sts'],
  },
  'dns-unreliable': { ...onAll('dns-unreliable', faults.dnsUnreliable()), some: true },
  'hosts-file-overrides': onLogs('hosts-file-overrides', faults.hostsFileOverrides()),
  'certificate-expired': onLogs('certificate-expired', faults.certificateExpired()),
  'certificate-other-host': onLogs('certificate-other-host', faults.certificateOtherHost()),
  'not-tls': onLogs('not-tls', faults.notTls()),
  'http-silent': onLogs('http-silent', faults.httpSilent()),
  'answered-by-other': onLogs('answered-by-other', faults.answeredByOther(), 'web-gateway-blocks'),
  'no-credentials': onAll('no-credentials', faults.noCredentials()),
  'metadata-hop-limit': onAll('metadata-hop-limit', faults.metadataHopLimit()),
  'metadata-unreachable': { ...onAll('metadata-unreachable', faults.metadataUnreachable()), also: ['no-credentials'] },
  'metadata-unreachable-disabled': onAll('metadata-unreachable', faults.metadataUnreachable('disabled')),
  'credentials-expired': onAll('credentials-expired', faults.credentialsExpired()),
  'credentials-invalid': onAll('credentials-invalid', faults.credentialsInvalid()),
  'credentials-override-role': onAll('credentials-override-role', faults.credentialsOverrideRole()),
  'clock-skew': onAll('clock-skew', faults.clockSkew()),
  'region-mismatch': onBucket('region-mismatch', faults.regionMismatch()),
  throttled: onLogs('throttled', faults.throttled()),
  'identity-policy-denies': onLogs('identity-policy-denies', faults.identityPolicyDenies()),
  'permissions-boundary-denies': onLogs('permissions-boundary-denies', faults.permissionsBoundaryDenies()),
  'session-policy-denies': onLogs('session-policy-denies', faults.sessionPolicyDenies()),
  'scp-denies': onLogs('scp-denies', faults.scpDenies()),
  'rcp-denies': onBucket('rcp-denies', faults.rcpDenies()),
  'endpoint-policy-denies': onLogs('endpoint-policy-denies', faults.endpointPolicyDenies()),
  'bucket-policy-denies': onBucket('bucket-policy-denies', faults.bucketPolicyDenies()),
  'resource-policy-denies': {
    fault: faults.resourcePolicyDenies(),
    args: ['secretsmanager', 'sts', 'logs'],
    cause: 'resource-policy-denies',
    targets: ['secretsmanager'],
  },
  'kms-denies': { ...onBucket('kms-denies', faults.kmsDenies('s3:*')), args: bucket },
  'denied-unattributed': onBucket('denied-unattributed', faults.deniedUnattributed()),
  'private-dns-captures-public-api': {
    fault: faults.privateDnsCapturesPublicApi(),
    args: ['https://a1b2c3.execute-api.ap-northeast-1.amazonaws.com/prod', 'logs', 'sts'],
    cause: 'private-dns-captures-public-api',
    targets: ['https://a1b2c3.execute-api.ap-northeast-1.amazonaws.com/prod'],
  },
  'internet-reachable': {
    fault: faults.internetReachable(),
    args: [...three, '--expect', 'closed'],
    cause: 'internet-reachable',
    // S3 by its gateway and S3 by NAT look the same from inside.
    or: ['traffic-leaves-vpc'],
    targets: [],
  },
  'traffic-leaves-vpc': {
    fault: faults.trafficLeavesVpc(),
    args: [...three, '--expect', 'closed'],
    cause: 'traffic-leaves-vpc',
    also: ['internet-reachable'],
    // S3 by its gateway and S3 by NAT look the same from inside.
    targets: ['logs', 's3'],
  },
}
