// Sentences of proof about states: each says what one API told of one thing.

import type { DatabaseFacts, InstanceFacts, ScheduleFacts } from '../../model/control-plane.ts'
import type { Evidence } from '../../model/finding.ts'
import { list } from '../facts.ts'
import { says } from '../rule.ts'
import type { TargetView } from '../view.ts'
import { endpointsBehind } from './endpoints-behind.ts'
import {
  type Found,
  foundBehind,
  ownerOf,
  runningOfDatabase,
  runningOfInstance,
  type Scaling,
  scalingOf,
  zeroedBy,
} from './found.ts'

function sayInstance(target: TargetView, { id, state, stateReason, statusChecks }: InstanceFacts): Evidence {
  if (state === 'running' && statusChecks !== undefined && statusChecks !== 'ok')
    return says(target, 'aws', 'state.instanceImpaired', { id, checks: statusChecks })
  return stateReason === undefined || state === 'running'
    ? says(target, 'aws', 'state.instance', { id, state })
    : says(target, 'aws', 'state.instanceBecause', { id, state, reason: stateReason })
}

export function sayDatabase(target: TargetView, { id, isCluster, status }: DatabaseFacts): Evidence {
  return says(target, 'aws', isCluster ? 'state.databaseCluster' : 'state.database', { id, status })
}

/** What else RDS told that bears on when it will serve again. */
export function sayOfDatabase(target: TargetView, database: DatabaseFacts): readonly Evidence[] {
  const { id, startsAgainAt, pendingMaintenance = [], maintenanceWindow } = database
  const isDown = runningOfDatabase(database) !== 'up'
  return [
    ...(startsAgainAt !== undefined && database.status === 'stopped'
      ? [says(target, 'aws', 'state.databaseStartsAgain', { id, at: startsAgainAt })]
      : []),
    ...(isDown && pendingMaintenance.length > 0
      ? [says(target, 'aws', 'state.databasePending', { id, what: list(pendingMaintenance, 2) })]
      : []),
    ...(database.status === 'maintenance' && maintenanceWindow !== undefined
      ? [says(target, 'aws', 'state.databaseWindow', { id, window: maintenanceWindow })]
      : []),
  ]
}

/** What is behind the target, in one sentence. */
export function sayFound(target: TargetView, found: Found): Evidence {
  switch (found.of) {
    case 'instance':
      return sayInstance(target, found.instance)
    case 'database':
      return sayDatabase(target, found.database)
    case 'service': {
      const { cluster, service, status, desired, running, pending } = found.service
      const name = `${cluster}/${service}`
      return status === 'ACTIVE'
        ? says(target, 'aws', 'state.service', { name, desired, running, pending })
        : says(target, 'aws', 'state.serviceStatus', { name, status })
    }
    case 'interface': {
      const { address, held } = found
      const owner = ownerOf(held)
      if (owner === 'unknown')
        return says(target, 'aws', 'state.interface', { address, id: held.id, description: held.description ?? held.type ?? '-' })
      return says(target, 'aws', `state.interfaceOf.${owner}`, { address, id: held.id, description: held.description ?? '-' })
    }
  }
}

/** Why no task runs, in ECS's own words, and where that leads. */
export function sayOfService(target: TargetView): readonly Evidence[] {
  const found = foundBehind(target).find(each => each.of === 'service')
  if (found === undefined) return []
  const { events, stopped = [] } = found.service
  const [event] = events
  const [task] = stopped
  const services = endpointsBehind(found.service)
  return [
    ...(event ? [says(target, 'aws', 'state.serviceEvent', { text: event.says, at: event.at ?? '-' })] : []),
    ...(task
      ? [says(target, 'aws', 'state.taskStopped', { code: task.code ?? '-', reason: task.reason, at: task.at ?? '-' })]
      : []),
    ...(services.length > 0 ? [says(target, 'aws', 'state.taskNeeds', { services: services.join(', ') })] : []),
  ]
}

