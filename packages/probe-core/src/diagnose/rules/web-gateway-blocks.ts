// Cause: a web gateway, proxy or captive portal answers in the service's place with a page of its own.
// Shows as: an HTTP answer for an AWS name with no mark of AWS: a block page, a redirect elsewhere, 403, 511.
// Looks like, but is not: a denial by AWS, which carries a request id; a wrong server (`answered-by-other`).

import { isAnsweredInClear, sentElsewhereBy } from '../elsewhere.ts'
import { fits, type Rule, says } from '../rule.ts'

export const webGatewayBlocks: Rule = {
  cause: 'web-gateway-blocks',
  severity: 'error',
  shows: ['http-foreign', 'http-status', 'index-refuses', 'not-tls'],
  judge(target, _network, symptom) {
    if (symptom === 'not-tls') {
      const first = target.tls?.outcome === 'rejected' ? (target.tls.seen?.firstBytes ?? '') : ''
      return /^HTTP\//.test(first)
        ? fits('plain', [says(target, 'tls', 'tls.http', { host: target.target.host, bytes: first })])
        : undefined
    }
    const http = target.http
    if (http === undefined || http.outcome === 'skipped' || http.seen?.status === undefined) return undefined
    // AWS's own answer is no gateway's.
    if (symptom === 'index-refuses' && target.isAws) return undefined
    const { status, contentType = '', server = '', location = '', bodyStart = '' } = http.seen
    const page = /html/i.test(contentType) || /<html|<!doctype/i.test(bodyStart)
    const isElsewhere = sentElsewhereBy(target) !== undefined
    const isAwsName = target.isAws && !isElsewhere
    const proof = says(target, 'http', isAwsName ? 'http.foreign' : 'http.status', {
      host: target.target.host,
      status,
      server: server || contentType || '-',
    })
    const words = bodyStart ? says(target, 'http', 'http.body', { text: bodyStart.slice(0, 120) }) : undefined
    const blocking = [403, 407, 451, 511].includes(status) || (status >= 300 && status < 400 && location !== '') || page
    if (isElsewhere && isAnsweredInClear(target)) return fits(blocking ? 'plain' : 'weak', [proof, words])
    if (!isAwsName) return page && [403, 451, 511].includes(status) ? fits('weak', [proof, words]) : undefined
    return fits(blocking ? 'plain' : 'weak', [proof, words])
  },
}
