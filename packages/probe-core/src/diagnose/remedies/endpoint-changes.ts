// VPC endpoints made or changed, as a command, in Terraform and in CloudFormation. A change of an endpoint that is there is shown
// as its resource, to be made where it is written already: a second resource would make a second endpoint.

import type { Fix } from '../../model/finding.ts'
import type { NetworkView, TargetView } from '../view.ts'
import { blockName, endpointServiceNames, type Ids, idOr, idsOf, isId, logicalName, unique, withoutRepeats } from './ids.ts'
import { sh } from './shell.ts'
import { cloudFormation, terraform } from './templates.ts'
import { gatewayNames, toldOf } from './told-ids.ts'

const groupOfEndpoint = '<security-group-id-of-the-endpoint>'
const change = 'In the resource that makes this endpoint; a second one would make a second endpoint.'

export function newEndpoints(ids: Ids, targets: readonly TargetView[]): Fix['snippets'] {
  const names = endpointServiceNames(targets).length > 0 ? endpointServiceNames(targets) : ['<service-name>']
  const { region, vpc, subnet } = ids
  return {
    cli: names
      .map(
        name =>
          sh`aws ec2 create-vpc-endpoint --region ${region} --vpc-endpoint-type Interface --vpc-id ${vpc} --service-name ${name} --subnet-ids ${subnet} --security-group-ids ${groupOfEndpoint} --private-dns-enabled`,
      )
      .join('\n'),
    terraform: terraform(
      names.map(name => ({
        type: 'aws_vpc_endpoint',
        name: blockName(name),
        has: {
          vpc_id: vpc,
          service_name: name,
          vpc_endpoint_type: 'Interface',
          subnet_ids: [subnet],
          security_group_ids: [groupOfEndpoint],
          private_dns_enabled: true,
        },
      })),
    ),
    cloudformation: cloudFormation(
      names.map(name => ({
        type: 'AWS::EC2::VPCEndpoint',
        name: `${logicalName(name)}Endpoint`,
        has: {
          VpcEndpointType: 'Interface',
          VpcId: vpc,
          ServiceName: name,
          SubnetIds: [subnet],
          SecurityGroupIds: [groupOfEndpoint],
          PrivateDnsEnabled: true,
        },
      })),
    ),
  }
}

interface Interface {
  readonly id: string
  readonly name: string
  readonly subnets: readonly string[]
  readonly groups: readonly string[]
}

/** The interface endpoints of these targets, told or not. */
function interfacesOf(targets: readonly TargetView[], placeholder: string): readonly Interface[] {
  return withoutRepeats(
    targets.map(target => {
      const { endpoint } = toldOf(target)
      const subnets = endpoint?.subnets?.filter(isId) ?? []
      const groups = endpoint?.groups?.filter(isId) ?? []
      return {
        id: idOr(endpoint?.id, placeholder),
        name: idOr(endpoint?.service, endpointServiceNames([target])[0] ?? '<service-name>'),
        subnets: subnets.length > 0 ? subnets : ['<subnet-ids-of-the-endpoint>'],
        groups: groups.length > 0 ? groups : [groupOfEndpoint],
      }
    }),
  )
}

export function privateDns(
  ids: Ids,
  targets: readonly TargetView[],
  isOn: boolean,
  placeholder = '<vpc-endpoint-id>',
): Fix['snippets'] {
  const found = interfacesOf(targets, placeholder)
  const word = isOn ? '--private-dns-enabled' : '--no-private-dns-enabled'
  return {
    cli: unique(
      found.map(({ id }) => `${sh`aws ec2 modify-vpc-endpoint --region ${ids.region} --vpc-endpoint-id ${id}`} ${word}`),
    ).join('\n'),
    terraform: terraform(
      found.map(({ id, name, subnets, groups }) => ({
        type: 'aws_vpc_endpoint',
        name: blockName(name),
        note: `${id}: ${change}`,
        has: {
          vpc_id: ids.vpc,
          service_name: name,
          vpc_endpoint_type: 'Interface',
          subnet_ids: subnets,
          security_group_ids: groups,
          private_dns_enabled: isOn,
        },
      })),
    ),
    cloudformation: cloudFormation(
      found.map(({ id, name, subnets, groups }) => ({
        type: 'AWS::EC2::VPCEndpoint',
        name: `${logicalName(name)}Endpoint`,
        note: `${id}: ${change}`,
        has: {
          VpcEndpointType: 'Interface',
          VpcId: ids.vpc,
          ServiceName: name,
          SubnetIds: subnets,
          SecurityGroupIds: groups,
          PrivateDnsEnabled: isOn,
        },
      })),
    ),
  }
}

/** Puts this subnet's route table to the gateway endpoint that is there, or makes one. */
export function gateways(targets: readonly TargetView[], network: NetworkView): Fix['snippets'] {
  const { region, vpc, subnet } = idsOf(network)
  const placeholder = `<route-table-id-of-${subnet.replace(/[<>]/g, '')}>`
  const wanted = withoutRepeats(
    targets.flatMap(target => {
      const { gateway, routeTable } = toldOf(target)
      return gatewayNames(target)
        .slice(0, 1)
        .filter(isId)
        .map(name => ({
          name,
          table: routeTable ?? placeholder,
          id: idOr(gateway?.id, undefined),
          tables: gateway?.routeTables?.filter(isId) ?? [],
        }))
    }),
  )
  if (wanted.length === 0) return {}
  return {
    cli: wanted
      .map(({ name, table, id }) =>
        id === undefined
          ? sh`aws ec2 create-vpc-endpoint --region ${region} --vpc-endpoint-type Gateway --vpc-id ${vpc} --service-name ${name} --route-table-ids ${table}`
          : sh`aws ec2 modify-vpc-endpoint --region ${region} --vpc-endpoint-id ${id} --add-route-table-ids ${table}`,
      )
      .join('\n'),
    terraform: terraform(
      wanted.map(({ name, table, id }) =>
        id === undefined
          ? {
              type: 'aws_vpc_endpoint',
              name: blockName(name),
              has: { vpc_id: vpc, service_name: name, vpc_endpoint_type: 'Gateway', route_table_ids: [table] },
            }
          : {
              type: 'aws_vpc_endpoint_route_table_association',
              name: blockName(name),
              has: { vpc_endpoint_id: id, route_table_id: table },
            },
      ),
    ),
    cloudformation: cloudFormation(
      wanted.map(({ name, table, id, tables }) => ({
        type: 'AWS::EC2::VPCEndpoint',
        name: `${logicalName(name)}Gateway`,
        ...(id !== undefined && { note: `${id}: ${change}` }),
        has: {
          VpcEndpointType: 'Gateway',
          VpcId: vpc,
          ServiceName: name,
          RouteTableIds: unique([...tables, table]),
        },
      })),
    ),
  }
}
