// What the control plane told about the thing behind a target: the resource the user named, or whatever holds the addresses of
// a plain host. Facts only; what a state means for reaching it is told by its kind.

import { findNamedState } from '../../catalog/index.ts'
import type {
  ContainerServiceFacts,
  DatabaseFacts,
  InstanceFacts,
  InterfaceFacts,
  ScalingActivityFacts,
  ScalingGroupFacts,
  ScheduleFacts,
} from '../../model/control-plane.ts'
import type { NetworkView, TargetView } from '../view.ts'

/** `isSure`: it is this very thing, and not one in another network that happens to have the same address. */
export type Found =
  | { readonly of: 'instance'; readonly instance: InstanceFacts; readonly isSure: boolean }
  | { readonly of: 'database'; readonly database: DatabaseFacts; readonly isSure: boolean }
  | { readonly of: 'service'; readonly service: ContainerServiceFacts; readonly isSure: boolean }
  | { readonly of: 'interface'; readonly address: string; readonly held: InterfaceFacts; readonly isSure: boolean }

/** One entry for each thing behind the target; empty where nothing was told, or not about all of its addresses. */
export function foundBehind(target: TargetView): readonly Found[] {
  const told = target.network.report.controlPlane
  if (told === undefined) return []
  const named = findNamedState(target.target)
  if (named?.of === 'instance') {
    const instance = told.instances?.find(each => each.id === named.id)
    return instance === undefined ? [] : [{ of: 'instance', instance, isSure: true }]
  }
  if (named?.of === 'database') {
    const database = told.databases?.find(each => each.id.toLowerCase() === named.id)
    return database === undefined ? [] : [{ of: 'database', database, isSure: true }]
  }
  if (named?.of === 'container-service') {
    const service = told.containerServices?.find(each => each.cluster === named.cluster && each.service === named.service)
    return service === undefined ? [] : [{ of: 'service', service, isSure: true }]
  }
  if (target.isApi) return []
  const database = databaseOf(target)
  if (database !== undefined) return [{ of: 'database', database, isSure: true }]
  const behind = target.addresses.map(({ address }) => behindAddress(address, target.network))
  const known = behind.filter(each => each !== undefined)
  return known.length < behind.length ? [] : known
}

/** The names that lead to the target are those of one database. */
function databaseOf(target: TargetView): DatabaseFacts | undefined {
  const names = namesOf(target)
  return target.network.report.controlPlane?.databases?.find(({ host, otherHosts = [] }) =>
    [host, ...otherHosts].some(each => each !== undefined && names.includes(each.toLowerCase())),
  )
}

/** The host, and every name that DNS led it through. */
function namesOf(target: TargetView): readonly string[] {
  const dns = target.dns
  const cnames = dns?.outcome === 'answered' ? (dns.seen.cnames ?? []) : []
  return [target.target.host, ...cnames].map(name => name.toLowerCase().replace(/\.$/, ''))
}

function behindAddress(address: string, network: NetworkView): Found | undefined {
  const told = network.report.controlPlane
  const holding = told?.interfaces?.filter(each => each.addresses.includes(address)) ?? []
  const ownVpc = network.vantage.network.vpc
  // Two VPCs may give out the same address: only what stands in our own is what our packets meet.
  const held = holding.find(each => each.vpc === ownVpc) ?? (ownVpc === null && holding.length === 1 ? holding[0] : undefined)
  if (held === undefined) return undefined
  const isSure = held.vpc === ownVpc
  const instance = held.instance === undefined ? undefined : told?.instances?.find(each => each.id === held.instance)
  if (instance !== undefined) return { of: 'instance', instance, isSure }
  return { of: 'interface', address, held, isSure }
}

/** EC2 was asked who holds this address of our VPC, and knows nobody. */
export function isHeldByNobody(address: string, network: NetworkView): boolean {
  const told = network.report.controlPlane
  const { vpc, vpcCidrs } = network.vantage.network
  if (vpc === null || vpcCidrs === null || !vpcCidrs.some(cidr => network.known.isInside(address, cidr))) return false
  const asked = told?.asked.some(
    call => call.action === 'ec2:DescribeNetworkInterfaces' && call.outcome === 'answered' && call.about?.includes(address),
  )
  return asked === true && told?.interfaces !== undefined && !told.interfaces.some(each => each.addresses.includes(address))
}

/** What an interface is for, in a word of ours; `instance` where one has it. */
type Owner = 'instance' | 'database' | 'load-balancer' | 'task' | 'endpoint' | 'function' | 'file-system' | 'unknown'

