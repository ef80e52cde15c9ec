// Targets whose state the control plane tells (`rds:orders`, `ec2:i-…:22`, `ecs:web/api`), read back from their words, and the
// permissions that asking for it needs. Pure: nothing is asked here.

import type { PlannedTarget } from '../model/target.ts'
import { readHost } from './host-names.ts'

export type NamedState =
  | { readonly of: 'instance'; readonly id: string; readonly port?: number }
  | { readonly of: 'database'; readonly id: string }
  | { readonly of: 'container-service'; readonly cluster: string; readonly service: string }

/** Undefined for every other target. A target keeps its id and resource when the host that the API told takes its place. */
export function findNamedState({ id, resource }: Pick<PlannedTarget, 'id' | 'resource'>): NamedState | undefined {
  if (resource === undefined) return undefined
  if (id.startsWith('rds:')) return { of: 'database', id: resource.toLowerCase() } // as RDS keeps it
  if (id.startsWith('ec2:')) {
    const [instance = '', port] = resource.split(':')
    return { of: 'instance', id: instance, ...(port === undefined ? {} : { port: Number(port) }) }
  }
  if (!id.startsWith('ecs:')) return undefined
  const [cluster = '', service = ''] = resource.split('/')
  return { of: 'container-service', cluster, service }
}

/**
 * What holds its addresses is what the target is: a machine or a database of the user's. Not so for an API of AWS, whose addresses
 * are an endpoint's, nor for what the user named by its id.
 */
export function isPlainHost(target: Pick<PlannedTarget, 'id' | 'resource' | 'kind' | 'service' | 'host'>): boolean {
  if (findNamedState(target) !== undefined) return false
  if (target.kind === 'tcp') return true
  // Of an API whose region nobody knows, the name is not known either.
  if (target.host === '') return target.service === null
  const identity = readHost(target.host)
  return identity === undefined || (target.service === null && identity.isEndpointSpecific !== true)
}

const groupQuestions = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeScheduledActions',
  'autoscaling:DescribeScalingActivities',
] as const

const scalingQuestions = [
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScheduledActions',
  'application-autoscaling:DescribeScalingActivities',
] as const

/** Every question that is asked of a state, as IAM writes it. The compiler refuses to ask another one. */
export type StateAction =
  | 'rds:DescribeDBInstances'
  | 'rds:DescribeDBClusters'
  | 'rds:DescribePendingMaintenanceActions'
  | 'ec2:DescribeInstances'
  | 'ec2:DescribeInstanceStatus'
  | 'ecs:DescribeServices'
  | 'ecs:ListTasks'
  | 'ecs:DescribeTasks'
  | (typeof groupQuestions)[number]
  | (typeof scalingQuestions)[number]

interface StatePermission {
  readonly action: StateAction
  /** An ARN, or `*` where the action knows no resources. */
  readonly resource: string
  /** `confirm`: asked only where a finding asks for it. */
  readonly phase: 'read' | 'confirm'
}

interface StatePlace {
  readonly partition: string
  readonly region: string
  /** Where it is not known, the ARN holds a `*` in its place. */
  readonly account?: string
}

const read = (action: StateAction, resource = '*'): StatePermission => ({ action, resource, phase: 'read' })
const confirm = (action: StateAction, resource = '*'): StatePermission => ({ action, resource, phase: 'confirm' })

/**
 * What a run needs for a target of these kinds; empty for any other.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function statePermissionsOf(
  target: Pick<PlannedTarget, 'id' | 'resource'>,
  place: StatePlace,
): readonly StatePermission[] {
  const named = findNamedState(target)
  switch (named?.of) {
    case 'database': {
      const asInstance = arnOf(place, 'rds', `db:${named.id}`)
      const asCluster = arnOf(place, 'rds', `cluster:${named.id}`)
      return [
        read('rds:DescribeDBInstances', asInstance),
        // Asked only where no instance has the name.
        read('rds:DescribeDBClusters', asCluster),
        confirm('rds:DescribePendingMaintenanceActions', asInstance),
        confirm('rds:DescribePendingMaintenanceActions', asCluster),
      ]
    }
    case 'instance':
      return [read('ec2:DescribeInstances'), read('ec2:DescribeInstanceStatus'), ...groupQuestions.map(action => confirm(action))]
    case 'container-service':
      return [
        read('ecs:DescribeServices', arnOf(place, 'ecs', `service/${named.cluster}/${named.service}`)),
        confirm('ecs:ListTasks'),
        confirm('ecs:DescribeTasks', arnOf(place, 'ecs', `task/${named.cluster}/*`)),
        ...scalingQuestions.map(action => confirm(action)),
      ]
    default:
      return []
  }
}

/** What may hold an address that is silent or refuses, once its network interface is known: an instance, and what scales it. */
export const holderPermissions: readonly StatePermission[] = [
  confirm('ec2:DescribeInstances'),
  confirm('ec2:DescribeInstanceStatus'),
  ...groupQuestions.map(action => confirm(action)),
]

/** What a host whose name is a database's, or may lead to one, is asked about. Without an id: any of this place. */
export function databasePermissions(
  place: StatePlace,
  { id = '*', isCluster }: { readonly id?: string | undefined; readonly isCluster: boolean },
): readonly StatePermission[] {
  const resource = arnOf(place, 'rds', `${isCluster ? 'cluster' : 'db'}:${id}`)
  const action = isCluster ? 'rds:DescribeDBClusters' : 'rds:DescribeDBInstances'
  return [confirm(action, resource), confirm('rds:DescribePendingMaintenanceActions', resource)]
}

function arnOf({ partition, region, account = '*' }: StatePlace, service: string, rest: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${rest}`
}
