// What the EC2 control plane says about the plan: endpoints, groups, network ACLs, routes and DNS attributes, so that a
// tool that asks is told the same story that the packets tell.
import { publicRanges } from '../plan/public-addresses.ts'
import type { VpcPlan } from '../plan/vpc-plan.ts'

export const networkIds = {
  eni: 'eni-0a1b2c3d4e5f60718',
  vpc: 'vpc-0b1c2d3e4f5061728',
  subnet: 'subnet-0c1d2e3f405162738',
  otherSubnet: 'subnet-0c9d8e7f605142332',
  ownGroup: 'sg-0d1e2f3041526374a',
  openGroup: 'sg-0e1f2031425364758',
  closedGroup: 'sg-0f1e2d3c4b5a69788',
  routeTable: 'rtb-0a9b8c7d6e5f40312',
  acl: 'acl-0b8c7d6e5f4031223',
  s3List: 'pl-61a54008',
  dynamodbList: 'pl-78a54011',
} as const

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
  DescribeNetworkAcls: (plan, form) => list('networkAclSet', [networkAcl(plan)], form, 'NetworkAclId'),
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
        xml: `<prefixListId>${id}</prefixListId><prefixListName>${name}</prefixListName><cidrSet><item>${cidr}</item></cidrSet>`,
      })),
      form,
      'PrefixListId',
    ),
}

interface Described {
  /** Its id, or whatever a filter may name it by. */
  readonly name: string
  readonly service?: string
  readonly xml: Item
}