export function sayScaling(target: TargetView, { group, service }: Scaling): Evidence | undefined {
  if (group !== undefined) {
    const { name, min, max, desired, inService } = group
    return says(target, 'aws', 'state.group', { name, min, max, desired, inService })
  }
  if (service === undefined) return undefined
  const { cluster, desired, running, min, max } = service
  const name = `${cluster}/${service.service}`
  return min === undefined || max === undefined
    ? says(target, 'aws', 'state.serviceAtZero', { name, desired, running })
    : says(target, 'aws', 'state.serviceAtZeroWithin', { name, desired, running, min, max })
}

/** The schedules of the thing: the one to zero that was due last, and the next change. */
export function saySchedules(target: TargetView, scaling: Scaling): readonly Evidence[] {
  const last = lastToZero(scaling)
  const next = nextChange(scaling)
  return [
    ...(last?.lastAt === undefined ? [] : [says(target, 'aws', 'state.scheduleDue', { ...partsOf(last), at: last.lastAt })]),
    ...(next?.nextAt === undefined ? [] : [says(target, 'aws', 'state.scheduleNext', { ...partsOf(next), at: next.nextAt })]),
  ]
}

export function sayZeroedBy(target: TargetView): Evidence | undefined {
  const scaling = scalingOf(target)
  const activity = scaling && zeroedBy(scaling)
  return activity && says(target, 'aws', 'state.zeroedBySchedule', { at: activity.at, text: activity.says })
}

export function nextChange({ schedules }: Scaling): ScheduleFacts | undefined {
  return schedules
    .filter(schedule => schedule.nextAt !== undefined)
    .sort((a, b) => (a.nextAt ?? '').localeCompare(b.nextAt ?? ''))[0]
}

function lastToZero({ schedules }: Scaling): ScheduleFacts | undefined {
  return schedules
    .filter(schedule => schedule.lastAt !== undefined && (schedule.desired === 0 || schedule.max === 0))
    .sort((a, b) => (b.lastAt ?? '').localeCompare(a.lastAt ?? ''))[0]
}

function partsOf({ name, expression, timeZone, min, max, desired }: ScheduleFacts) {
  const counts = Object.entries({ min, max, desired }).flatMap(([key, value]) => (value === undefined ? [] : [`${key} ${value}`]))
  return { name, expression: expression ?? '-', timeZone: timeZone ?? 'UTC', capacity: counts.join(', ') || '-' }
}

/**
 * Everything behind the target is known for certain not to run, and does not answer: that alone explains the silence. What else
 * stands on the way cannot be seen as long as it does not run.
 */
export function stoppedProof(target: TargetView): Evidence | undefined {
  const found = foundBehind(target)
  if (found.length === 0) return undefined
  const isDown = found.every(
    each =>
      each.isSure &&
      ((each.of === 'instance' && ['stopped', 'gone'].includes(runningOfInstance(each.instance))) ||
        (each.of === 'database' && runningOfDatabase(each.database) === 'stopped')),
  )
  const [first] = found
  return isDown && first !== undefined ? sayFound(target, first) : undefined
}

/** What is behind the target is on its way up or down, or broken, and does not answer: that may be all there is to it. */
export function unreadyProof(target: TargetView): Evidence | undefined {
  const found = foundBehind(target)
  const isUnready = found.every(
    each =>
      each.isSure &&
      ((each.of === 'instance' && runningOfInstance(each.instance) === 'on-its-way') ||
        (each.of === 'database' && ['on-its-way', 'impaired'].includes(runningOfDatabase(each.database)))),
  )
  const [first] = found
  return isUnready && first !== undefined ? sayFound(target, first) : undefined
}

/** An API that would have told the state refused, or was not reached: which permission, or which way, is missing. */
export function sayNotTold(target: TargetView, ...actions: readonly string[]): Evidence | undefined {
  const call = target.network.report.controlPlane?.asked.find(
    each => actions.includes(each.action) && (each.outcome === 'rejected' || each.outcome === 'silent'),
  )
  if (call === undefined) return undefined
  return call.outcome === 'silent'
    ? says(target, 'aws', 'state.notAnswered', { action: call.action, host: call.host ?? '-' })
    : says(target, 'aws', 'state.notAllowed', { action: call.action, code: call.code ?? '-' })
}
