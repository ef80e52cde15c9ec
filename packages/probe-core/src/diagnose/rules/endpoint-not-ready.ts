// Cause: the endpoint exists but does not serve yet, or no more (pending, pendingAcceptance, rejected, failed, deleting).
// Shows as: its private addresses are silent, or unreachable when nobody holds them any more.
// Looks like, but is not: `endpoint-security-group`; only the endpoint's State tells.

import { endpointNamesOf } from '../endpoint.ts'
import { allSilent, resolved, somePortGetsThrough } from '../facts.ts'
import { excluded, fits, type Rule } from '../rule.ts'

export const endpointNotReady: Rule = {
  cause: 'endpoint-not-ready',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable', 'dns-negative'],
  isOnePerTarget: true,
  judge(target, _network, symptom) {
    if (symptom === 'dns-negative') {
      // The private name of an endpoint without any subnet exists and has no address.
      const dns = target.dns
      const isEmpty = target.isApi && dns?.outcome === 'rejected' && dns.code === 'NODATA' && endpointNamesOf(target).length > 0
      return isEmpty ? fits('weak', []) : undefined
    }
    if (!target.isApi || !target.isPrivate) return undefined
    const through = somePortGetsThrough(target)
    if (through) return excluded(through)
    return fits('weak', [resolved(target), allSilent(target)])
  },
}
