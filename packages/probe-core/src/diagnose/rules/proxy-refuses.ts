// Cause: the proxy answers, and refuses or fails to connect to this host.
// Shows as: CONNECT is answered with 403, 407, 502 or another status than 2xx.
// Looks like, but is not: a refusal by AWS.

import { exemptForOthers } from '../no-proxy.ts'
import { proxyName } from '../proxied.ts'
import { fits, type Rule, says } from '../rule.ts'

export const proxyRefuses: Rule = {
  cause: 'proxy-refuses',
  severity: 'error',
  shows: ['proxy-refuses'],
  judge(target, network) {
    const connect = target.connect
    if (connect?.outcome !== 'rejected') return undefined
    const direct = target.variants('tcp', 'direct').some(o => o.outcome === 'answered')
    const proof = says(target, 'http', 'proxy.refuses', {
      proxy: proxyName(network, target),
      status: connect.code,
      host: target.target.host,
    })
    return fits('strong', [
      proof,
      direct ? says(target, 'tcp', 'proxy.directWorks', { host: target.target.host }) : undefined,
      exemptForOthers(target),
    ])
  },
}