/** The items that the ids and the `service-name` filter of the request leave. Other filters name this one VPC anyway. */
function list(element: string, all: readonly Described[], form: URLSearchParams, idParameter: string): string {
  const ids = [...form].filter(([key]) => key.startsWith(`${idParameter}.`)).map(([, value]) => value)
  const wanted = filterValues(form)
  const services = wanted.get('service-name') ?? []
  const filterIds = wanted.get('group-id') ?? wanted.get('vpc-endpoint-id') ?? []
  const left = all.filter(
    one =>
      (ids.length === 0 || ids.includes(one.name)) &&
      (filterIds.length === 0 || filterIds.includes(one.name)) &&
      (services.length === 0 || services.includes(one.service ?? '')),
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

function interfaceEndpoints(plan: VpcPlan): Described[] {
  return plan.endpoints.map((endpoint, index) => {
    const id = `vpce-0lab${endpoint.service.replaceAll('.', '-')}`
    const service = `com.amazonaws.${plan.region}.${endpoint.service}`
    const group = endpoint.securityGroup === 'open' ? networkIds.openGroup : networkIds.closedGroup
    const enis = endpoint.addresses.map((_, at) => `<item>eni-0e${String(index).padStart(8, '0')}0000000${at}</item>`)
    return {
      name: id,
      service,
      xml:
        `<vpcEndpointId>${id}</vpcEndpointId><vpcEndpointType>Interface</vpcEndpointType><vpcId>${networkIds.vpc}</vpcId>` +
        `<serviceName>${service}</serviceName><state>available</state><routeTableIdSet/>` +
        `<subnetIdSet><item>${networkIds.subnet}</item><item>${networkIds.otherSubnet}</item></subnetIdSet>` +
        `<groupSet><item><groupId>${group}</groupId><groupName>endpoints</groupName></item></groupSet>` +
        `<privateDnsEnabled>${endpoint.privateDns}</privateDnsEnabled><requesterManaged>false</requesterManaged>` +
        `<networkInterfaceIdSet>${enis.join('')}</networkInterfaceIdSet>` +
        `<dnsEntrySet><item><dnsName>${id}-abcd.${endpoint.service}.${plan.region}.vpce.amazonaws.com</dnsName></item></dnsEntrySet>` +
        `<ipAddressType>ipv4</ipAddressType><ownerId>${plan.aws.account}</ownerId>`,
    }
  })
}

function gatewayEndpoints(plan: VpcPlan): Described[] {
  return (['s3', 'dynamodb'] as const)
    .filter(service => plan.gateways[service])
    .map(service => ({
      name: `vpce-0lab${service}gateway`,
      service: `com.amazonaws.${plan.region}.${service}`,
      xml:
        `<vpcEndpointId>vpce-0lab${service}gateway</vpcEndpointId><vpcEndpointType>Gateway</vpcEndpointType>` +
        `<vpcId>${networkIds.vpc}</vpcId><serviceName>com.amazonaws.${plan.region}.${service}</serviceName><state>available</state>` +
        `<routeTableIdSet><item>${networkIds.routeTable}</item></routeTableIdSet><subnetIdSet/><groupSet/>` +
        `<privateDnsEnabled>false</privateDnsEnabled><requesterManaged>false</requesterManaged><ownerId>${plan.aws.account}</ownerId>`,
    }))
}

function securityGroups(plan: VpcPlan): Described[] {
  const all = '<item><ipProtocol>-1</ipProtocol><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item>'
  const within = all.replace('0.0.0.0/0', plan.vpcCidrs[0] ?? '')
  const https = (cidr: string): string =>
    `<item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort><groups/><ipRanges><item><cidrIp>${cidr}</cidrIp></item></ipRanges></item>`
  const group = (id: string, name: string, ingress: string, egress: string): Described => ({
    name: id,
    xml:
      `<ownerId>${plan.aws.account}</ownerId><groupId>${id}</groupId><groupName>${name}</groupName>` +
      `<groupDescription>${name}</groupDescription><vpcId>${networkIds.vpc}</vpcId>` +
      `<ipPermissions>${ingress}</ipPermissions><ipPermissionsEgress>${egress}</ipPermissionsEgress>`,
  })
  const own = { all, none: '', 'vpc-only': within }[plan.egress]
  return [
    group(networkIds.ownGroup, 'workload', '', own),
    group(networkIds.openGroup, 'endpoints', https(plan.vpcCidrs[0] ?? ''), all),
    group(networkIds.closedGroup, 'endpoints-of-another-subnet', https('10.99.0.0/16'), all),
  ]
}

function networkAcl(plan: VpcPlan): Described {
  const denied = plan.acl.map((entry, index) => {
    const ports = entry.direction === 'out' ? entry.farPorts : entry.nearPorts
    const range = ports ? `<portRange><from>${ports[0]}</from><to>${ports[1]}</to></portRange>` : ''
    return aclEntry(50 + index, ports ? '6' : '-1', 'deny', entry.direction === 'out', entry.cidr, range)
  })
  const both = [true, false]
  const allowed = both.map(egress => aclEntry(100, '-1', 'allow', egress, '0.0.0.0/0'))
  const last = both.map(egress => aclEntry(32_767, '-1', 'deny', egress, '0.0.0.0/0'))
  return {
    name: networkIds.acl,
    xml:
      `<networkAclId>${networkIds.acl}</networkAclId><vpcId>${networkIds.vpc}</vpcId><default>false</default>` +
      `<entrySet>${[...denied, ...allowed, ...last].join('')}</entrySet><associationSet><item>` +
      `<networkAclAssociationId>aclassoc-0lab</networkAclAssociationId><networkAclId>${networkIds.acl}</networkAclId>` +
      `<subnetId>${networkIds.subnet}</subnetId></item></associationSet>`,
  }
}

function aclEntry(number: number, protocol: string, action: string, egress: boolean, cidr: string, range = ''): string {
  return `<item><ruleNumber>${number}</ruleNumber><protocol>${protocol}</protocol><ruleAction>${action}</ruleAction><egress>${egress}</egress><cidrBlock>${cidr}</cidrBlock>${range}</item>`
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
  const associations = [networkIds.subnet, networkIds.otherSubnet].map(
    (subnet, index) =>
      `<item><routeTableAssociationId>rtbassoc-0lab${index}</routeTableAssociationId><routeTableId>${networkIds.routeTable}</routeTableId><subnetId>${subnet}</subnetId><main>false</main></item>`,
  )
  return {
    name: networkIds.routeTable,
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
