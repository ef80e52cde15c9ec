// Cause: what listens on this port does not speak TLS.
// Shows as: bytes that are no TLS record after our ClientHello.
// Looks like, but is not: a broken certificate.

import { fits, type Rule, says } from '../rule.ts'

export const notTls: Rule = {
  cause: 'not-tls',
  severity: 'error',
  shows: ['not-tls'],
  judge(target) {
    const first = target.tls?.outcome === 'rejected' ? (target.tls.seen?.firstBytes ?? '') : ''
    return fits('strong', [
      says(target, 'tls', 'tls.notTls', { host: target.target.host, port: target.target.port, bytes: first || '-' }),
    ])
  },
}
