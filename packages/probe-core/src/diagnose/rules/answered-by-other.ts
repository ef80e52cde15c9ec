// Cause: something that is not the service answers in its place.
// Shows as: an HTTP answer or a TLS refusal without any mark of the service.
// Looks like, but is not: a web gateway's block page (`web-gateway-blocks`).

import { fits, type Rule, says } from '../rule.ts'

export const answeredByOther: Rule = {
  cause: 'answered-by-other',
  severity: 'error',
  shows: ['http-foreign', 'tls-alert', 'tls-untrusted', 'http-status'],
  judge(target, _network, symptom) {
    const host = target.target.host
    const tls = target.tls
    if (symptom === 'tls-alert')
      return fits('plain', [says(target, 'tls', 'tls.alert', { host, code: tls?.outcome === 'rejected' ? tls.code : '' })])
    if (symptom === 'tls-untrusted') {
      // An inspector mints a leaf that its CA signs; a stray server often shows a certificate that signs itself.
      const self = tls?.outcome === 'rejected' && tls.code === 'DEPTH_ZERO_SELF_SIGNED_CERT'
      const subject = tls?.outcome === 'rejected' ? (tls.seen?.subject ?? '-') : '-'
      return fits(self ? 'plain' : 'weak', [
        says(target, 'tls', self ? 'tls.selfSigned' : 'tls.untrusted', { host, code: subject }),
      ])
    }
    const http = target.http
    const seen = http === undefined || http.outcome === 'skipped' ? undefined : http.seen
    if (seen?.status === undefined) return undefined
    const proof = says(target, 'http', target.isAws ? 'http.foreign' : 'http.status', {
      host,
      status: seen.status,
      server: seen.server || seen.contentType || '-',
    })
    return fits('plain', [proof])
  },
}
