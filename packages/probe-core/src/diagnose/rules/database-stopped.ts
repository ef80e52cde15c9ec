// Cause: the database behind this name is stopped, or takes no connections in the status that RDS gives it.
// Shows as: its name resolves still, its address stays in the VPC and is silent; RDS tells its status.
// Looks like, but is not: its security group, which from inside looks the same.

import { allSilent, failedAddress, resolved, somePortGetsThrough } from '../facts.ts'
import { excluded, fits, type Judgement, type Rule } from '../rule.ts'
import { sayDatabase, sayFound, sayNotTold, sayOfDatabase } from '../state/evidence.ts'
import { foundBehind, ownerOf, runningOfDatabase } from '../state/found.ts'
import type { TargetView } from '../view.ts'

const databasePorts = [1433, 1521, 3306, 5432, 5439, 27017, 50000]

export const databaseStopped: Rule = {
  cause: 'database-stopped',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable', 'tcp-refused', 'dns-negative', 'not-running'],
  isOnePerTarget: true,
  judge(target, _network, symptom) {
    const [found] = foundBehind(target)
    if (found?.of === 'database') return judgeStatus(target, symptom)
    const owner = found?.of === 'interface' ? ownerOf(found.held) : undefined
    // A load balancer, a task or an instance: a database may run on it, and RDS does not hold its address.
    if (found?.isSure && owner !== 'database' && owner !== 'unknown')
      return symptom === 'tcp-silent' ? excluded(sayFound(target, found)) : undefined
    if (symptom !== 'tcp-silent' || target.isApi || !target.isPrivate) return undefined
    if (owner !== 'database' && !isDatabase(target)) return undefined
    const through = somePortGetsThrough(target)
    if (through) return excluded(through)
    return fits('weak', [
      resolved(target),
      allSilent(target),
      found === undefined ? undefined : sayFound(target, found),
      sayNotTold(target, 'rds:DescribeDBInstances', 'rds:DescribeDBClusters', 'ec2:DescribeNetworkInterfaces'),
    ])
  },
}

function judgeStatus(target: TargetView, symptom: string): Judgement {
  const [found] = foundBehind(target)
  if (found?.of !== 'database') return undefined
  const { database } = found
  const running = runningOfDatabase(database)
  const proof = sayDatabase(target, database)
  if (running === 'up') return excluded(proof)
  const [refused] = symptom === 'tcp-silent' ? [] : target.addresses
  const evidence = [
    resolved(target),
    allSilent(target) ?? (refused && refused.outcome !== 'answered' ? failedAddress(target, refused) : undefined),
    proof,
    ...sayOfDatabase(target, database),
  ]
  // Stopped is stopped. On its way there or back, or in maintenance, it may yet answer, and something else may be silent.
  const isCertain = running === 'stopped' && (symptom === 'tcp-silent' || symptom === 'not-running')
  return fits(isCertain ? 'strong' : running === 'unclear' ? 'weak' : 'plain', evidence)
}

export function isDatabase(target: TargetView): boolean {
  return databasePorts.includes(target.target.port) || /\.(rds|redshift|docdb|neptune)\./.test(target.target.host)
}
