// The ECS task's metadata, version 4: launch type, zone, and the subnet of a task with an interface of its own.

import { findRecord, isRecord } from '../../model/json.ts'
import type { VantageCheck } from '../../model/vantage.ts'
import type { ProbeContext } from '../context.ts'
import { askLinkLocal } from './ask.ts'
import { toCheck } from './check.ts'

export interface EcsTask {
  readonly checks: readonly VantageCheck[]
  /** FARGATE, EC2, EXTERNAL. */
  readonly launchType?: string
  readonly taskArn?: string
  readonly region?: string
  readonly availabilityZone?: string
  readonly vpc?: string
  readonly subnetCidr?: string
  /** The task has its own ENI (awsvpc), so the instance's metadata speaks of another one. */
  readonly ownInterface?: boolean
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-response.html */
export async function probeEcsTask(env: NodeJS.ProcessEnv, context: ProbeContext): Promise<EcsTask> {
  const base = env.ECS_CONTAINER_METADATA_URI_V4
  if (!base) return { checks: [] }
  if (!URL.canParse(base) || !base.startsWith('http:')) {
    const seen = { problem: 'ECS_CONTAINER_METADATA_URI_V4 is not an http URL' }
    return { checks: [{ check: 'ecs-metadata', address: '', outcome: 'skipped', because: 'not-asked', seen }] }
  }
  const startMs = context.clock.sinceStartMs()
  const answer = await askLinkLocal({ url: `${base.replace(/\/+$/, '')}/task`, maxBytes: 1024 * 1024 }, context)
  const check = toCheck('ecs-metadata', new URL(base).host, answer, startMs, context.clock)
  if (answer.outcome !== 'answered') return { checks: [check] }
  const task = findRecord(answer.body)
  if (task === undefined) return { checks: [{ ...check, outcome: 'rejected', code: 'not-json' }] }
  return { checks: [check], ...readTask(task) }
}

function readTask(task: Record<string, unknown>): Omit<EcsTask, 'checks'> {
  const launchType = word(task.LaunchType)
  const taskArn = word(task.TaskARN)
  const availabilityZone = word(task.AvailabilityZone)
  const vpc = word(task.VPCID)
  const region = regionOfArn(taskArn) ?? /^([a-z]{2,}(?:-[a-z]+)+-\d)[a-z]$/.exec(availabilityZone ?? '')?.[1]
  const networks = records(task.Containers).flatMap(container => records(container.Networks))
  const own = networks.find(network => network.NetworkMode === 'awsvpc')
  const subnetCidr = word(own?.IPv4SubnetCIDRBlock)
  return {
    ...(launchType && { launchType }),
    ...(taskArn && { taskArn }),
    ...(region && { region }),
    ...(availabilityZone && { availabilityZone }),
    ...(vpc && { vpc }),
    ...(subnetCidr && { subnetCidr }),
    ...(own && { ownInterface: true }),
  }
}

function regionOfArn(arn: string | undefined): string | undefined {
  return /^arn:aws[a-z-]*:ecs:([a-z0-9-]+):/.exec(arn ?? '')?.[1]
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:/@+=,-]{1,300}$/.test(value) ? value : undefined
}
