// Cause: the security group of the target (a database, a file system, an instance) does not admit this ENI on this port.
// Shows as: its private address is silent while other things in the VPC answer.
// Looks like, but is not: a stopped instance or database (the address stays and is silent too), a NACL.

import { areRoutesTold, liesBeyond, neighbourAnswers } from '../beyond.ts'
import { allSilent, otherPrivateAnswers, resolved, somePortGetsThrough } from '../facts.ts'
import { excluded, fits, type Rule } from '../rule.ts'

export const targetSecurityGroup: Rule = {
  cause: 'target-security-group',
  severity: 'error',
  shows: ['tcp-silent'],
  isOnePerTarget: true,
  judge(target, network) {
    if (target.isApi || !target.isPrivate) return undefined
    const through = somePortGetsThrough(target)
    if (through) return excluded(through)
    // Whether anything leads to that other network, what answers in this VPC does not tell.
    const beyond = liesBeyond(target)
    if (beyond && neighbourAnswers(target) === undefined)
      return fits(areRoutesTold(network) ? 'weak' : 'plain', [resolved(target), beyond, allSilent(target)])
    const other = otherPrivateAnswers(network, target) ?? otherPrivateAnswers(network, target, 443)
    return fits('plain', [resolved(target), allSilent(target), other])
  },
}
