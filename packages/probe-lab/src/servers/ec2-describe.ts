// What the EC2 control plane says about the plan: endpoints, groups, network ACLs, routes, interfaces, subnets and DNS
// attributes, so that a tool that asks is told the same story that the packets tell.

import { publicRanges } from '../plan/public-addresses.ts'
import type { VpcPlan } from '../plan/vpc-plan.ts'
import { dhcpOptions, endpointId, interfaceId, networkIds, networkInterfaces, openAcl, subnets, vpc } from './ec2-places.ts'

type Item = string

/** The XML body of one Describe call, or undefined for calls that are none of this module's. */
export function describeFromPlan(plan: VpcPlan, operation: string, form: URLSearchParams): string | undefined {
  const body = bodies[operation]?.(plan, form)
  return body === undefined
    ? undefined
    : `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${body}</${operation}Response>`
}

const bodies: Readonly<Record<string, (plan: VpcPlan, form: URLSearchParams) => string>> = {
  DescribeVpcEndpoints: (plan, form) =>
    list('vpcEndpointSet', [...interfaceEndpoints(plan), ...gatewayEndpoints(plan)], form, 'VpcEndpointId'),
  DescribeSecurityGroups: (plan, form) => list('securityGroupInfo', securityGroups(plan), form, 'GroupId'),
  DescribeNetworkAcls: (plan, form) => list('networkAclSet', [networkAcl(plan), openAcl()], form, 'NetworkAclId'),
  DescribeNetworkInterfaces: (plan, form) => list('networkInterfaceSet', networkInterfaces(plan), form, 'NetworkInterfaceId'),
  DescribeSubnets: (_plan, form) => list('subnetSet', subnets(), form, 'SubnetId'),
  DescribeVpcs: (plan, form) => list('vpcSet', [vpc(plan)], form, 'VpcId'),
  DescribeDhcpOptions: (plan, form) => list('dhcpOptionsSet', [dhcpOptions(plan)], form, 'DhcpOptionsId'),
  DescribeRouteTables: (plan, form) => list('routeTableSet', [routeTable(plan)], form, 'RouteTableId'),
  DescribeVpcAttribute: (plan, form) => {
    const name = form.get('Attribute') === 'enableDnsSupport' ? 'enableDnsSupport' : 'enableDnsHostnames'
    const value = name === 'enableDnsSupport' ? plan.dns.vpcResolver !== 'silent' : plan.dns.hostnames
    return `<vpcId>${networkIds.vpc}</vpcId><${name}><value>${value}</value></${name}>`
  },
  DescribeManagedPrefixLists: (plan, form) =>
    list(
      'prefixListSet',
      prefixLists(plan).map(({ id, name }) => ({
        name: id,
        found: { 'prefix-list-id': [id] },
        xml: `<prefixListId>${id}</prefixListId><prefixListName>${name}</prefixListName><ownerId>AWS</ownerId>`,
      })),
      form,
      'PrefixListId',
    ),
  DescribePrefixLists: (plan, form) =>
    list(
      'prefixListSet',
      prefixLists(plan).map(({ id, name, cidr }) => ({
        name: id,
        found: { 'prefix-list-id': [id] },
        xml: `<prefixListId>${id}</prefixListId><prefixListName>${name}</prefixListName><cidrSet><item>${cidr}</item></cidrSet>`,
      })),
      form,
      'PrefixListId',
    ),
}

export interface Described {
  /** Its id. */
  readonly name: string
  /** By filter name, what it is found by. Filters that are not here name this one VPC anyway. */
  readonly found?: Readonly<Record<string, readonly string[]>>
  readonly xml: Item
}

/** The items that the ids and the filters of the request leave. */
function list(element: string, all: readonly Described[], form: URLSearchParams, idParameter: string): string {
  const ids = [...form].filter(([key]) => key.startsWith(`${idParameter}.`)).map(([, value]) => value)
  const filters = [...filterValues(form)].filter(([name]) => all.some(one => one.found?.[name] !== undefined))
  const left = all.filter(
    one =>
      (ids.length === 0 || ids.includes(one.name)) &&
      filters.every(([name, wanted]) => one.found?.[name]?.some(value => wanted.includes(value))),
  )
  return `<${element}>${left.map(one => `<item>${one.xml}</item>`).join('')}</${element}>`
}

function filterValues(form: URLSearchParams): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [key, name] of form) {
    const at = /^Filter\.(\d+)\.Name$/.exec(key)?.[1]
    if (at === undefined) continue
    found.set(
      name,
      [...form].filter(([other]) => other.startsWith(`Filter.${at}.Value.`)).map(([, value]) => value),
    )
  }
  return found
}

