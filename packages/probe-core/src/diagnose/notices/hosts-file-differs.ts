// What applications get for a name is not what DNS says, and it works: until the address behind it changes.

import { findSymptom } from '../classify.ts'
import { list } from '../facts.ts'
import { type Notice, type NoticeMatch, says } from '../rule.ts'
import type { TargetView } from '../view.ts'

export const hostsFileDiffers: Notice = {
  cause: 'hosts-file-overrides',
  find(network) {
    const matches = network.targets.flatMap(target => (findSymptom(target) === undefined ? differs(target) : []))
    return matches.length === 0 ? [] : matches
  },
}

function differs(target: TargetView): readonly NoticeMatch[] {
  const dns = target.dns
  if (dns?.outcome !== 'answered') return []
  const [other] = target.variants('dns', dns.seen.resolver === 'hosts-file' ? 'other-resolver' : 'getaddrinfo')
  if (other?.outcome !== 'answered' || other.seen.addresses.some(a => dns.seen.addresses.includes(a))) return []
  // A public name of many addresses may answer differently each time.
  if (dns.seen.resolver !== 'hosts-file' && target.isPublic && !target.allEndpointScopes(other.seen.addresses)) return []
  const [file, asked] = dns.seen.resolver === 'hosts-file' ? [dns, other] : [other, dns]
  const name = target.target.host
  const evidence = [
    says(target, 'dns', dns.seen.resolver === 'hosts-file' ? 'dns.hostsFile' : 'dns.applicationsGet', {
      name,
      addresses: list(file.seen.addresses),
    }),
    says(target, 'dns', 'dns.dnsSays', { resolver: asked.seen.resolver, addresses: list(asked.seen.addresses) }),
  ]
  return [
    {
      severity: 'warning',
      targets: [target.id],
      confidence: dns.seen.resolver === 'hosts-file' ? 'certain' : 'likely',
      evidence,
    },
  ]
}
