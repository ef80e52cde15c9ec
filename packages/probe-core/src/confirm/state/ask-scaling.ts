// Asks why a service runs no task, and what scales a service or a group: bounds, schedules, and who changed it last.

import type { ContainerServiceFacts, InstanceFacts } from '../../model/control-plane.ts'
import type { Gathered } from './gather.ts'
import { readStoppedTasks, readTaskArns } from './read-container-services.ts'
import { readActivities, readBounds, readGroupSchedules, readScalingGroups, readTargetSchedules } from './read-scaling.ts'

/** ECS keeps stopped tasks for about an hour: an empty list does not say that none ever failed. */
export async function askStoppedTasks(service: ContainerServiceFacts, told: Gathered): Promise<void> {
  const { cluster } = service
  const about = [`${cluster}/${service.service}`]
  const listed = await told.ask({
    service: 'ecs',
    operation: 'ListTasks',
    input: { cluster, serviceName: service.service, desiredStatus: 'STOPPED', maxResults: 10 },
    about,
  })
  const tasks = listed === undefined ? [] : readTaskArns(listed)
  if (tasks.length === 0) return
  const body = await told.ask({ service: 'ecs', operation: 'DescribeTasks', input: { cluster, tasks }, about })
  if (body !== undefined) told.add({ containerServices: [{ ...service, stopped: readStoppedTasks(body) }] })
}

/** @see https://docs.aws.amazon.com/autoscaling/application/APIReference/Welcome.html */
export async function askServiceScaling(service: ContainerServiceFacts, told: Gathered, nowMs: number): Promise<void> {
  const resource = `service/${service.cluster}/${service.service}`
  const about = [resource]
  const of = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' }
  const api = { service: 'application-autoscaling', about } as const
  const [targets, schedules, activities] = await Promise.all([
    told.ask({ ...api, operation: 'DescribeScalableTargets', input: { ...of, ResourceIds: [resource] } }),
    told.ask({ ...api, operation: 'DescribeScheduledActions', input: { ...of, ResourceId: resource } }),
    told.ask({ ...api, operation: 'DescribeScalingActivities', input: { ...of, ResourceId: resource, MaxResults: 20 } }),
  ])
  const bounds = targets === undefined ? {} : readBounds(targets, resource)
  if (bounds.max !== undefined) told.add({ containerServices: [{ ...service, ...bounds }] })
  if (schedules !== undefined) told.add({ schedules: await readTargetSchedules(schedules, nowMs) })
  if (activities !== undefined) told.add({ activities: readActivities(activities, `ecs:${resource}`) })
}

/** The groups of instances that are not running. */
export async function askGroups(instances: readonly InstanceFacts[], told: Gathered, nowMs: number): Promise<void> {
  const down = instances.filter(({ state }) => state !== 'running')
  const names = [...new Set(down.flatMap(({ scalingGroup }) => scalingGroup ?? []))].slice(0, 10)
  await Promise.all(names.map(name => askGroup(name, told, nowMs)))
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html */
async function askGroup(name: string, told: Gathered, nowMs: number): Promise<void> {
  const api = { service: 'autoscaling', about: [name] } as const
  const [groups, schedules, activities] = await Promise.all([
    told.ask({ ...api, operation: 'DescribeAutoScalingGroups', input: { 'AutoScalingGroupNames.member.1': name } }),
    told.ask({ ...api, operation: 'DescribeScheduledActions', input: { AutoScalingGroupName: name } }),
    told.ask({ ...api, operation: 'DescribeScalingActivities', input: { AutoScalingGroupName: name, MaxRecords: 20 } }),
  ])
  if (groups !== undefined) told.add({ groups: readScalingGroups(groups).filter(group => group.name === name) })
  if (schedules !== undefined) told.add({ schedules: await readGroupSchedules(schedules, nowMs) })
  if (activities !== undefined) told.add({ activities: readActivities(activities, `auto-scaling-group:${name}`) })
}