/** An endpoint policy that says in a document what the plan's denial says in a sentence. */
function policyOf(plan: VpcPlan, service: string): string {
  const denials = plan.aws.denials.filter(one => one.by === 'endpoint' && one.action.split(':')[0] === service)
  const [denial] = denials
  const all = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }
  const statements =
    denial === undefined
      ? [all]
      : denial.explicit
        ? [all, { Sid: 'LabDenies', Effect: 'Deny', Principal: '*', Action: denial.action, Resource: '*' }]
        : [{ Sid: 'LabAllowsAnother', Effect: 'Allow', Principal: '*', Action: `${service}:LabOnly*`, Resource: '*' }]
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }).replaceAll('&', '&amp;').replaceAll('"', '&quot;')
}

function interfaceEndpoints(plan: VpcPlan): Described[] {
  return plan.endpoints.map(endpoint => {
    const id = endpointId(endpoint)
    const service = `com.amazonaws.${plan.region}.${endpoint.service}`
    const group = endpoint.securityGroup === 'open' ? networkIds.openGroup : networkIds.closedGroup
    const enis = endpoint.addresses.map(address => `<item>${interfaceId(address)}</item>`)
    const names = [
      `${id}-abcd.${endpoint.service}.${plan.region}.vpce.amazonaws.com`,
      ...(endpoint.privateDns ? endpoint.names : []),
    ]
    return {
      name: id,
      found: { 'service-name': [service], 'vpc-endpoint-id': [id], 'vpc-id': [networkIds.vpc] },
      xml:
        `<vpcEndpointId>${id}</vpcEndpointId><vpcEndpointType>Interface</vpcEndpointType><vpcId>${networkIds.vpc}</vpcId>` +
        `<serviceName>${service}</serviceName><state>available</state><routeTableIdSet/>` +
        `<policyDocument>${policyOf(plan, endpoint.service)}</policyDocument>` +
        `<subnetIdSet><item>${networkIds.subnet}</item><item>${networkIds.otherSubnet}</item></subnetIdSet>` +
        `<groupSet><item><groupId>${group}</groupId><groupName>endpoints</groupName></item></groupSet>` +
        `<privateDnsEnabled>${endpoint.privateDns}</privateDnsEnabled><requesterManaged>false</requesterManaged>` +
        `<networkInterfaceIdSet>${enis.join('')}</networkInterfaceIdSet>` +
        `<dnsEntrySet>${names.map(name => `<item><dnsName>${name}</dnsName></item>`).join('')}</dnsEntrySet>` +
        `<ipAddressType>ipv4</ipAddressType><ownerId>${plan.aws.account}</ownerId>`,
    }
  })
}

function gatewayEndpoints(plan: VpcPlan): Described[] {
  return (['s3', 'dynamodb'] as const)
    .filter(service => plan.gateways[service])
    .map(service => ({
      name: `vpce-0lab${service}gateway`,
      found: { 'service-name': [`com.amazonaws.${plan.region}.${service}`], 'vpc-id': [networkIds.vpc] },
      xml:
        `<vpcEndpointId>vpce-0lab${service}gateway</vpcEndpointId><vpcEndpointType>Gateway</vpcEndpointType>` +
        `<vpcId>${networkIds.vpc}</vpcId><serviceName>com.amazonaws.${plan.region}.${service}</serviceName><state>available</state>` +
        `<routeTableIdSet><item>${networkIds.routeTable}</item></routeTableIdSet><subnetIdSet/><groupSet/>` +
        `<privateDnsEnabled>false</privateDnsEnabled><requesterManaged>false</requesterManaged><ownerId>${plan.aws.account}</ownerId>`,
    }))
}

function securityGroups(plan: VpcPlan): Described[] {
  // As EC2 makes a group in a VPC that has IPv6.
  const everyIpv6 = plan.workload.ipv6 ? '<ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges>' : ''
  const all = `<item><ipProtocol>-1</ipProtocol><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>${everyIpv6}</item>`
  const within = all.replace('0.0.0.0/0', plan.vpcCidrs[0] ?? '').replace(everyIpv6, '')
  const https = (cidr: string): string =>
    `<item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort><groups/><ipRanges><item><cidrIp>${cidr}</cidrIp></item></ipRanges></item>`
  const group = (id: string, name: string, ingress: string, egress: string): Described => ({
    name: id,
    found: { 'group-id': [id] },
    xml:
      `<ownerId>${plan.aws.account}</ownerId><groupId>${id}</groupId><groupName>${name}</groupName>` +
      `<groupDescription>${name}</groupDescription><vpcId>${networkIds.vpc}</vpcId>` +
      `<ipPermissions>${ingress}</ipPermissions><ipPermissionsEgress>${egress}</ipPermissionsEgress>`,
  })
  const own = { all, none: '', 'vpc-only': within }[plan.egress]
  return [
    group(networkIds.ownGroup, 'workload', '', own),
    group(networkIds.openGroup, 'endpoints', within, all),
    group(networkIds.closedGroup, 'endpoints-of-another-subnet', https('10.99.0.0/16'), all),
    group(networkIds.closedHostGroup, 'database', https('10.99.0.0/16').replaceAll('443', '5432'), all),
  ]
}

