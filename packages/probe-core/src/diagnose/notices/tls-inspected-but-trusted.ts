// TLS is inspected, and this machine trusts the inspector: it works here, and not in a container or function without that CA.

import { sentElsewhereBy } from '../elsewhere.ts'
import { type Notice, says } from '../rule.ts'

export const tlsInspectedButTrusted: Notice = {
  cause: 'tls-inspected',
  find(network) {
    // A host of the user's own, which a setting leads to, has a certificate of whoever issues the user's.
    const inspected = network.targets.filter(
      t => t.isAws && t.tls?.outcome === 'answered' && t.foreignIssuer !== undefined && sentElsewhereBy(t) === undefined,
    )
    if (inspected.length === 0) return []
    const hosts = new Set(inspected.map(t => t.target.host))
    return [
      {
        severity: 'warning',
        targets: inspected.map(t => t.id),
        confidence: hosts.size > 1 ? 'certain' : 'likely',
        evidence: inspected
          .slice(0, 4)
          .map(t => says(t, 'tls', 'tls.foreignIssuer', { host: t.target.host, issuer: t.foreignIssuer ?? '' })),
      },
    ]
  },
}
