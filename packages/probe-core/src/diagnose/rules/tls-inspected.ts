// Cause: something on the path ends TLS and signs certificates with its own CA (TLS inspection).
// Shows as: the certificate carries the right name and an issuer that AWS does not use; untrusted here.
// Looks like, but is not: an endpoint name that leads to some other server (its names differ).

import { fits, type Rule, says } from '../rule.ts'
import type { NetworkView, TargetView } from '../view.ts'

export const tlsInspected: Rule = {
  cause: 'tls-inspected',
  severity: 'error',
  shows: ['tls-untrusted'],
  judge(target, network) {
    const issuer = target.foreignIssuer
    const host = target.target.host
    if (issuer === undefined) return fits('weak', [says(target, 'tls', 'tls.untrusted', { host, code: codeOf(target) })])
    const proof = says(target, 'tls', target.isAws ? 'tls.foreignIssuer' : 'tls.untrustedIssuer', { host, issuer })
    const alike = othersWithIssuer(network, target, issuer)
    // One issuer over several hosts that have nothing else in common is minted on the way.
    const shared = alike[0] && says(alike[0], 'tls', 'tls.sameIssuer', { host: alike[0].target.host, issuer })
    return fits(shared ? 'strong' : target.isAws ? 'plain' : 'weak', [proof, shared])
  },
}

export function othersWithIssuer(network: NetworkView, target: TargetView, issuer: string): readonly TargetView[] {
  return network.targets.filter(t => t.target.host !== target.target.host && t.foreignIssuer === issuer)
}

function codeOf(target: TargetView): string {
  return target.tls?.outcome === 'rejected' ? target.tls.code : ''
}
