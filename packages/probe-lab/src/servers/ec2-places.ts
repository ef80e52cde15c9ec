// Where things are in the plan's VPC, as EC2 tells it: ids, interfaces, subnets, the VPC itself and its DHCP options.
import type { InterfaceEndpoint, VpcPlan } from '../plan/vpc-plan.ts'
import { aclEntry, type Described } from './ec2-describe.ts'

export const networkIds = {
  eni: 'eni-0a1b2c3d4e5f60718',
  vpc: 'vpc-0b1c2d3e4f5061728',
  subnet: 'subnet-0c1d2e3f405162738',
  otherSubnet: 'subnet-0c9d8e7f605142332',
  hostSubnet: 'subnet-0c7f8e9d0a1b2c3d4',
  ownGroup: 'sg-0d1e2f3041526374a',
  openGroup: 'sg-0e1f2031425364758',
  closedGroup: 'sg-0f1e2d3c4b5a69788',
  routeTable: 'rtb-0a9b8c7d6e5f40312',
  acl: 'acl-0b8c7d6e5f4031223',
  openAcl: 'acl-0c9d8e7f605142334',
  dhcpOptions: 'dopt-0d1e2f30415263748',
  closedHostGroup: 'sg-0a9b8c7d6e5f40321',
  s3List: 'pl-61a54008',
  dynamodbList: 'pl-78a54011',
} as const

export function endpointId(endpoint: InterfaceEndpoint): string {
  return `vpce-0lab${endpoint.service.replaceAll('.', '-')}`
}

export function interfaceId(address: string): string {
  return `eni-0e${address
    .split('.')
    .map(part => Number(part).toString(16).padStart(2, '0'))
    .join('')}0000000`
}

/** The other subnets' ACL: the VPC's default one, which denies nothing. */
export function openAcl(): Described {
  const subnets = [networkIds.otherSubnet, networkIds.hostSubnet]
  const entries = [true, false].flatMap(egress => [
    aclEntry(100, '-1', 'allow', egress, '0.0.0.0/0'),
    aclEntry(32_767, '-1', 'deny', egress, '0.0.0.0/0'),
  ])
  const associations = subnets.map(
    (subnet, index) =>
      `<item><networkAclAssociationId>aclassoc-1lab${index}</networkAclAssociationId><networkAclId>${networkIds.openAcl}</networkAclId><subnetId>${subnet}</subnetId></item>`,
  )
  return {
    name: networkIds.openAcl,
    found: { 'association.subnet-id': subnets },
    xml:
      `<networkAclId>${networkIds.openAcl}</networkAclId><vpcId>${networkIds.vpc}</vpcId><default>true</default>` +
      `<entrySet>${entries.join('')}</entrySet><associationSet>${associations.join('')}</associationSet>`,
  }
}

/** By the third part of the address, as the plan numbers its subnets. */
function subnetOf(address: string): string {
  const third = address.split('.')[2]
  return third === '1' ? networkIds.subnet : third === '2' ? networkIds.otherSubnet : networkIds.hostSubnet
}

export function networkInterfaces(plan: VpcPlan): Described[] {
  const one = (id: string, address: string, group: string, type: string, description: string, instance?: string): Described => ({
    name: id,
    found: {
      'addresses.private-ip-address': [address],
      'ipv6-addresses.ipv6-address': [],
      'network-interface-id': [id],
      'vpc-id': [networkIds.vpc],
    },
    xml:
      `<networkInterfaceId>${id}</networkInterfaceId><subnetId>${subnetOf(address)}</subnetId><vpcId>${networkIds.vpc}</vpcId>` +
      `<ownerId>${plan.aws.account}</ownerId><description>${description}</description><status>in-use</status><interfaceType>${type}</interfaceType>` +
      `<privateIpAddress>${address}</privateIpAddress><groupSet><item><groupId>${group}</groupId></item></groupSet>` +
      `<privateIpAddressesSet><item><privateIpAddress>${address}</privateIpAddress><primary>true</primary></item></privateIpAddressesSet>` +
      '<ipv6AddressesSet/>' +
      (instance === undefined ? '' : `<attachment><instanceId>${instance}</instanceId><status>attached</status></attachment>`),
  })
  const groupOf = (state: 'open' | 'closed' | undefined, closed: string) => (state === 'closed' ? closed : networkIds.openGroup)
  return [
    one(networkIds.eni, plan.workload.address, networkIds.ownGroup, 'interface', 'workload'),
    ...plan.endpoints.flatMap(endpoint =>
      endpoint.addresses.map(address =>
        one(
          interfaceId(address),
          address,
          groupOf(endpoint.securityGroup, networkIds.closedGroup),
          'vpc_endpoint',
          `VPC Endpoint Interface ${endpointId(endpoint)}`,
        ),
      ),
    ),
    ...plan.hosts
      .filter(host => host.isReleased !== true)
      .flatMap(host =>
        host.addresses
          .filter(address => address.startsWith('10.20.'))
          .map(address => {
            const group = groupOf(host.securityGroup, networkIds.closedHostGroup)
            return one(interfaceId(address), address, group, 'interface', host.description ?? host.name, host.instance)
          }),
      ),
  ]
}

export function subnets(): Described[] {
  return [networkIds.subnet, networkIds.otherSubnet, networkIds.hostSubnet].map((id, index) => ({
    name: id,
    found: { 'subnet-id': [id], 'vpc-id': [networkIds.vpc] },
    xml: `<subnetId>${id}</subnetId><vpcId>${networkIds.vpc}</vpcId><cidrBlock>10.20.${index + 1}.0/24</cidrBlock><availabilityZone>ap-northeast-1${'acd'[index]}</availabilityZone>`,
  }))
}

export function vpc(plan: VpcPlan): Described {
  const cidrs = plan.vpcCidrs.map(cidr => `<item><cidrBlock>${cidr}</cidrBlock></item>`)
  return {
    name: networkIds.vpc,
    found: { 'vpc-id': [networkIds.vpc] },
    xml:
      `<vpcId>${networkIds.vpc}</vpcId><cidrBlock>${plan.vpcCidrs[0]}</cidrBlock><dhcpOptionsId>${networkIds.dhcpOptions}</dhcpOptionsId><ownerId>${plan.aws.account}</ownerId>` +
      `<cidrBlockAssociationSet>${cidrs.join('')}</cidrBlockAssociationSet>`,
  }
}

export function dhcpOptions(plan: VpcPlan): Described {
  const own = `${plan.vpcCidrs[0]?.replace(/\.0\/\d+$/, '.2')}`
  const servers = plan.workload.nameservers.map(server => (server === own ? 'AmazonProvidedDNS' : server))
  const values = servers.map(server => `<item><value>${server}</value></item>`)
  return {
    name: networkIds.dhcpOptions,
    xml:
      `<dhcpOptionsId>${networkIds.dhcpOptions}</dhcpOptionsId><dhcpConfigurationSet><item><key>domain-name-servers</key>` +
      `<valueSet>${values.join('')}</valueSet></item></dhcpConfigurationSet>`,
  }
}
