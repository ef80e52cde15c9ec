// Cause: TLS is fine, and the server never answers the request.
// Shows as: silence (or a cut) after the request was sent.
// Looks like, but is not: `path-mtu`, where a small exchange is answered and a large one is not.

import { fits, type Rule, says } from '../rule.ts'

export const httpSilent: Rule = {
  cause: 'http-silent',
  severity: 'error',
  shows: ['http-silent', 'http-cut', 'aws-silent'],
  judge(target, _network, symptom) {
    const host = target.target.host
    return fits('plain', [
      says(target, 'tls', 'tls.completes', { host }),
      says(target, 'http', symptom === 'http-cut' ? 'http.cut' : 'http.silent', { host }),
    ])
  },
}
