// Groups, bounds, scheduled actions and activities as the two Auto Scaling APIs describe them. Pure but for the calendar.

import type { ScalingActivityFacts, ScalingGroupFacts, ScheduleFacts } from '../../model/control-plane.ts'
import { type Body, numberOf, recordsOf } from '../read-body.ts'
import { findTimes } from './schedule-times.ts'
import { recordOf, timeOf, told, wordsOf } from './words.ts'

const mostActivities = 20
const mostSchedules = 50

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AutoScalingGroup.html */
export function readScalingGroups(body: Body): readonly ScalingGroupFacts[] {
  return recordsOf(body.AutoScalingGroups).flatMap(group => {
    const name = wordsOf(group.AutoScalingGroupName)
    const [min, max, desired] = [group.MinSize, group.MaxSize, group.DesiredCapacity].map(numberOf)
    if (name === undefined || min === undefined || max === undefined || desired === undefined) return []
    const inService = recordsOf(group.Instances).filter(instance => instance.LifecycleState === 'InService').length
    const suspended = recordsOf(group.SuspendedProcesses).flatMap(process => wordsOf(process.ProcessName, 64) ?? [])
    return [{ name, min, max, desired, inService, ...(suspended.length > 0 && { suspended }) }]
  })
}

/** EC2 Auto Scaling's, at `nowMs`. */
export function readGroupSchedules(body: Body, nowMs: number): Promise<readonly ScheduleFacts[]> {
  return schedulesOf(
    recordsOf(body.ScheduledUpdateGroupActions).map(action => ({
      name: wordsOf(action.ScheduledActionName),
      actsOn: `auto-scaling-group:${wordsOf(action.AutoScalingGroupName) ?? ''}`,
      from: 'autoscaling',
      expression: wordsOf(action.Recurrence),
      timeZone: wordsOf(action.TimeZone, 64),
      begins: timeOf(action.StartTime ?? action.Time),
      madeAt: undefined,
      ends: timeOf(action.EndTime),
      min: numberOf(action.MinSize),
      max: numberOf(action.MaxSize),
      desired: numberOf(action.DesiredCapacity),
    })),
    nowMs,
  )
}

/** Application Auto Scaling's, at `nowMs`. */
export function readTargetSchedules(body: Body, nowMs: number): Promise<readonly ScheduleFacts[]> {
  return schedulesOf(
    recordsOf(body.ScheduledActions).map(action => ({
      name: wordsOf(action.ScheduledActionName),
      actsOn: `ecs:${wordsOf(action.ResourceId) ?? ''}`,
      from: 'application-autoscaling',
      expression: wordsOf(action.Schedule),
      timeZone: wordsOf(action.Timezone, 64),
      begins: timeOf(action.StartTime),
      madeAt: timeOf(action.CreationTime),
      ends: timeOf(action.EndTime),
      min: numberOf(recordOf(action.ScalableTargetAction).MinCapacity),
      max: numberOf(recordOf(action.ScalableTargetAction).MaxCapacity),
      desired: undefined,
    })),
    nowMs,
  )
}

interface ReadSchedule {
  readonly name: string | undefined
  readonly actsOn: string
  readonly from: string
  readonly expression: string | undefined
  readonly timeZone: string | undefined
  readonly begins: string | undefined
  readonly madeAt: string | undefined
  readonly ends: string | undefined
  readonly min: number | undefined
  readonly max: number | undefined
  readonly desired: number | undefined
}

async function schedulesOf(schedules: readonly ReadSchedule[], nowMs: number): Promise<readonly ScheduleFacts[]> {
  return Promise.all(
    schedules.slice(0, mostSchedules).flatMap(({ name, begins, madeAt, ends, ...facts }) => {
      if (name === undefined) return []
      const { expression, timeZone } = facts
      const schedule = { expression, timeZone, from: begins, madeAt, until: ends }
      return [
        findTimes(schedule, nowMs).then(times =>
          told<ScheduleFacts>({
            name,
            ...facts,
            nextAt: times.nextAt,
            lastAt: times.lastAt,
          }),
        ),
      ]
    }),
  )
}

/** Changes of a capacity by either API, the last one first. `of`: as `ScheduleFacts.actsOn`. */
export function readActivities(body: Body, of: string): readonly ScalingActivityFacts[] {
  return recordsOf(body.Activities ?? body.ScalingActivities)
    .flatMap(activity => {
      const at = timeOf(activity.StartTime)
      const description = wordsOf(activity.Description, 300)
      const cause = wordsOf(activity.Cause, 600)
      const says = wordsOf([description, cause].filter(part => part !== undefined).join('; '), 700)
      if (at === undefined || says === undefined) return []
      const bySchedule = /\bscheduled action\b/i.test(says)
      // One that failed, or that another overtook, changed nothing that is known.
      const isDone = !/^(?:failed|cancelled|unfulfilled|overridden)$/i.test(wordsOf(activity.StatusCode, 64) ?? '')
      const toZero =
        isDone &&
        /\b(?:(?:desired(?: count| capacity)?|max(?:imum)? capacity)(?: from \d+)?(?: was set)? to 0\b|desired: 0\b)|from \d+ to 0\b/i.test(
          says,
        )
      const toMore =
        !toZero &&
        isDone &&
        /\b(?:desired(?: count| capacity)?|min(?:imum)? capacity)(?: from \d+)?(?: was set)? to [1-9]|desired: [1-9]|from \d+ to [1-9]/i.test(
          says,
        )
      return [
        told<ScalingActivityFacts>({
          of,
          at,
          says,
          bySchedule: bySchedule || undefined,
          schedule: /scheduled action name (\S+) was triggered/i.exec(says)?.[1],
          toZero: toZero || undefined,
          toMore: toMore || undefined,
        }),
      ]
    })
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, mostActivities)
}

/** The bounds of one service's desired count. */
export function readBounds(body: Body, resource: string): { readonly min?: number; readonly max?: number } {
  const found = recordsOf(body.ScalableTargets).find(target => target.ResourceId === resource)
  return told<{ min?: number; max?: number }>({ min: numberOf(found?.MinCapacity), max: numberOf(found?.MaxCapacity) })
}
