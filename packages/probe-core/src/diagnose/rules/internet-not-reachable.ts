// Cause: this subnet has no way to the internet (no NAT or internet gateway route, or an ENI without a public address).
// Shows as: a public host stays silent, and so does the canary. In a closed network that is the design.
// Looks like, but is not: own egress rules that stop public addresses only; for AWS names, a missing endpoint.

import { allSilent, internet, privateSibling, publicAnswers, resolved, vpcSaysPrivate } from '../facts.ts'
import { excluded, fits, type Rule } from '../rule.ts'

export const internetNotReachable: Rule = {
  cause: 'internet-not-reachable',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable'],
  judge(target, network) {
    if (!target.isPublic) return undefined
    const elsewhere = vpcSaysPrivate(target)
    if (elsewhere) return excluded(elsewhere)
    const wayOut = publicAnswers(network, target, 443)
    if (wayOut && target.target.port === 443) return excluded(wayOut)
    const sibling = privateSibling(target)
    if (target.isApi && sibling) return excluded(sibling.evidence)
    const evidence = [resolved(target), allSilent(target), wayOut ? undefined : internet(network)]
    if (!target.isAws) return fits(wayOut ? 'weak' : 'plain', evidence, [wayOut])
    // An AWS name is better served by an endpoint; a way out is the other remedy.
    return fits('weak', evidence, [wayOut])
  },
}
