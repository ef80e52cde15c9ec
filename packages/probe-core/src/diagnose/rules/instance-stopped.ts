// Cause: the instance behind this address is stopped, or hangs although it runs.
// Shows as: its address stays in the VPC and is silent; EC2 tells its state.
// Looks like, but is not: its security group, which from inside looks the same.

import { allSilent, resolved, somePortGetsThrough } from '../facts.ts'
import { excluded, fits, type Judgement, type Rule, says } from '../rule.ts'
import { sayFound, sayNotTold, sayScaling } from '../state/evidence.ts'
import { type Found, foundBehind, isAtZero, runningOfInstance, scalingOf } from '../state/found.ts'
import type { TargetView } from '../view.ts'
import { isDatabase } from './database-stopped.ts'

export const instanceStopped: Rule = {
  cause: 'instance-stopped',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable', 'not-running'],
  isOnePerTarget: true,
  judge(target, _network, symptom) {
    // An address may stand for something in another network: what holds it there says nothing of ours.
    const found = foundBehind(target).filter(each => each.isSure || each.of !== 'interface')
    if (found.length > 0) return judgeState(target, found)
    if (symptom !== 'tcp-silent' || target.isApi || !target.isPrivate || isDatabase(target)) return undefined
    const through = somePortGetsThrough(target)
    if (through) return excluded(through)
    return fits('weak', [
      resolved(target),
      allSilent(target),
      sayNotTold(target, 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeInstances'),
    ])
  },
}

function judgeState(target: TargetView, found: readonly Found[]): Judgement {
  const instances = found.flatMap(each => (each.of === 'instance' ? [each] : []))
  const other = found.find(each => each.of !== 'instance')
  if (other !== undefined) return other.of === 'interface' ? excluded(sayFound(target, other)) : undefined
  const states = instances.map(({ instance }) => runningOfInstance(instance))
  // One that is gone does not come back by being started.
  if (states.includes('gone')) return undefined
  const proof = instances.map(each => sayFound(target, each))
  const [first] = instances
  const group = first?.instance.scalingGroup
  const evidence = [
    resolved(target),
    allSilent(target),
    ...proof,
    group === undefined ? undefined : says(target, 'aws', 'state.inGroup', { id: first?.instance.id ?? '-', group }),
  ]
  const isSure = instances.every(each => each.isSure)
  const up = instances.find(({ instance }) => runningOfInstance(instance) === 'up')
  if (up !== undefined) return isSure ? excluded(sayFound(target, up)) : fits('weak', evidence)
  const scaling = scalingOf(target)
  // Auto Scaling would end it again.
  const zero = scaling && isAtZero(scaling) ? sayScaling(target, scaling) : undefined
  if (zero !== undefined) return excluded(zero)
  return fits(isSure && states.every(state => state === 'stopped') ? 'strong' : 'plain', evidence)
}
