// Cause: the hosts file (or another source before DNS) gives this name an address that DNS does not.
// Shows as: what applications get differs from what DNS answers, and that address fails.
// Looks like, but is not: a private zone, which every resolver of the VPC would tell.

import { list } from '../facts.ts'
import { fits, type Rule, says } from '../rule.ts'
import type { Symptom } from '../symptom.ts'

const anyFailure: readonly Symptom[] = [
  'no-usable-address',
  'tcp-silent',
  'tcp-partly-silent',
  'tcp-refused',
  'tcp-unreachable',
  'tls-silent',
  'tls-cut',
  'tls-alert',
  'not-tls',
  'tls-untrusted',
  'certificate-name',
  'certificate-dates',
  'http-silent',
  'http-cut',
  'http-foreign',
]

export const hostsFileOverrides: Rule = {
  cause: 'hosts-file-overrides',
  severity: 'error',
  shows: anyFailure,
  judge(target) {
    const dns = target.dns
    if (dns?.outcome !== 'answered' || dns.seen.resolver !== 'hosts-file') return undefined
    const proof = says(target, 'dns', 'dns.hostsFile', { name: target.target.host, addresses: list(dns.seen.addresses) })
    const asked = target.variants('dns', 'other-resolver', 'vpc-resolver').find(o => o.outcome === 'answered')
    if (asked?.outcome !== 'answered') return fits('plain', [proof])
    const same = asked.seen.addresses.some(a => dns.seen.addresses.includes(a))
    const truth = says(target, 'dns', 'dns.dnsSays', { resolver: asked.seen.resolver, addresses: list(asked.seen.addresses) })
    return same ? fits('weak', [proof], [truth]) : fits('strong', [proof, truth])
  },
}
