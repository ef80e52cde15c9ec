// From EC2's answers to the facts of the report: what a path depends on, and nothing else. What is not in an answer stays absent.

import type {
  ControlPlane,
  DhcpOptionsFacts,
  EndpointFacts,
  InterfaceFacts,
  NetworkAclEntry,
  NetworkAclFacts,
  PrefixListFacts,
  RouteFacts,
  RouteTableFacts,
  SecurityGroupFacts,
  SecurityGroupRule,
  SubnetFacts,
  VpcFacts,
} from '../model/control-plane.ts'
import { isRecord } from '../model/json.ts'
import { type Body, flagOf, numberOf, recordsOf, textOf, textsOf } from './read-body.ts'

/** What one answer adds to what is told. */
export type Told = Partial<Omit<ControlPlane, 'asked'>>

/** A policy is 20,480 characters at most. */
const longestPolicy = 21_000

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html */
export function readEndpoints(body: Body): Told {
  return listed('endpoints', body.vpcEndpointSet, (one): EndpointFacts | undefined => {
    const [id, service, vpc] = [textOf(one.vpcEndpointId), textOf(one.serviceName), textOf(one.vpcId)]
    if (id === undefined || service === undefined || vpc === undefined) return undefined
    const policy = textOf(one.policyDocument)
    const privateDns = flagOf(one.privateDnsEnabled)
    const addressType = textOf(one.ipAddressType)
    return {
      id,
      type: textOf(one.vpcEndpointType) ?? 'Gateway',
      service,
      vpc,
      state: (textOf(one.state) ?? 'unknown').toLowerCase(),
      ...(privateDns !== undefined && { privateDns }),
      subnets: textsOf(one.subnetIdSet),
      groups: idsOf(one.groupSet, 'groupId'),
      routeTables: textsOf(one.routeTableIdSet),
      interfaces: textsOf(one.networkInterfaceIdSet),
      dnsNames: idsOf(one.dnsEntrySet, 'dnsName'),
      ...(addressType && { addressType }),
      ...(policy !== undefined && policy.length <= longestPolicy && { policy }),
    }
  })
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html */
export function readInterfaces(body: Body): Told {
  return listed('interfaces', body.networkInterfaceSet, (one): InterfaceFacts | undefined => {
    const [id, vpc, subnet] = [textOf(one.networkInterfaceId), textOf(one.vpcId), textOf(one.subnetId)]
    if (id === undefined || vpc === undefined || subnet === undefined) return undefined
    const first = textOf(one.privateIpAddress)
    const addresses = [
      ...(first === undefined ? [] : [first]),
      ...idsOf(one.privateIpAddressesSet, 'privateIpAddress'),
      ...idsOf(one.ipv6AddressesSet, 'ipv6Address'),
    ]
    const associations = [one, ...recordsOf(one.privateIpAddressesSet)].map(each => each.association)
    const [publicAddress] = associations.flatMap(each => (isRecord(each) ? (textOf(each.publicIp) ?? []) : []))
    const instance = isRecord(one.attachment) ? textOf(one.attachment.instanceId) : undefined
    const [type, description, requester] = [textOf(one.interfaceType), textOf(one.description), textOf(one.requesterId)]
    const [owner, mac] = [textOf(one.ownerId), textOf(one.macAddress)]
    return {
      id,
      vpc,
      subnet,
      addresses: [...new Set(addresses)],
      groups: idsOf(one.groupSet, 'groupId'),
      ...(publicAddress && { publicAddress }),
      ...(mac && { mac }),
      ...(type && { type }),
      ...(description && { description: description.slice(0, 255) }),
      ...(instance && { instance }),
      ...(requester && { requester }),
      ...(owner && { owner }),
    }
  })
}

export function readSubnets(body: Body): Told {
  return listed('subnets', body.subnetSet, (one): SubnetFacts | undefined => {
    const [id, vpc, cidr] = [textOf(one.subnetId), textOf(one.vpcId), textOf(one.cidrBlock)]
    if (id === undefined || vpc === undefined) return undefined
    const cidrs = [...(cidr ? [cidr] : []), ...idsOf(one.ipv6CidrBlockAssociationSet, 'ipv6CidrBlock')]
    return { id, vpc, cidrs, zone: textOf(one.availabilityZone) ?? '' }
  })
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTable.html */
export function readRouteTables(body: Body): Told {
  return listed('routeTables', body.routeTableSet, (one): RouteTableFacts | undefined => {
    const [id, vpc] = [textOf(one.routeTableId), textOf(one.vpcId)]
    if (id === undefined || vpc === undefined) return undefined
    const associations = recordsOf(one.associationSet)
    return {
      id,
      vpc,
      isMain: associations.some(each => flagOf(each.main) === true),
      subnets: idsOf(one.associationSet, 'subnetId'),
      routes: recordsOf(one.routeSet).flatMap(each => readRoute(each) ?? []),
    }
  })
}

const ways = [
  'gatewayId',
  'natGatewayId',
  'networkInterfaceId',
  'transitGatewayId',
  'vpcPeeringConnectionId',
  'egressOnlyInternetGatewayId',
  'instanceId',
  'localGatewayId',
  'carrierGatewayId',
  'coreNetworkArn',
]

function readRoute(one: Body): RouteFacts | undefined {
  const to = textOf(one.destinationCidrBlock) ?? textOf(one.destinationIpv6CidrBlock) ?? textOf(one.destinationPrefixListId)
  if (to === undefined) return undefined
  const via = ways.map(key => textOf(one[key])).find(found => found !== undefined)
  // A way of a kind that this version has no name for leads somewhere all the same.
  return { to, via: via ?? 'unknown', isBlackhole: textOf(one.state) === 'blackhole' }
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
export function readSecurityGroups(body: Body): Told {
  return listed('securityGroups', body.securityGroupInfo, (one): SecurityGroupFacts | undefined => {
    const id = textOf(one.groupId)
    if (id === undefined) return undefined
    const [name, vpc] = [textOf(one.groupName), textOf(one.vpcId)]
    return {
      id,
      ...(name && { name }),
      ...(vpc && { vpc }),
      ingress: recordsOf(one.ipPermissions).map(readPermission),
      egress: recordsOf(one.ipPermissionsEgress).map(readPermission),
    }
  })
}

function readPermission(one: Body): SecurityGroupRule {
  return {
    protocol: textOf(one.ipProtocol) ?? '-1',
    ...portsOf(one.fromPort, one.toPort),
    peers: [
      ...idsOf(one.ipRanges, 'cidrIp'),
      ...idsOf(one.ipv6Ranges, 'cidrIpv6'),
      ...idsOf(one.prefixListIds, 'prefixListId'),
      ...idsOf(one.groups, 'groupId'),
    ],
  }
}

/** The same groups by DescribeSecurityGroupRules: for whoever may call that and not DescribeSecurityGroups. `ids`: what was asked for. */
export function readSecurityGroupRules(body: Body, ids: readonly string[]): Told {
  if (!Array.isArray(body.securityGroupRuleSet) && body.securityGroupRuleSet !== '') return {}
  const rules = recordsOf(body.securityGroupRuleSet).map(one => {
    const [id, cidr] = [textOf(one.securityGroupRuleId), textOf(one.cidrIpv4) ?? textOf(one.cidrIpv6)]
    const group = isRecord(one.referencedGroupInfo) ? textOf(one.referencedGroupInfo.groupId) : undefined
    const peer = cidr ?? textOf(one.prefixListId) ?? group
    const rule: SecurityGroupRule = {
      ...(id && { id }),
      protocol: textOf(one.ipProtocol) ?? '-1',
      ...portsOf(one.fromPort, one.toPort),
      peers: peer === undefined ? [] : [peer],
    }
    return { group: textOf(one.groupId), isEgress: flagOf(one.isEgress) === true, rule }
  })
  // A group of which no rule came may have none, or may not be there at all: only what came is told.
  const found = ids.filter(id => rules.some(({ group }) => group === id))
  const of = (id: string, isEgress: boolean) => rules.filter(r => r.group === id && r.isEgress === isEgress).map(r => r.rule)
  return { securityGroups: found.map(id => ({ id, ingress: of(id, false), egress: of(id, true) })) }
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html */
export function readNetworkAcls(body: Body): Told {
  return listed('networkAcls', body.networkAclSet, (one): NetworkAclFacts | undefined => {
    const id = textOf(one.networkAclId)
    if (id === undefined) return undefined
    const isDefault = flagOf(one.default)
    return {
      id,
      ...(isDefault !== undefined && { isDefault }),
      subnets: idsOf(one.associationSet, 'subnetId'),
      entries: recordsOf(one.entrySet).flatMap(entry => readAclEntry(entry) ?? []),
    }
  })
}

function readAclEntry(one: Body): NetworkAclEntry | undefined {
  const [number, protocol, cidr] = [
    numberOf(one.ruleNumber),
    textOf(one.protocol),
    textOf(one.cidrBlock) ?? textOf(one.ipv6CidrBlock),
  ]
  const [egress, action] = [flagOf(one.egress), textOf(one.ruleAction)]
  if (number === undefined || protocol === undefined || cidr === undefined || egress === undefined) return undefined
  if (action !== 'allow' && action !== 'deny') return undefined
  const ports = isRecord(one.portRange) ? portsOf(one.portRange.from, one.portRange.to) : {}
  return { number, direction: egress ? 'egress' : 'ingress', action, protocol, cidr, ...ports }
}

export function readPrefixLists(body: Body): Told {
  return listed('prefixLists', body.prefixListSet, (one): PrefixListFacts | undefined => {
    const id = textOf(one.prefixListId)
    return id === undefined ? undefined : { id, name: textOf(one.prefixListName) ?? '', cidrs: textsOf(one.cidrSet) }
  })
}

export function readPrefixListEntries(body: Body, id: string): Told {
  if (!Array.isArray(body.entrySet) && body.entrySet !== '') return {}
  return { prefixLists: [{ id, name: '', cidrs: idsOf(body.entrySet, 'cidr') }] }
}

export function readDhcpOptions(body: Body): Told {
  return listed('dhcpOptions', body.dhcpOptionsSet, (one): DhcpOptionsFacts | undefined => {
    const id = textOf(one.dhcpOptionsId)
    if (id === undefined) return undefined
    const valuesOf = (key: string) =>
      recordsOf(one.dhcpConfigurationSet)
        .filter(each => textOf(each.key) === key)
        .flatMap(each => idsOf(each.valueSet, 'value'))
    const [domainName] = valuesOf('domain-name')
    return { id, nameServers: valuesOf('domain-name-servers'), ...(domainName && { domainName }) }
  })
}

export function readVpcs(body: Body): Told {
  return listed('vpcs', body.vpcSet, (one): VpcFacts | undefined => {
    const [id, cidr, dhcpOptions] = [textOf(one.vpcId), textOf(one.cidrBlock), textOf(one.dhcpOptionsId)]
    if (id === undefined) return undefined
    const cidrs = [
      ...(cidr ? [cidr] : []),
      ...idsOf(one.cidrBlockAssociationSet, 'cidrBlock'),
      ...idsOf(one.ipv6CidrBlockAssociationSet, 'ipv6CidrBlock'),
    ]
    const owner = textOf(one.ownerId)
    return { id, cidrs: [...new Set(cidrs)], ...(owner && { owner }), ...(dhcpOptions && { dhcpOptions }) }
  })
}

export function readDnsAttribute(body: Body, vpc: string): Told {
  const support = isRecord(body.enableDnsSupport) ? flagOf(body.enableDnsSupport.value) : undefined
  const hostnames = isRecord(body.enableDnsHostnames) ? flagOf(body.enableDnsHostnames.value) : undefined
  if (textOf(body.vpcId) !== vpc || (support === undefined && hostnames === undefined)) return {}
  return {
    vpcs: [
      {
        id: vpc,
        cidrs: [],
        ...(support !== undefined && { dnsSupport: support }),
        ...(hostnames !== undefined && { dnsHostnames: hostnames }),
      },
    ],
  }
}

/** The list of an answer; an answer in which the list itself is missing tells nothing, one in which it is empty tells that. */
function listed<K extends keyof Told, F>(key: K, list: unknown, read: (one: Body) => F | undefined): Told {
  if (!Array.isArray(list) && list !== '') return {}
  return { [key]: recordsOf(list).flatMap(one => read(one) ?? []) } as Told
}

function idsOf(list: unknown, key: string): readonly string[] {
  return recordsOf(list).flatMap(one => textOf(one[key]) ?? [])
}

/** -1, or none at all, is every port. */
function portsOf(from: unknown, to: unknown): { fromPort?: number; toPort?: number } {
  const [low, high] = [numberOf(from), numberOf(to)]
  return low === undefined || high === undefined || low < 0 || high < 0 ? {} : { fromPort: low, toPort: high }
}
