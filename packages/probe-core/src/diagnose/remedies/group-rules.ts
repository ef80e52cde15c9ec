// One rule of a security group as a command, in Terraform and in CloudFormation. By group or prefix list where it is known, by
// CIDR where not, and never 0.0.0.0/0: who is to be let in is known.

import type { Fix } from '../../model/finding.ts'
import { silentBeyond } from '../beyond.ts'
import type { TargetView } from '../view.ts'
import { addressOr, cidrOr, type Ids, idOr, withoutRepeats } from './ids.ts'
import { sh } from './shell.ts'
import { cloudFormation, type Resource, terraform } from './templates.ts'
import { gatewayNames, toldOf } from './told-ids.ts'

interface GroupRule {
  readonly way: 'ingress' | 'egress'
  readonly group: string
  readonly port: number
  readonly peer: { readonly kind: 'group' | 'list' | 'cidr'; readonly id: string }
}

export function groupRuleSnippets(region: string, wanted: readonly GroupRule[]): Fix['snippets'] {
  const rules = withoutRepeats(wanted)
  return {
    cli: rules.map(rule => commandOf(region, rule)).join('\n'),
    terraform: terraform(rules.map(terraformOf)),
    cloudformation: cloudFormation(rules.map(cloudFormationOf)),
  }
}

function commandOf(region: string, { way, group, port, peer }: GroupRule): string {
  const start = sh`aws ec2 authorize-security-group-${way} --region ${region} --group-id ${group}`
  if (peer.kind === 'cidr' && !peer.id.includes(':')) return `${start} ${sh`--protocol tcp --port ${port} --cidr ${peer.id}`}`
  if (peer.kind === 'group' && way === 'ingress') return `${start} ${sh`--protocol tcp --port ${port} --source-group ${peer.id}`}`
  const peers = {
    group: `UserIdGroupPairs=[{GroupId=${peer.id}}]`,
    list: `PrefixListIds=[{PrefixListId=${peer.id}}]`,
    cidr: `Ipv6Ranges=[{CidrIpv6=${peer.id}}]`,
  }
  return `${start} ${sh`--ip-permissions ${`IpProtocol=tcp,FromPort=${port},ToPort=${port},${peers[peer.kind]}`}`}`
}

function terraformOf({ way, group, port, peer }: GroupRule): Resource {
  const peers = {
    group: { referenced_security_group_id: peer.id },
    list: { prefix_list_id: peer.id },
    cidr: peer.id.includes(':') ? { cidr_ipv6: peer.id } : { cidr_ipv4: peer.id },
  }
  return {
    type: `aws_vpc_security_group_${way}_rule`,
    name: `tcp_${port}`,
    has: { security_group_id: group, ip_protocol: 'tcp', from_port: port, to_port: port, ...peers[peer.kind] },
  }
}

function cloudFormationOf({ way, group, port, peer }: GroupRule): Resource {
  const side = way === 'ingress' ? 'Source' : 'Destination'
  const peers = {
    group: { [`${side}SecurityGroupId`]: peer.id },
    list: { [`${side}PrefixListId`]: peer.id },
    cidr: peer.id.includes(':') ? { CidrIpv6: peer.id } : { CidrIp: peer.id },
  }
  return {
    type: way === 'ingress' ? 'AWS::EC2::SecurityGroupIngress' : 'AWS::EC2::SecurityGroupEgress',
    name: `${way === 'ingress' ? 'Ingress' : 'Egress'}Tcp${port}`,
    has: { GroupId: group, IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peers[peer.kind] },
  }
}

/** Us, as a group of the same VPC lets us in. A group cannot be named from beyond the VPC: there it is our addresses. */
function us(ids: Ids, isInVpc: boolean): GroupRule['peer'] {
  const isToldGroup = !ids.securityGroup.startsWith('<')
  return isInVpc && (isToldGroup || ids.ownCidr.startsWith('<'))
    ? { kind: 'group', id: ids.securityGroup }
    : { kind: 'cidr', id: ids.ownCidr }
}

export function intoEndpoint(ids: Ids, targets: readonly TargetView[]): readonly GroupRule[] {
  return targets.map(target => {
    const { endpoint, holder } = toldOf(target)
    const group = idOr(holder?.groups[0] ?? endpoint?.groups?.[0], '<security-group-id-of-the-endpoint>')
    return { way: 'ingress', group, port: target.target.port, peer: us(ids, silentBeyond(target).length === 0) }
  })
}

export function intoTarget(ids: Ids, targets: readonly TargetView[]): readonly GroupRule[] {
  return targets.map(target => {
    const group = idOr(toldOf(target).holder?.groups[0], '<security-group-id-of-the-target>')
    const isInVpc = target.scopes.length > 0 && target.scopes.every(scope => scope === 'vpc')
    return { way: 'ingress', group, port: target.target.port, peer: us(ids, isInVpc) }
  })
}

export function outOfHere(ids: Ids, targets: readonly TargetView[]): readonly GroupRule[] {
  return targets.map(target => ({
    way: 'egress',
    group: ids.securityGroup,
    port: target.target.port,
    peer: whereTo(target),
  }))
}

function whereTo(target: TargetView): GroupRule['peer'] {
  const { holder, prefixList } = toldOf(target)
  const [gateway] = gatewayNames(target)
  if (target.isPublic && gateway !== undefined)
    return { kind: 'list', id: idOr(prefixList?.id, `<prefix-list-id-of-${idOr(gateway, 'the-service')}>`) }
  const group = idOr(holder?.groups[0], undefined)
  if (group !== undefined) return { kind: 'group', id: group }
  const cidrs = target.network.vpcCidrs ?? []
  const address = addressOr(target.addresses[0]?.address, undefined)
  const holding = cidrs.find(cidr => address && target.network.known.isInside(address, cidr))
  if (holding !== undefined) return { kind: 'cidr', id: cidrOr(holding, '<vpc-cidr>') }
  // A placeholder has no family, and the two are opened by other words: of IPv6 the address itself is given.
  if (target.isPublic && !address?.includes(':')) return { kind: 'cidr', id: '<cidr-of-the-target>' }
  if (target.isPublic) return { kind: 'cidr', id: `${address}/128` }
  if (address !== undefined && target.scopes.includes('private') && cidrs.length > 0)
    return { kind: 'cidr', id: `${address}/${address.includes(':') ? 128 : 32}` }
  return { kind: 'cidr', id: '<vpc-cidr>' }
}
