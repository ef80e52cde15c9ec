// Cause: a firewall cannot read the server name of a ClientHello that spans two segments, and drops or resets it.
// Shows as: a small ClientHello is answered, one with a post-quantum key share (newer Go, OpenSSL 3.5, browsers) is not.
// Looks like, but is not: `path-mtu`, where any large packet vanishes, after the handshake too.

import { exchange } from '../exchange.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'

export const firewallDropsLargeHello: Rule = {
  cause: 'firewall-drops-large-hello',
  severity: 'error',
  shows: ['large-hello-fails', 'tls-silent', 'tls-cut'],
  judge(target) {
    const seen = exchange(target)
    const host = target.target.host
    if (seen.smallHello === 'silent' || seen.smallHello === 'cut')
      return excluded(says(target, 'tls', 'hello.smallFails', { host }))
    if (seen.largeHello === 'answered') return excluded(says(target, 'tls', 'hello.largeAnswered', { host }))
    if (seen.largeRequest === 'silent')
      return excluded(says(target, 'http', 'mtu.largeRequest', { bytes: seen.largeRequestBytes }))
    if (seen.largeHello === undefined) return fits('weak', [says(target, 'tcp', 'tcp.connects', { host })])
    const evidence = [
      says(target, 'tls', 'hello.smallAnswered', { host }),
      says(target, 'tls', seen.largeHello === 'silent' ? 'hello.largeSilent' : 'hello.largeCut', { host }),
      seen.largeRequest === 'answered'
        ? says(target, 'http', 'mtu.largeRequestFine', { bytes: seen.largeRequestBytes })
        : undefined,
    ]
    // AWS's own endpoints take such a hello. Another server may itself be the one that minds its size.
    return fits(target.isApi ? 'strong' : 'plain', evidence)
  },
}