function networkAcl(plan: VpcPlan): Described {
  const denied = plan.acl.map((entry, index) => {
    const ports = entry.direction === 'out' ? entry.farPorts : entry.nearPorts
    const range = ports ? `<portRange><from>${ports[0]}</from><to>${ports[1]}</to></portRange>` : ''
    return aclEntry(50 + index, ports ? '6' : '-1', 'deny', entry.direction === 'out', entry.cidr, range)
  })
  const both = [true, false]
  const allowed = both.flatMap(egress => [
    aclEntry(100, '-1', 'allow', egress, '0.0.0.0/0'),
    ...(plan.workload.ipv6 ? [aclEntry(101, '-1', 'allow', egress, '::/0')] : []),
  ])
  const last = both.map(egress => aclEntry(32_767, '-1', 'deny', egress, '0.0.0.0/0'))
  return {
    name: networkIds.acl,
    found: { 'association.subnet-id': [networkIds.subnet] },
    xml:
      `<networkAclId>${networkIds.acl}</networkAclId><vpcId>${networkIds.vpc}</vpcId><default>false</default>` +
      `<entrySet>${[...denied, ...allowed, ...last].join('')}</entrySet><associationSet><item>` +
      `<networkAclAssociationId>aclassoc-0lab</networkAclAssociationId><networkAclId>${networkIds.acl}</networkAclId>` +
      `<subnetId>${networkIds.subnet}</subnetId></item></associationSet>`,
  }
}

export function aclEntry(number: number, protocol: string, action: string, egress: boolean, cidr: string, range = ''): string {
  const block = cidr.includes(':') ? `<ipv6CidrBlock>${cidr}</ipv6CidrBlock>` : `<cidrBlock>${cidr}</cidrBlock>`
  return `<item><ruleNumber>${number}</ruleNumber><protocol>${protocol}</protocol><ruleAction>${action}</ruleAction><egress>${egress}</egress>${block}${range}</item>`
}

function routeTable(plan: VpcPlan): Described {
  const routes = plan.vpcCidrs.map(cidr =>
    route(`<destinationCidrBlock>${cidr}</destinationCidrBlock><gatewayId>local</gatewayId>`),
  )
  for (const { id, service } of prefixLists(plan))
    if (plan.gateways[service])
      routes.push(
        route(`<destinationPrefixListId>${id}</destinationPrefixListId><gatewayId>vpce-0lab${service}gateway</gatewayId>`),
      )
  if (plan.internet)
    routes.push(route('<destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-0lab</natGatewayId>'))
  const associations = [networkIds.subnet, networkIds.otherSubnet, networkIds.hostSubnet].map(
    (subnet, index) =>
      `<item><routeTableAssociationId>rtbassoc-0lab${index}</routeTableAssociationId><routeTableId>${networkIds.routeTable}</routeTableId><subnetId>${subnet}</subnetId><main>false</main></item>`,
  )
  return {
    name: networkIds.routeTable,
    found: { 'vpc-id': [networkIds.vpc] },
    xml:
      `<routeTableId>${networkIds.routeTable}</routeTableId><vpcId>${networkIds.vpc}</vpcId>` +
      `<routeSet>${routes.join('')}</routeSet><associationSet>${associations.join('')}</associationSet>`,
  }
}

function route(xml: string): string {
  return `<item>${xml}<state>active</state><origin>CreateRoute</origin></item>`
}

function prefixLists(plan: VpcPlan): readonly { id: string; name: string; cidr: string; service: 's3' | 'dynamodb' }[] {
  return [
    { id: networkIds.s3List, name: `com.amazonaws.${plan.region}.s3`, cidr: publicRanges.s3, service: 's3' },
    {
      id: networkIds.dynamodbList,
      name: `com.amazonaws.${plan.region}.dynamodb`,
      cidr: publicRanges.dynamodb,
      service: 'dynamodb',
    },
  ]
}
