// Cause: the database behind this name is stopped.
// Shows as: its name resolves still, its address stays in the VPC and is silent.
// Looks like, but is not: its security group, which from inside looks the same.

import { allSilent, resolved } from '../facts.ts'
import { fits, type Rule } from '../rule.ts'
import type { TargetView } from '../view.ts'

const databasePorts = [1433, 1521, 3306, 5432, 5439, 27017, 50000]

export const databaseStopped: Rule = {
  cause: 'database-stopped',
  severity: 'error',
  shows: ['tcp-silent'],
  isOnePerTarget: true,
  judge(target) {
    if (target.isApi || !target.isPrivate || !isDatabase(target)) return undefined
    return fits('weak', [resolved(target), allSilent(target)])
  },
}

export function isDatabase(target: TargetView): boolean {
  return databasePorts.includes(target.target.port) || /\.(rds|redshift|docdb|neptune)\./.test(target.target.host)
}
