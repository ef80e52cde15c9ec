// Cause: nothing runs because nothing is wanted: the desired count of the service or group is zero.
// Shows as: ECS or Auto Scaling says so; what was behind it is gone or stopped.
// Looks like, but is not: tasks that are wanted and do not start; a single stopped instance.

import { allSilent } from '../facts.ts'
import { excluded, fits, type Rule } from '../rule.ts'
import { sayScaling, saySchedules, sayZeroedBy } from '../state/evidence.ts'
import { foundBehind, isAtZero, runningOfInstance, scalingOf } from '../state/found.ts'

export const scaledToZero: Rule = {
  cause: 'scaled-to-zero',
  severity: 'error',
  shows: ['not-running', 'tcp-silent', 'tcp-unreachable'],
  judge(target) {
    const scaling = scalingOf(target)
    if (scaling === undefined || !isAtZero(scaling)) return undefined
    const [found] = foundBehind(target)
    // Still up while the group goes down: its silence has another cause.
    if (found?.of === 'instance' && ['up', 'impaired'].includes(runningOfInstance(found.instance))) return undefined
    const bySchedule = sayZeroedBy(target)
    if (bySchedule !== undefined) return excluded(bySchedule)
    return fits(found?.isSure === true ? 'strong' : 'plain', [
      allSilent(target),
      sayScaling(target, scaling),
      ...saySchedules(target, scaling),
    ])
  },
}
