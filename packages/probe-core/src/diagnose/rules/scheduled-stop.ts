// Cause: a scheduled action set the desired count to zero.
// Shows as: as scaled-to-zero, and AWS's own record of activities names a scheduled action.
// Looks like, but is not: a hand or an alarm that did it. A schedule that was due is no proof that it acted.

import { allSilent } from '../facts.ts'
import { fits, type Rule } from '../rule.ts'
import { sayScaling, saySchedules, sayZeroedBy } from '../state/evidence.ts'
import { foundBehind, isAtZero, runningOfInstance, scalingOf } from '../state/found.ts'

export const scheduledStop: Rule = {
  cause: 'scheduled-stop',
  severity: 'error',
  shows: ['not-running', 'tcp-silent', 'tcp-unreachable'],
  judge(target) {
    const scaling = scalingOf(target)
    const bySchedule = sayZeroedBy(target)
    if (scaling === undefined || bySchedule === undefined || !isAtZero(scaling)) return undefined
    const [found] = foundBehind(target)
    if (found?.of === 'instance' && ['up', 'impaired'].includes(runningOfInstance(found.instance))) return undefined
    return fits(found?.isSure === true ? 'strong' : 'plain', [
      allSilent(target),
      sayScaling(target, scaling),
      bySchedule,
      ...saySchedules(target, scaling),
    ])
  },
}
