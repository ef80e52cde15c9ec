// Cause: large packets vanish on the path and no ICMP says so (path-MTU hole).
// Shows as: TCP and small exchanges work; a large answer or a large request stalls.
// Looks like, but is not: `firewall-drops-large-hello`, which passes large packets once the handshake is done.

import { exchange } from '../exchange.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'

export const pathMtu: Rule = {
  cause: 'path-mtu',
  severity: 'error',
  shows: ['tls-silent', 'large-hello-fails', 'http-silent', 'aws-silent'],
  judge(target, _network, symptom) {
    const seen = exchange(target)
    const tcpFine = says(target, 'tcp', 'tcp.connects', { host: target.target.host })
    if (symptom === 'large-hello-fails') {
      if (seen.largeRequest === 'silent')
        return fits('strong', [says(target, 'http', 'mtu.largeRequest', { bytes: seen.largeRequestBytes })])
      return seen.largeRequest === 'answered'
        ? excluded(says(target, 'http', 'mtu.largeRequestFine', { bytes: seen.largeRequestBytes }))
        : fits('weak', [tcpFine])
    }
    if (symptom === 'http-silent' || symptom === 'aws-silent') {
      if (seen.largeRequest === 'answered')
        return excluded(says(target, 'http', 'mtu.largeRequestFine', { bytes: seen.largeRequestBytes }))
      return fits('weak', [says(target, 'tls', 'tls.completes', { host: target.target.host })])
    }
    // A few bytes come back for the same name, a full handshake does not: size is what differs.
    if (seen.smallAnswer === 'answered' && seen.smallHello === 'silent') {
      return fits('strong', [
        tcpFine,
        says(target, 'tls', 'mtu.smallAnswer', { host: target.target.host }),
        says(target, 'tls', 'mtu.handshakeSilent', { host: target.target.host }),
      ])
    }
    if (seen.smallAnswer === 'silent' || seen.smallAnswer === 'cut')
      return excluded(says(target, 'tls', 'mtu.smallAnswerSilent', { host: target.target.host }))
    return fits('weak', [tcpFine])
  },
}
