// Container services and stopped tasks as ECS describes them. Pure. Why a task stopped is kept in ECS's own words.

import type { ContainerServiceFacts } from '../../model/control-plane.ts'
import { type Body, numberOf, recordsOf, textsOf } from '../read-body.ts'
import { timeOf, told, wordsOf } from './words.ts'

type StoppedTask = NonNullable<ContainerServiceFacts['stopped']>[number]

const mostEvents = 5
const mostTasks = 10
const longestReason = 600

/**
 * The service that was asked for; undefined where the answer does not speak of it.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
 */
export function readContainerService(
  body: Body,
  { cluster, service }: { readonly cluster: string; readonly service: string },
): ContainerServiceFacts | undefined {
  const name = { cluster, service }
  const found = recordsOf(body.services).find(each => each.serviceName === service)
  if (found === undefined) {
    const failed = recordsOf(body.failures).some(each => each.reason === 'MISSING')
    return failed ? { ...name, status: 'MISSING', desired: 0, running: 0, pending: 0, events: [] } : undefined
  }
  const [desired, running, pending] = [found.desiredCount, found.runningCount, found.pendingCount].map(countOf)
  if (desired === undefined || running === undefined) return undefined
  const isDaemon = found.schedulingStrategy === 'DAEMON'
  return {
    ...name,
    status: wordsOf(found.status, 32) ?? 'unknown',
    ...(isDaemon && { isDaemon }),
    desired,
    running,
    pending: pending ?? 0,
    events: recordsOf(found.events)
      .flatMap(event => {
        const says = wordsOf(event.message, longestReason)
        return says === undefined ? [] : [told<{ says: string; at?: string }>({ at: timeOf(event.createdAt), says })]
      })
      .slice(0, mostEvents),
  }
}

export function readTaskArns(body: Body): readonly string[] {
  return textsOf(body.taskArns)
    .filter(arn => /^arn:[\w:/.-]{10,300}$/.test(arn))
    .slice(0, mostTasks)
}

/**
 * Stopped tasks, the last one first. A container's own reason says more than the task's.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function readStoppedTasks(body: Body): readonly StoppedTask[] {
  return recordsOf(body.tasks)
    .flatMap(task => {
      const arn = wordsOf(task.taskArn, 300)
      const ofContainers = recordsOf(task.containers).flatMap(container => {
        const reason = wordsOf(container.reason, longestReason)
        const exit = countOf(container.exitCode)
        const name = wordsOf(container.name, 64) ?? 'a container'
        if (reason !== undefined) return [reason]
        return exit === undefined || exit === 0 ? [] : [`${name} exited with ${exit}`]
      })
      const ofTask = wordsOf(task.stoppedReason, longestReason)
      const reasons = [...new Set([ofTask, ...ofContainers].filter(reason => reason !== undefined))]
      const reason = wordsOf(reasons.join('; '), longestReason)
      if (arn === undefined || reason === undefined) return []
      const at = timeOf(task.stoppedAt ?? task.stoppingAt)
      return [told<StoppedTask>({ task: arn.split('/').at(-1) ?? arn, code: wordsOf(task.stopCode, 64), reason, at })]
    })
    .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''))
    .slice(0, mostTasks)
}

function countOf(value: unknown): number | undefined {
  const count = numberOf(value)
  return count !== undefined && Number.isInteger(count) && count >= 0 ? count : undefined
}