export function ownerOf({ type, description = '', requester, instance }: InterfaceFacts): Owner {
  if (instance !== undefined) return 'instance'
  if (requester === 'amazon-rds' || description === 'RDSNetworkInterface') return 'database'
  if (/load_balancer$/.test(type ?? '') || requester === 'amazon-elb' || description.startsWith('ELB ')) return 'load-balancer'
  if (/^arn:[\w-]+:ecs:[^ ]+:attachment\//.test(description)) return 'task'
  if (/vpc_endpoint|gateway_load_balancer_endpoint/.test(type ?? '')) return 'endpoint'
  if (type === 'lambda') return 'function'
  return type === 'efs' || description.startsWith('EFS mount target') ? 'file-system' : 'unknown'
}

/** How near to serving a state is. `gone`: it does not exist any more; `unclear`: the word does not tell. */
type Running = 'up' | 'unclear' | 'on-its-way' | 'impaired' | 'stopped' | 'gone'

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html */
export function runningOfInstance({ state, statusChecks }: InstanceFacts): Running {
  if (state === 'stopped') return 'stopped'
  if (state === 'terminated' || state === 'shutting-down') return 'gone'
  if (state !== 'running') return 'on-its-way'
  return statusChecks === undefined || statusChecks === 'ok' ? 'up' : 'impaired'
}

/** Statuses in which RDS says, or its own work implies, that a database takes no connections for now. */
const unavailableNow = new Set(
  'stopping starting creating deleting rebooting maintenance upgrading renaming migrating failing-over moving-to-vpc converting-to-vpc restoring resetting-master-credentials promoting'.split(
    ' ',
  ),
)
const available =
  /^(?:available|backing-up|backtracking|configuring-[a-z-]+|storage-optimization|storage-initialization|delete-precheck)$/
/** Statuses that do not pass by themselves. */
const broken =
  /^(?:failed|storage-full|restore-error|insufficient-capacity|inaccessible-|incompatible-|cloning-failed|migration-failed)/

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html#Overview.DBInstance.Status */
export function runningOfDatabase({ status }: DatabaseFacts): Running {
  if (status === 'stopped') return 'stopped'
  if (broken.test(status)) return 'impaired'
  if (unavailableNow.has(status)) return 'on-its-way'
  return available.test(status) ? 'up' : 'unclear'
}

export function runningOfService({ status, running }: ContainerServiceFacts): Running {
  // A service is DRAINING while it is being deleted, and INACTIVE after that.
  if (status === 'MISSING' || status === 'INACTIVE' || (status === 'DRAINING' && running === 0)) return 'gone'
  return running > 0 ? 'up' : 'stopped'
}

function runningOf(found: Found): Running {
  switch (found.of) {
    case 'instance':
      return runningOfInstance(found.instance)
    case 'database':
      return runningOfDatabase(found.database)
    case 'service':
      return runningOfService(found.service)
    default:
      return 'up'
  }
}

/** The API was reached and says that what the user named does not run; where the resource has a host, that host decides. */
export function isSaidToBeDown(target: TargetView): boolean {
  const isAtApi = target.target.service !== null && target.target.kind === 'resource'
  if (!isAtApi || findNamedState(target.target) === undefined) return false
  return foundBehind(target).some(found => !['up', 'unclear'].includes(runningOf(found)))
}

export interface Scaling {
  /** As `ScheduleFacts.actsOn`. */
  readonly of: string
  readonly group?: ScalingGroupFacts
  readonly service?: ContainerServiceFacts
  readonly schedules: readonly ScheduleFacts[]
  readonly activities: readonly ScalingActivityFacts[]
}

/** What scales the one thing behind the target; undefined where nothing does. */
export function scalingOf(target: TargetView): Scaling | undefined {
  const told = target.network.report.controlPlane
  const [found, ...others] = foundBehind(target)
  if (told === undefined || found === undefined || others.length > 0) return undefined
  const by = (of: string) => ({
    of,
    schedules: told.schedules?.filter(each => each.actsOn === of) ?? [],
    activities: told.activities?.filter(each => each.of === of) ?? [],
  })
  if (found.of === 'service') {
    const { service } = found
    return { ...by(`ecs:service/${service.cluster}/${service.service}`), service }
  }
  const name = found.of === 'instance' ? found.instance.scalingGroup : undefined
  const group = name === undefined ? undefined : told.groups?.find(each => each.name === name)
  return group && { ...by(`auto-scaling-group:${group.name}`), group }
}

/** Nothing is wanted to run: by the group's desired capacity, or by the service's desired count. */
export function isAtZero({ group, service }: Scaling): boolean {
  if (group !== undefined) return group.desired === 0
  if (service === undefined || runningOfService(service) === 'gone') return false
  return service.desired === 0 && service.running === 0 && service.isDaemon !== true
}

/** A scheduled action that set it to zero, by AWS's own record; a schedule that was due is no proof that it acted. */
export function zeroedBy({ activities, service }: Scaling): ScalingActivityFacts | undefined {
  const last = [...activities].sort((a, b) => b.at.localeCompare(a.at))
  const zero = last.find(activity => activity.toZero === true || activity.toMore === true)
  if (zero?.toZero !== true) return undefined
  // Tasks that were started after it: somebody wanted some again, and what ended that is on no record.
  if (service?.events.some(({ at, says }) => at !== undefined && at > zero.at && /\bhas started \d+ tasks?\b/.test(says)))
    return undefined
  // The bounds are set first, in an activity of their own, and the count follows.
  const near = last.filter(activity => activity.bySchedule === true && activity.toZero === true)
  return near.find(activity => Math.abs(Date.parse(zero.at) - Date.parse(activity.at)) <= 15 * 60_000)
}
