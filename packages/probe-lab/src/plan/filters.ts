// What the fabric does to packets, worked out from the plan: pure, and the same for every back end. First match decides.
import { publicRanges } from './public-addresses.ts'
import type { VpcPlan } from './vpc-plan.ts'

export type FilterVerb = 'accept' | 'drop' | 'reset' | 'unreachable' | 'drop-every-second-flow' | 'drop-large' | 'lose'

export interface Filter {
  /** `out`: from the workload. `in`: to it. */
  readonly direction: 'out' | 'in'
  /** The far side's addresses. */
  readonly far: string
  readonly protocol?: 'tcp' | 'udp'
  readonly farPorts?: readonly [number, number]
  /** Ports of the workload's side. */
  readonly nearPorts?: readonly [number, number]
  readonly verb: FilterVerb
  readonly largerThan?: number
  readonly lossPercent?: number
  /** Whose rule this is, for people who read the rule set. */
  readonly why: string
}

/** Filters of the plan in the order in which the fabric tries them. */
export function filtersOf(plan: VpcPlan): readonly Filter[] {
  return [
    ...linkLocal(plan),
    ...loss(plan),
    ...networkAcl(plan),
    ...hostClosedPorts(plan),
    ...egress(plan),
    ...securityGroups(plan),
    ...pathFaults(plan),
    ...wayOut(plan),
  ]
}

/** Neither security groups nor network ACLs filter the services of the VPC itself. */
function linkLocal(plan: VpcPlan): Filter[] {
  const base = plan.vpcCidrs[0]?.replace(/\.0\/\d+$/, '.2') ?? '169.254.169.253'
  const silenced: Filter[] =
    plan.metadata === 'silent'
      ? [{ direction: 'out', far: '169.254.169.254/32', verb: 'drop', why: 'metadata does not answer' }]
      : []
  return [
    ...silenced,
    { direction: 'out', far: '169.254.0.0/16', verb: 'accept', why: 'link-local services are never filtered' },
    { direction: 'in', far: '169.254.0.0/16', verb: 'accept', why: 'link-local services are never filtered' },
    { direction: 'out', far: `${base}/32`, verb: 'accept', why: 'the VPC resolver is never filtered' },
    { direction: 'in', far: `${base}/32`, verb: 'accept', why: 'the VPC resolver is never filtered' },
  ]
}

function loss({ lossPercent }: VpcPlan): Filter[] {
  if (lossPercent === 0) return []
  const ways = ['out', 'in'] as const
  return ways.map(direction => ({ direction, far: '0.0.0.0/0', verb: 'lose', lossPercent, why: 'the path loses packets' }))
}

function networkAcl(plan: VpcPlan): Filter[] {
  return plan.acl.map(deny => ({
    direction: deny.direction,
    far: deny.cidr,
    ...(deny.farPorts || deny.nearPorts ? { protocol: 'tcp' as const } : {}),
    ...(deny.farPorts ? { farPorts: deny.farPorts } : {}),
    ...(deny.nearPorts ? { nearPorts: deny.nearPorts } : {}),
    verb: 'drop',
    why: 'network ACL',
  }))
}

function hostClosedPorts(plan: VpcPlan): Filter[] {
  return (
    plan.hosts
      // Other ports have no listener at the far side: its kernel sends the reset.
      .filter(host => host.serve === 'closed-port' && (host.port === 443 || host.port === 80))
      .flatMap(host =>
        host.addresses.map(
          (address): Filter => ({
            direction: 'out',
            far: `${address}/32`,
            protocol: 'tcp',
            farPorts: [host.port, host.port],
            verb: 'reset',
            why: 'nothing listens',
          }),
        ),
      )
  )
}

function egress(plan: VpcPlan): Filter[] {
  if (plan.egress === 'all') return []
  const toVpc: Filter[] = plan.vpcCidrs.map(cidr => ({
    direction: 'out',
    far: cidr,
    verb: 'drop',
    why: 'own security group: no egress',
  }))
  if (plan.egress === 'none')
    return [...toVpc, { direction: 'out', far: '0.0.0.0/0', verb: 'drop', why: 'own security group: no egress' }]
  return Object.values(publicRanges).map(range => ({
    direction: 'out',
    far: range,
    verb: 'drop',
    why: 'own security group: egress to the VPC alone',
  }))
}

function securityGroups(plan: VpcPlan): Filter[] {
  const endpoints = plan.endpoints.filter(endpoint => endpoint.securityGroup === 'closed')
  const hosts = plan.hosts.filter(host => host.securityGroup === 'closed')
  return [...endpoints, ...hosts].flatMap(closed =>
    closed.addresses.map(
      (address): Filter => ({ direction: 'out', far: `${address}/32`, verb: 'drop', why: 'far security group' }),
    ),
  )
}

function pathFaults(plan: VpcPlan): Filter[] {
  const large = (plan.pathMtu?.ways ?? []).map(
    (direction): Filter => ({
      direction,
      far: '0.0.0.0/0',
      verb: 'drop-large',
      largerThan: plan.pathMtu?.bytes ?? 0,
      why: 'path MTU hole',
    }),
  )
  return [
    ...plan.deadAddresses.map(
      (address): Filter => ({ direction: 'out', far: `${address}/32`, verb: 'drop', why: 'zone is dark' }),
    ),
    ...plan.unreachable.map(
      (address): Filter => ({ direction: 'out', far: `${address}/32`, verb: 'unreachable', why: 'no host' }),
    ),
    ...plan.flaky.map(
      (address): Filter => ({
        direction: 'out',
        far: `${address}/32`,
        protocol: 'tcp',
        verb: 'drop-every-second-flow',
        why: 'one of two paths is dead',
      }),
    ),
    ...large,
  ]
}

/** What a route table without a way out does: the VPC's router drops silently. */
function wayOut(plan: VpcPlan): Filter[] {
  if (plan.internet) return []
  const allowed = [...plan.vpcCidrs, '192.168.0.0/16', '172.16.0.0/12']
  if (plan.gateways.s3) allowed.push(publicRanges.s3)
  if (plan.gateways.dynamodb) allowed.push(publicRanges.dynamodb)
  return [
    ...allowed.map((far): Filter => ({ direction: 'out', far, verb: 'accept', why: 'routed' })),
    { direction: 'out', far: '0.0.0.0/0', verb: 'drop', why: 'no route: a closed VPC' },
  ]
}
