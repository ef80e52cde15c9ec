// Cause: the proxy that this environment names does not answer.
// Shows as: the proxy's own name or address fails or stays silent; nothing that goes through it was ever tried.
// Looks like, but is not: a target that fails; past the proxy the target may be fine.

import { exemptForOthers } from '../no-proxy.ts'
import { proxyFrom, proxyName, proxyNameFails } from '../proxied.ts'
import { fits, type Rule, says } from '../rule.ts'

export const proxyUnreachable: Rule = {
  cause: 'proxy-unreachable',
  severity: 'error',
  shows: ['proxy-silent'],
  judge(target, network) {
    const proxy = proxyName(network, target)
    const direct = target.variants('tcp', 'direct').some(o => o.outcome === 'answered')
    const proof = says(target, 'tcp', 'proxy.silent', { proxy, from: proxyFrom(network, target) })
    const name = proxyNameFails(target)
    // Where DNS gave no answer at all, the proxy was never asked.
    if (name?.outcome === 'silent' || (name?.outcome === 'rejected' && !['NXDOMAIN', 'NODATA'].includes(name.code)))
      return fits('weak', [proof])
    const exempted = exemptForOthers(target)
    // Whoever reads the list otherwise never meets the proxy, and who asks here is not known.
    return fits(exempted && direct ? 'plain' : 'strong', [
      proof,
      direct ? says(target, 'tcp', 'proxy.directWorks', { host: target.target.host }) : undefined,
      exempted,
    ])
  },
}
