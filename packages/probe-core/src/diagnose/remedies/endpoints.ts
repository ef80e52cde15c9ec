// Remedies for what is missing or misnamed about VPC endpoints.

import type { CauseCode } from '../../model/cause.ts'
import { endpointServices } from '../endpoint.ts'
import type { Remedy } from '../rule.ts'
import { endpointServiceNames, hosts, type Ids, idsOf, logicalName, services, unique } from './ids.ts'

const guide = 'https://docs.aws.amazon.com/vpc/latest/privatelink'

const describeEndpoints = (ids: Ids, names: readonly string[]) =>
  `aws ec2 describe-vpc-endpoints --region ${ids.region} --filters Name=vpc-id,Values=${ids.vpc}${
    names.length > 0 ? ` Name=service-name,Values=${names.join(',')}` : ''
  } --query 'VpcEndpoints[].[VpcEndpointId,ServiceName,State,PrivateDnsEnabled,SubnetIds,Groups[].GroupId,RouteTableIds]'`

export const endpointRemedies = {
  'interface-endpoint-missing': {
    fix: (targets, network) => {
      const ids = idsOf(network)
      const names = endpointServiceNames(targets)
      return {
        summary: `Create ${names.length > 1 ? 'interface endpoints' : 'an interface endpoint'} with private DNS for ${services(targets)} in ${ids.vpc}.`,
        steps: [
          `Create ${names.join(', ')} in the subnets of the workload, private DNS on.`,
          `Give it a security group that admits tcp/443 from ${ids.ownCidr}.`,
          'The VPC needs enableDnsSupport and enableDnsHostnames on.',
        ],
        snippets: {
          cli: names
            .map(
              name =>
                `aws ec2 create-vpc-endpoint --region ${ids.region} --vpc-endpoint-type Interface --vpc-id ${ids.vpc} --service-name ${name} --subnet-ids ${ids.subnet} --security-group-ids <security-group-id-of-the-endpoint> --private-dns-enabled`,
            )
            .join('\n'),
          terraform: names
            .map(
              name =>
                `resource "aws_vpc_endpoint" "${logicalName(name).toLowerCase()}" {\n  vpc_id              = "${ids.vpc}"\n  service_name        = "${name}"\n  vpc_endpoint_type   = "Interface"\n  subnet_ids          = ["${ids.subnet}"]\n  security_group_ids  = ["<security-group-id-of-the-endpoint>"]\n  private_dns_enabled = true\n}`,
            )
            .join('\n'),
          cloudformation: `Resources:\n${names
            .map(
              name =>
                `  ${logicalName(name)}Endpoint:\n    Type: AWS::EC2::VPCEndpoint\n    Properties:\n      VpcEndpointType: Interface\n      VpcId: ${ids.vpc}\n      ServiceName: ${name}\n      SubnetIds: [${ids.subnet}]\n      SecurityGroupIds: [<security-group-id-of-the-endpoint>]\n      PrivateDnsEnabled: true`,
            )
            .join('\n')}`,
        },
        docs: `${guide}/create-interface-endpoint.html`,
      }
    },
    nextStep: (targets, network) => ({
      summary: 'No endpoint, and an endpoint with private DNS off, look the same from inside. This lists what there is:',
      command: describeEndpoints(idsOf(network), endpointServiceNames(targets)),
    }),
  },
  'private-dns-disabled': {
    fix: (targets, network) => {
      const ids = idsOf(network)
      return {
        summary: `Turn on private DNS of the ${services(targets)} endpoint, or use its own vpce-… name as endpoint URL.`,
        steps: [
          'Turn on private DNS. If AWS reports a conflicting DNS domain, another endpoint or a private hosted zone of that name exists already: mend that one.',
          'Else point the client at the endpoint’s own name (AWS_ENDPOINT_URL_<SERVICE>).',
        ],
        snippets: {
          cli: `aws ec2 modify-vpc-endpoint --region ${ids.region} --vpc-endpoint-id <vpc-endpoint-id> --private-dns-enabled`,
        },
        docs: `${guide}/manage-dns-names.html`,
      }
    },
    nextStep: (targets, network) => ({
      summary: 'This shows whether the endpoint exists and whether its private DNS is on:',
      command: describeEndpoints(idsOf(network), endpointServiceNames(targets)),
    }),
  },
  'gateway-endpoint-missing': {
    fix: (targets, network) => {
      const ids = idsOf(network)
      const names = unique(
        targets.flatMap(t =>
          endpointServices(t)
            .filter(e => e.type === 'Gateway')
            .map(e => e.serviceName)
            .slice(0, 1),
        ),
      )
      return {
        summary: `Add the gateway endpoint for ${services(targets)} to the route table of this subnet (${ids.subnet}).`,
        steps: [
          `If ${ids.vpc} has the gateway endpoint already, associate it with this subnet’s route table; else create it there. It costs nothing.`,
          'Own egress rules and NACLs must allow tcp/443 to the service’s prefix list: its addresses are public.',
        ],
        snippets: {
          cli: names
            .map(
              name =>
                `aws ec2 create-vpc-endpoint --region ${ids.region} --vpc-endpoint-type Gateway --vpc-id ${ids.vpc} --service-name ${name} --route-table-ids <route-table-id-of-${ids.subnet.replace(/[<>]/g, '')}>`,
            )
            .join('\n'),
          terraform: names
            .map(
              name =>
                `resource "aws_vpc_endpoint" "${logicalName(name).toLowerCase()}" {\n  vpc_id            = "${ids.vpc}"\n  service_name      = "${name}"\n  vpc_endpoint_type = "Gateway"\n  route_table_ids   = ["<route-table-id>"]\n}`,
            )
            .join('\n'),
          cloudformation: `Resources:\n${names
            .map(
              name =>
                `  ${logicalName(name)}Gateway:\n    Type: AWS::EC2::VPCEndpoint\n    Properties:\n      VpcEndpointType: Gateway\n      VpcId: ${ids.vpc}\n      ServiceName: ${name}\n      RouteTableIds: [<route-table-id>]`,
            )
            .join('\n')}`,
        },
        docs: `${guide}/gateway-endpoints.html`,
      }
    },
    nextStep: (_targets, network) => {
      const ids = idsOf(network)
      return {
        summary:
          'A missing route, own egress without the prefix list, and a NACL look the same from inside. The route table settles it (no association listed: look at the main table):',
        command: `aws ec2 describe-route-tables --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'RouteTables[].Routes[]'`,
      }
    },
  },
  'endpoint-name-not-covered': {
    fix: targets => {
      const first = targets[0]
      const kind = first?.identity?.kind ?? 'regional'
      const sts = first?.service?.id === 'sts' && kind === 'global'
      return {
        summary: `Let the client use a name that the endpoint covers, not ${hosts(targets)}.`,
        steps: [
          sts
            ? 'Set AWS_STS_REGIONAL_ENDPOINTS=regional (older SDKs and AWS CLI v1 use the global name).'
            : 'Use the regional name: set the region, and turn off dual-stack and FIPS endpoints (AWS_USE_DUALSTACK_ENDPOINT, AWS_USE_FIPS_ENDPOINT) where the endpoint does not cover them.',
          'Or point the client at a covered name with AWS_ENDPOINT_URL_<SERVICE>.',
          'Newer endpoints cover more names than older ones: recreating an old endpoint can add them.',
        ],
        snippets: {
          cli: sts ? 'export AWS_STS_REGIONAL_ENDPOINTS=regional' : 'unset AWS_USE_DUALSTACK_ENDPOINT AWS_USE_FIPS_ENDPOINT',
        },
        docs: sts
          ? 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html'
          : 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html',
      }
    },
    nextStep: (targets, network) => ({
      summary: 'This lists the DNS names that each endpoint covers:',
      command: `aws ec2 describe-vpc-endpoints --region ${idsOf(network).region} --filters Name=vpc-id,Values=${idsOf(network).vpc} Name=service-name,Values=${endpointServiceNames(targets).join(',') || '<service-name>'} --query 'VpcEndpoints[].[ServiceName,PrivateDnsEnabled,DnsEntries[].DnsName]'`,
    }),
  },
  'service-has-no-endpoint': {
    fix: targets => ({
      summary: `${hosts(targets)} has no VPC endpoint: give the workload a way out for it, or do without the call.`,
      steps: [
        'Route this traffic through a NAT gateway or an egress proxy that allows this name.',
        'Or avoid the call: many libraries have a setting that makes it unnecessary (a fixed region, a given cluster endpoint, a regional name).',
      ],
      snippets: {},
      docs: `${guide}/aws-services-privatelink-support.html`,
    }),
    nextStep: (_targets, network) => ({
      summary: 'AWS adds endpoint services; this lists what the region offers today:',
      command: `aws ec2 describe-vpc-endpoint-services --region ${idsOf(network).region} --query 'ServiceNames'`,
    }),
  },
  'other-region': {
    fix: (targets, network) => ({
      summary: `Use the endpoints of ${idsOf(network).region}, or give ${hosts(targets)} a way out of the VPC.`,
      steps: [
        `Set the client’s region to ${idsOf(network).region} if that is what was meant.`,
        'A gateway endpoint serves its own region only. For another region: cross-region PrivateLink where the service has it, peering to a VPC with an endpoint there, or NAT.',
      ],
      snippets: { cli: `export AWS_REGION=${idsOf(network).region}` },
      docs: `${guide}/privatelink-access-aws-services.html`,
    }),
    nextStep: (_targets, network) => ({
      summary: 'This shows which region the client takes, and from where:',
      command: `aws configure list && echo "AWS_REGION=$AWS_REGION AWS_DEFAULT_REGION=$AWS_DEFAULT_REGION # this VPC: ${idsOf(network).region}"`,
    }),
  },
  'endpoint-not-ready': {
    fix: (targets, network) => ({
      summary: `Bring the ${services(targets)} endpoint to the state "available".`,
      steps: [
        'pendingAcceptance: the owner of the service must accept it. rejected or failed: delete and create again. deleting: wait for its names to leave DNS.',
      ],
      snippets: { cli: describeEndpoints(idsOf(network), endpointServiceNames(targets)) },
      docs: `${guide}/concepts.html`,
    }),
    nextStep: (targets, network) => ({
      summary: 'The State of the endpoint tells:',
      command: describeEndpoints(idsOf(network), endpointServiceNames(targets)),
    }),
  },
} satisfies Partial<Record<CauseCode, Remedy>>
