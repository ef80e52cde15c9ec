// Cause: something that is not the service answers in its place.
// Shows as: an HTTP answer or a TLS refusal without any mark of the service.
// Looks like, but is not: a web gateway's block page (`web-gateway-blocks`).

import { isAnsweredInClear, sentElsewhereBy } from '../elsewhere.ts'
import { exchange } from '../exchange.ts'
import { fits, type Rule, says } from '../rule.ts'

export const answeredByOther: Rule = {
  cause: 'answered-by-other',
  severity: 'error',
  shows: ['http-foreign', 'tls-alert', 'tls-untrusted', 'http-status', 'tls-silent', 'tls-cut'],
  judge(target, _network, symptom) {
    const host = target.target.host
    const tls = target.tls
    if (symptom === 'tls-alert')
      return fits('plain', [says(target, 'tls', 'tls.alert', { host, code: tls?.outcome === 'rejected' ? tls.code : '' })])
    if (symptom === 'tls-silent' || symptom === 'tls-cut') {
      // No form of hello gets an answer: what took the connection may be no server at all.
      const { smallHello, smallAnswer, otherName } = exchange(target)
      if ([smallHello, smallAnswer, otherName].some(seen => seen === 'answered')) return undefined
      const tried = smallHello !== undefined && otherName !== undefined
      return fits(tried ? 'plain' : 'weak', [says(target, 'tls', 'tls.noFormAnswered', { host })])
    }
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
    if (http?.outcome === 'rejected' && seen?.status === undefined)
      return fits('plain', [says(target, 'http', 'http.garbled', { host, code: http.code })])
    if (seen?.status === undefined) return undefined
    const setting = sentElsewhereBy(target)
    if (setting !== undefined) {
      const service = target.service?.id ?? target.id
      const parts = { setting, service, host, status: seen.status, server: seen.server || seen.contentType || '-' }
      // Not more than likely: an emulator or gateway that is meant may show no mark of AWS to an unsigned request.
      return fits(isAnsweredInClear(target) ? 'weak' : 'plain', [says(target, 'http', 'http.foreignElsewhere', parts)])
    }
    const proof = says(target, 'http', target.isAws ? 'http.foreign' : 'http.status', {
      host,
      status: seen.status,
      server: seen.server || seen.contentType || '-',
    })
    return fits('plain', [proof])
  },
}
