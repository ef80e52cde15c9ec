// Cause: the endpoint exists but does not serve yet, or no more (pending, pendingAcceptance, rejected, failed, deleting).
// Shows as: its private addresses are silent or held by nobody; or its name is public, and the control plane tells of the endpoint.
// Looks like, but is not: `endpoint-security-group`; only the endpoint's State tells.

import { endpointNamesOf, isUnready, needsInterfaceEndpoint } from '../endpoint.ts'
import { allSilent, resolved, somePortGetsThrough } from '../facts.ts'
import { excluded, fits, type Rule } from '../rule.ts'
import type { TargetView } from '../view.ts'

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
    if (symptom === 'tcp-silent' && needsInterfaceEndpoint(target))
      return isToldUnready(target) ? fits('weak', [allSilent(target)]) : undefined
    if (!target.isApi || !target.isPrivate) return undefined
    const through = somePortGetsThrough(target)
    if (through) return excluded(through)
    return fits('weak', [resolved(target), allSilent(target)])
  },
}

/** There are endpoints that could carry this name, and none of them serves. */
function isToldUnready(target: TargetView): boolean {
  const { report, vantage } = target.network
  const names = endpointNamesOf(target)
  const fitting = report.controlPlane?.endpoints?.filter(
    e =>
      e.type === 'Interface' && names.includes(e.service) && e.state !== 'deleted' && [null, e.vpc].includes(vantage.network.vpc),
  )
  return fitting !== undefined && fitting.length > 0 && fitting.every(isUnready)
}
