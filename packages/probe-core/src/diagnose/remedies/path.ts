// Remedies for the path: security groups, NACLs, routes, zones, loss.

import type { CauseCode } from '../../model/cause.ts'
import type { Remedy } from '../rule.ts'
import { endpointServiceNames, hosts, type Ids, services, unique } from './ids.ts'
import { plain } from './plain.ts'

const vpcGuide = 'https://docs.aws.amazon.com/vpc/latest/userguide'
const privateLink = 'https://docs.aws.amazon.com/vpc/latest/privatelink'

const ownGroups = (ids: Ids) =>
  `aws ec2 describe-network-interfaces --region ${ids.region} --filters Name=addresses.private-ip-address,Values=${ids.ownAddress} --query 'NetworkInterfaces[].[NetworkInterfaceId,SubnetId,Groups[].GroupId]'`
const ownAcl = (ids: Ids) =>
  `aws ec2 describe-network-acls --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'NetworkAcls[].Entries[]'`

export const pathRemedies = {
  'internet-not-reachable': plain((ids, targets) => ({
    fix: `There is no way from this subnet to ${hosts(targets)}: bring what is needed inside, or open a way out.`,
    steps: [
      'In a closed network this is the design: use a mirror inside (CodeArtifact, a private index, S3), a VPC endpoint, or an egress proxy.',
      'If a way out was meant: the route table needs 0.0.0.0/0 to a NAT gateway in a public subnet; an internet gateway serves only an ENI that has a public address.',
    ],
    docs: `${vpcGuide}/vpc-nat-gateway.html`,
    next: 'Whether a way out was meant, the default route of this subnet tells:',
    ask: `aws ec2 describe-route-tables --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'RouteTables[].Routes[]'`,
  })),
  'endpoint-security-group': plain((ids, targets) => ({
    fix: `Admit tcp/${targets[0]?.target.port ?? 443} from this workload in the security group of the ${services(targets)} endpoint.`,
    steps: [
      'Find the security group of the endpoint (an endpoint made without one has the VPC’s default group, which admits its own members only).',
      `Add ingress tcp/${targets[0]?.target.port ?? 443} from ${ids.securityGroup} (or from ${ids.ownCidr}).`,
    ],
    cli: `aws ec2 authorize-security-group-ingress --region ${ids.region} --group-id <security-group-id-of-the-endpoint> --protocol tcp --port ${targets[0]?.target.port ?? 443} --source-group ${ids.securityGroup}`,
    docs: `${privateLink}/create-interface-endpoint.html`,
    next: 'A closed security group and an endpoint that is not ready look the same from inside. State and groups of the endpoint settle it:',
    ask: `aws ec2 describe-vpc-endpoints --region ${ids.region} --filters Name=vpc-id,Values=${ids.vpc} Name=service-name,Values=${endpointServiceNames(targets).join(',') || '<service-name>'} --query 'VpcEndpoints[].[VpcEndpointId,State,Groups[].GroupId,SubnetIds]'`,
  })),
  'eni-security-group': plain((ids, targets) => ({
    fix: `Allow tcp/${unique(targets.map(t => t.target.port)).join(', ')} out in this workload’s own security group (${ids.securityGroup}).`,
    steps: [
      'Read which groups this ENI really carries: it is often not the one that was meant.',
      'Allow tcp/443 out to the endpoints’ group (or the VPC’s CIDR), and to the prefix lists of S3 and DynamoDB: gateway endpoints are reached at public addresses.',
      'A DNS server of your own needs udp/53 and tcp/53 out as well; the VPC’s resolver does not.',
    ],
    cli: `aws ec2 authorize-security-group-egress --region ${ids.region} --group-id ${ids.securityGroup} --protocol tcp --port ${targets[0]?.target.port ?? 443} --cidr <vpc-cidr>`,
    docs: `${vpcGuide}/vpc-security-groups.html`,
    next: 'Own egress, the subnet’s NACL and one group shared by all endpoints look the same from inside. The groups of this ENI, then their egress rules, settle it:',
    ask: ownGroups(ids),
  })),
  'target-security-group': plain((ids, targets) => ({
    fix: `Admit tcp/${unique(targets.map(t => t.target.port)).join(', ')} from this workload in the security group of ${hosts(targets)}.`,
    steps: [
      `Add ingress tcp/${targets[0]?.target.port ?? ''} from ${ids.securityGroup} (or ${ids.ownCidr}) to the target’s security group.`,
      'Look at the state of the target first: a stopped instance or database keeps its address and is just as silent.',
    ],
    cli: `aws ec2 authorize-security-group-ingress --region ${ids.region} --group-id <security-group-id-of-the-target> --protocol tcp --port ${targets[0]?.target.port ?? ''} --source-group ${ids.securityGroup}`,
    docs: `${vpcGuide}/vpc-security-groups.html`,
    next: 'A closed group and a stopped target look the same from inside. Who holds the address, and with which groups:',
    ask: `aws ec2 describe-network-interfaces --region ${ids.region} --filters Name=addresses.private-ip-address,Values=${targets[0]?.addresses[0]?.address ?? '<address>'} --query 'NetworkInterfaces[].[Description,Status,Attachment.InstanceId,Groups]'`,
  })),
  'network-acl': plain((ids, targets) => ({
    fix: `Let the network ACLs pass tcp/${targets[0]?.target.port ?? 443} and, as they are stateless, the replies to ephemeral ports 1024–65535.`,
    steps: [
      `On the subnet of this workload (${ids.subnet}): outbound tcp/${targets[0]?.target.port ?? 443}, inbound tcp/1024–65535.`,
      'On the subnet of the target: the mirror image.',
      'For S3 and DynamoDB: their public ranges (NACLs cannot name prefix lists).',
    ],
    docs: `${vpcGuide}/vpc-network-acls.html`,
    next: 'The entries of this subnet’s ACL, both directions:',
    ask: ownAcl(ids),
  })),
  'endpoint-zone-unreachable': plain((ids, targets) => {
    const bad = targets.flatMap(t => t.addresses.filter(a => a.outcome !== 'answered').map(a => a.address))
    return {
      fix: `Mend or remove the endpoint network interfaces that do not answer: ${unique(bad).join(', ')}.`,
      steps: [
        'Look at the subnet of these addresses: its NACL, its route back to this subnet, the state of the interface.',
        'Until then, a client can use the zonal name of a zone that works.',
      ],
      docs: `${privateLink}/privatelink-access-aws-services.html`,
      next: 'Which interfaces these are, and in which subnets:',
      ask: `aws ec2 describe-network-interfaces --region ${ids.region} --filters Name=addresses.private-ip-address,Values=${unique(bad).join(',') || '<address>'} --query 'NetworkInterfaces[].[PrivateIpAddress,SubnetId,AvailabilityZone,Status,Groups[].GroupId]'`,
    }
  }),
  'nothing-listens': plain((_ids, targets) => ({
    fix: `Start what should listen at ${targets.map(t => `${t.target.host}:${t.target.port}`).join(', ')}, or correct the port.`,
    steps: [
      'Name, route, security groups and NACLs are right: the refusal came back.',
      'If the process does run, a firewall may refuse in its place: look at the target itself.',
    ],
    docs: 'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
    next: 'On the target: what listens on that port?',
    ask: `ss -ltnp 'sport = :${targets[0]?.target.port ?? ''}'`,
  })),
  'host-unreachable': plain((ids, targets) => ({
    fix: `${hosts(targets)} cannot be reached: its address is not in use, has no route, or this machine refuses to send.`,
    steps: [
      'In the own subnet: the address is held by nobody; the name is stale (a deleted endpoint or instance, an old private zone record or hosts entry).',
      'EPERM or EACCES: this machine’s own firewall (iptables, nftables, seccomp).',
    ],
    docs: `${vpcGuide}/VPC_Route_Tables.html`,
    next: 'Who holds that address:',
    ask: `aws ec2 describe-network-interfaces --region ${ids.region} --filters Name=addresses.private-ip-address,Values=${targets[0]?.addresses[0]?.address ?? '<address>'}`,
  })),
  'address-family-mismatch': plain((_ids, targets) => ({
    fix: `Make ${hosts(targets)} reachable over the address family that this machine has.`,
    steps: [
      'IPv6 fails and IPv4 works: turn off dual-stack names for this client, or give the subnet IPv6 and the gateway endpoint dual-stack.',
      'Only IPv6 here: use dual-stack names (…api.aws), or DNS64 with NAT64.',
    ],
    cli: 'export AWS_USE_DUALSTACK_ENDPOINT=false',
    docs: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html',
    next: 'What this machine has:',
    ask: 'ip -brief address; ip route; ip -6 route',
  })),
  'path-mtu': plain((ids, targets) => ({
    fix: `Let large packets, or the ICMP that says they are too large, pass on the way to ${hosts(targets)}.`,
    steps: [
      'Allow ICMP type 3 code 4 (IPv4) and ICMPv6 type 2 in security groups, NACLs and firewalls on the path.',
      'Or lower the MTU of this interface (1500, or 1400 behind a VPN), or clamp the MSS on the tunnel.',
    ],
    cli: 'sudo ip link set dev eth0 mtu 1400',
    docs: `${vpcGuide}/path_mtu_discovery.html`,
    next: 'With a lower MTU the same handshake completes:',
    ask: `curl -sv --max-time 10 https://${targets[0]?.target.host ?? '<host>'}/ -o /dev/null # before and after "ip link set dev eth0 mtu 1400", from ${ids.ownAddress}`,
  })),
  'path-flaky': plain((_ids, targets) => ({
    fix: `Find the lossy or broken one of several paths to ${hosts(targets)}.`,
    steps: [
      'Subnets of one workload with different route tables: one of them has no valid route.',
      'A NAT gateway, VPN or appliance that is overloaded or has one dead path.',
    ],
    docs: 'https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html',
    next: 'Repeat the connection and count:',
    ask: `for i in $(seq 20); do curl -so /dev/null --connect-timeout 3 https://${targets[0]?.target.host ?? '<host>'}:${targets[0]?.target.port ?? 443}/ && echo ok || echo failed; done | sort | uniq -c`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>
