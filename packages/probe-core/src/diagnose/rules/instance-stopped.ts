// Cause: the instance behind this address is stopped.
// Shows as: its address stays in the VPC and is silent.
// Looks like, but is not: its security group, which from inside looks the same.

import { allSilent, resolved } from '../facts.ts'
import { fits, type Rule } from '../rule.ts'
import { isDatabase } from './database-stopped.ts'

export const instanceStopped: Rule = {
  cause: 'instance-stopped',
  severity: 'error',
  shows: ['tcp-silent'],
  isOnePerTarget: true,
  judge(target) {
    if (target.isApi || !target.isPrivate || isDatabase(target)) return undefined
    return fits('weak', [resolved(target), allSilent(target)])
  },
}
