// Cause: the DNS server answers that it cannot or will not (SERVFAIL, REFUSED).
// Shows as: an rcode that is neither success nor NXDOMAIN.
// Looks like, but is not: a name that does not exist. Behind it: a forwarder that is down, DNSSEC, a DNS Firewall that fails closed.

import { vpcAnswer, vpcSaysPrivate } from '../facts.ts'
import { proxyNameFails } from '../proxied.ts'
import { fits, type Rule, says } from '../rule.ts'

export const dnsServerFails: Rule = {
  cause: 'dns-server-fails',
  severity: 'error',
  shows: ['dns-failed', 'proxy-silent'],
  judge(target, _network, symptom) {
    const dns = symptom === 'proxy-silent' ? proxyNameFails(target) : target.dns
    if (dns?.outcome === 'rejected' && ['NXDOMAIN', 'NODATA'].includes(dns.code)) return undefined
    if (dns?.outcome !== 'rejected') return undefined
    const proof = says(target, 'dns', 'dns.rejected', {
      name: dns.seen?.name ?? target.target.host,
      code: dns.code,
      resolver: dns.seen?.resolver ?? '?',
    })
    const beside = vpcAnswer(target)
    const fine =
      beside?.outcome === 'answered'
        ? (vpcSaysPrivate(target) ?? says(target, 'dns', 'dns.vpcResolves', { resolver: beside.seen.resolver }))
        : undefined
    return fits('strong', [proof, fine])
  },
}
