// Cause: something on the path ends TLS and signs certificates with its own CA (TLS inspection).
// Shows as: the certificate carries the right name and an issuer that AWS does not use; untrusted here.
// Looks like, but is not: an endpoint name that leads to some other server (its names differ).

import { sentElsewhereBy } from '../elsewhere.ts'
import { remember } from '../remember.ts'
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
    const isAwsName = target.isAws && sentElsewhereBy(target) === undefined
    const proof = says(target, 'tls', isAwsName ? 'tls.foreignIssuer' : 'tls.untrustedIssuer', { host, issuer })
    const alike = otherWithIssuer(network, target, issuer)
    // One issuer over several hosts that have nothing else in common is minted on the way.
    const shared = alike && says(alike, 'tls', 'tls.sameIssuer', { host: alike.target.host, issuer })
    return fits(shared ? 'strong' : isAwsName ? 'plain' : 'weak', [proof, shared])
  },
}

/** Another host of the run whose certificate is of the same issuer. */
function otherWithIssuer(network: NetworkView, target: TargetView, issuer: string): TargetView | undefined {
  return byIssuer(network)
    .get(issuer)
    ?.find(t => t.target.host !== target.target.host)
}

const byIssuer = remember((network: NetworkView): ReadonlyMap<string, readonly TargetView[]> => {
  const found = new Map<string, TargetView[]>()
  for (const target of network.targets) {
    const issuer = target.foreignIssuer
    if (issuer === undefined) continue
    const alike = found.get(issuer)
    if (alike === undefined) found.set(issuer, [target])
    else alike.push(target)
  }
  return found
})

function codeOf(target: TargetView): string {
  return target.tls?.outcome === 'rejected' ? target.tls.code : ''
}
