// Cause: the endpoint exists but does not serve yet, or no more (pending, pendingAcceptance, rejected, failed, deleting).
// Shows as: its private addresses are silent, or unreachable when nobody holds them any more.
// Looks like, but is not: `endpoint-security-group`; only the endpoint's State tells.

import { allSilent, resolved } from '../facts.ts'
import { fits, type Rule } from '../rule.ts'

export const endpointNotReady: Rule = {
  cause: 'endpoint-not-ready',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable'],
  isOnePerTarget: true,
  judge(target) {
    if (!target.isApi || !target.isPrivate) return undefined
    return fits('weak', [resolved(target), allSilent(target)])
  },
}
