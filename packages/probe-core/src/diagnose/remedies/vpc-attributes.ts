// The DNS attributes of a VPC: both on, one call each. In templates they belong to the resource that makes the VPC.

import type { Fix } from '../../model/finding.ts'
import type { NetworkView } from '../view.ts'
import { cidrOr, type Ids } from './ids.ts'
import { sh } from './shell.ts'
import { cloudFormation, terraform } from './templates.ts'

export function dnsAttributes(ids: Ids, network: NetworkView): Fix['snippets'] {
  const note = `In the resource that makes ${ids.vpc}; a second one would make a second VPC.`
  const cidr = cidrOr(network.vpcCidrs?.[0], '<vpc-cidr>')
  const modify = sh`aws ec2 modify-vpc-attribute --region ${ids.region} --vpc-id ${ids.vpc}`
  return {
    cli: `${modify} --enable-dns-support && ${modify} --enable-dns-hostnames`,
    terraform: terraform([
      { type: 'aws_vpc', name: 'vpc', note, has: { cidr_block: cidr, enable_dns_support: true, enable_dns_hostnames: true } },
    ]),
    cloudformation: cloudFormation([
      {
        type: 'AWS::EC2::VPC',
        name: 'Vpc',
        note,
        has: { CidrBlock: cidr, EnableDnsSupport: true, EnableDnsHostnames: true },
      },
    ]),
  }
}
