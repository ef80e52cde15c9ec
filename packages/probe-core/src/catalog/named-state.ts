// Targets whose state the control plane tells (`rds:orders`, `ec2:i-…:22`, `ecs:web/api`), read back from their words, and the
// permissions that asking for it needs. Pure: nothing is asked here.

import type { PlannedTarget } from '../model/target.ts'

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

export interface StatePermission {
  /** As IAM writes it. */
  readonly action: string
  /** An ARN, or `*` where the action knows no resources. */
  readonly resource: string
  /** `confirm`: asked only where a finding asks for it. */
  readonly phase: 'read' | 'confirm'
}

export interface StatePlace {
  readonly partition: string
  readonly region: string
  /** Where it is not known, the ARN holds a `*` in its place. */
  readonly account?: string
}

/**
 * What a run needs for a target of these kinds; empty for any other.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function statePermissionsOf(
  target: Pick<PlannedTarget, 'id' | 'resource'>,
  { partition, region, account = '*' }: StatePlace,
): readonly StatePermission[] {
  const named = findNamedState(target)
  const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${account}:${rest}`
  const read = (action: string, resource = '*'): StatePermission => ({ action, resource, phase: 'read' })
  const confirm = (action: string, resource = '*'): StatePermission => ({ action, resource, phase: 'confirm' })
  switch (named?.of) {
    case 'database':
      return [
        read('rds:DescribeDBInstances', arn('rds', `db:${named.id}`)),
        // Asked only where no instance has the name.
        read('rds:DescribeDBClusters', arn('rds', `cluster:${named.id}`)),
        confirm('rds:DescribePendingMaintenanceActions'),
      ]
    case 'instance':
      return [read('ec2:DescribeInstances'), read('ec2:DescribeInstanceStatus'), ...groupQuestions.map(action => confirm(action))]
    case 'container-service':
      return [
        read('ecs:DescribeServices', arn('ecs', `service/${named.cluster}/${named.service}`)),
        confirm('ecs:ListTasks'),
        confirm('ecs:DescribeTasks', arn('ecs', `task/${named.cluster}/*`)),
        ...scalingQuestions.map(action => confirm(action)),
      ]
    default:
      return []
  }
}

/** What a private host that is silent or refuses is matched by: its network interface, and the state of whatever that is. */
export const hostStatePermissions: readonly StatePermission[] = [
  { action: 'ec2:DescribeNetworkInterfaces', resource: '*', phase: 'confirm' },
  { action: 'ec2:DescribeInstances', resource: '*', phase: 'confirm' },
  { action: 'rds:DescribeDBInstances', resource: '*', phase: 'confirm' },
  { action: 'rds:DescribeDBClusters', resource: '*', phase: 'confirm' },
]

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
