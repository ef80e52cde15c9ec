// Remedies for names: resolvers, private zones, VPC attributes, hosts files.

import type { CauseCode } from '../../model/cause.ts'
import type { Remedy } from '../rule.ts'
import { hosts } from './ids.ts'
import { plain } from './plain.ts'

const route53 = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide'
const vpcGuide = 'https://docs.aws.amazon.com/vpc/latest/userguide'

export const dnsRemedies = {
  'dns-server-unreachable': plain((ids, targets, network) => ({
    fix: `Make the DNS server (${network.vantage.resolvers.join(', ') || 'none configured'}) reachable, or use the VPC’s own resolver.`,
    steps: [
      'A DNS server of your own is reached like any host: udp/53 and tcp/53 out in this workload’s security group, in on the server’s, both NACLs, a route.',
      'Or set the VPC’s DHCP options to AmazonProvidedDNS and let that forward what it must (Route 53 Resolver outbound endpoint).',
    ],
    docs: `${vpcGuide}/VPC_DHCP_Options.html`,
    next: 'Does the server answer here, and does the VPC’s own?',
    ask: `dig +time=2 +tries=1 @${network.vantage.resolvers[0] ?? '<server>'} ${targets[0]?.target.host ?? 'amazonaws.com'}; dig +time=2 +tries=1 @169.254.169.253 ${targets[0]?.target.host ?? 'amazonaws.com'}; aws ec2 describe-vpcs --region ${ids.region} --vpc-ids ${ids.vpc} --query 'Vpcs[].DhcpOptionsId'`,
  })),
  'dns-server-fails': plain((_ids, targets, network) => ({
    fix: `Mend the DNS server ${network.vantage.resolvers.join(', ')}: it answers that it cannot resolve ${hosts(targets)}.`,
    steps: [
      'SERVFAIL: its forwarder is down, DNSSEC fails, or a Route 53 Resolver DNS Firewall fails closed. REFUSED: it does not serve this network or this zone.',
      'It must forward AWS names to the VPC’s resolver (VPC base address + 2).',
    ],
    docs: `${route53}/resolver.html`,
    next: 'The answers side by side:',
    ask: `dig @${network.vantage.resolvers[0] ?? '<server>'} ${targets[0]?.target.host ?? '<host>'}; dig @169.254.169.253 ${targets[0]?.target.host ?? '<host>'}`,
  })),
  'custom-dns-bypasses-vpc': plain((ids, targets, network) => ({
    fix: 'Let the DNS server forward AWS names to the VPC’s resolver, or use the VPC’s resolver directly.',
    steps: [
      'On the DNS server: forward amazonaws.com, api.aws and the names of private endpoints to the VPC’s resolver (base address + 2), or to a Route 53 Resolver inbound endpoint from outside the VPC.',
      'Or change the VPC’s DHCP options to AmazonProvidedDNS. Running instances take new options at their next DHCP renewal.',
    ],
    cli: `aws ec2 describe-dhcp-options --region ${ids.region} --dhcp-options-ids $(aws ec2 describe-vpcs --region ${ids.region} --vpc-ids ${ids.vpc} --query 'Vpcs[0].DhcpOptionsId' --output text)`,
    docs: `${route53}/resolver-forwarding-inbound-queries.html`,
    next: 'The two answers side by side:',
    ask: `dig +short @${network.vantage.resolvers[0] ?? '<server>'} ${targets[0]?.target.host ?? '<host>'}; dig +short @169.254.169.253 ${targets[0]?.target.host ?? '<host>'}`,
  })),
  'private-zone-shadows': plain((ids, targets) => ({
    fix: `Add ${hosts(targets)} (or a wildcard) to the private hosted zone that answers for it, or remove that zone from the VPC.`,
    steps: [
      'The most specific private zone of the VPC answers alone: names that it lacks do not fall through to public DNS.',
      'A zone for s3.<region>.amazonaws.com needs a wildcard record for buckets, one for dkr.ecr… a wildcard for registries.',
      'A Route 53 Resolver DNS Firewall that blocks with NXDOMAIN or NODATA, and a resolver rule that forwards the domain elsewhere, look the same from inside.',
    ],
    docs: `${route53}/hosted-zone-private-considerations.html`,
    next: 'A private zone, a resolver rule and a DNS Firewall look the same from inside. These list them:',
    ask: `aws route53 list-hosted-zones-by-vpc --vpc-id ${ids.vpc} --vpc-region ${ids.region}; aws route53resolver list-resolver-rule-associations --region ${ids.region} --filters Name=VPCId,Values=${ids.vpc}; aws route53resolver list-firewall-rule-group-associations --region ${ids.region} --vpc-id ${ids.vpc}`,
  })),
  'dns-name-unknown': plain((ids, targets) => ({
    fix: `Correct the name: ${hosts(targets)} does not exist for this network.`,
    steps: [
      'A typo, a deleted database or load balancer, a service discovery name with no task registered, a file system without a mount target in this zone.',
      'If it exists elsewhere: a private zone that is not associated with this VPC.',
    ],
    docs: `${route53}/hosted-zone-private-associate-vpcs.html`,
    next: 'Does it exist at all? Private zones associated with this VPC:',
    ask: `aws route53 list-hosted-zones-by-vpc --vpc-id ${ids.vpc} --vpc-region ${ids.region}`,
  })),
  'vpc-dns-attributes-off': plain(ids => ({
    fix: `Turn on enableDnsSupport and enableDnsHostnames of ${ids.vpc}.`,
    steps: [
      'Private DNS of endpoints, and private hosted zones, work only with both on. VPCs made by API or template have enableDnsHostnames off.',
    ],
    cli: `aws ec2 modify-vpc-attribute --region ${ids.region} --vpc-id ${ids.vpc} --enable-dns-support && aws ec2 modify-vpc-attribute --region ${ids.region} --vpc-id ${ids.vpc} --enable-dns-hostnames`,
    docs: `${vpcGuide}/vpc-dns.html`,
    next: 'The two attributes tell:',
    ask: `aws ec2 describe-vpc-attribute --region ${ids.region} --vpc-id ${ids.vpc} --attribute enableDnsSupport; aws ec2 describe-vpc-attribute --region ${ids.region} --vpc-id ${ids.vpc} --attribute enableDnsHostnames`,
  })),
  'dns-unreliable': plain((_ids, _targets, network) => ({
    fix: `Ask less, or answer more: the DNS server ${network.vantage.resolvers.join(', ')} loses questions.`,
    steps: [
      'An ENI may send 1,024 packets a second to the VPC’s resolver; more are dropped. Cache locally (nscd, dnsmasq, NodeLocal DNSCache).',
      'In Kubernetes, ndots:5 multiplies every question: end names with a dot, or lower ndots.',
    ],
    docs: `${vpcGuide}/AmazonDNS-concepts.html`,
    next: 'Count of packets dropped for the limit on this ENI:',
    ask: 'ethtool -S eth0 | grep linklocal_allowance_exceeded',
  })),
  'hosts-file-overrides': plain((_ids, targets) => ({
    fix: `Remove or correct the entry of ${hosts(targets)} in /etc/hosts.`,
    steps: [
      'The entry wins over DNS for every program on this machine. Containers get theirs from the orchestrator (extraHosts, hostAliases).',
    ],
    cli: `grep -n '${targets[0]?.target.host ?? ''}' /etc/hosts`,
    docs: 'https://man7.org/linux/man-pages/man5/hosts.5.html',
    next: 'What applications get, and what DNS says:',
    ask: `getent ahosts ${targets[0]?.target.host ?? '<host>'}; dig +short ${targets[0]?.target.host ?? '<host>'}`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>
