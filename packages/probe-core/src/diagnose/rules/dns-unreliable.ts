// Cause: the resolver loses questions: more than 1,024 packets a second per ENI, ndots amplification, an overloaded server.
// Shows as: of repeated questions some are answered and some time out.
// Looks like, but is not: `dns-server-unreachable`, where none is answered.

import { excluded, fits, type Rule, says } from '../rule.ts'

export const dnsUnreliable: Rule = {
  cause: 'dns-unreliable',
  severity: 'error',
  shows: ['dns-silent'],
  judge(target, network) {
    const repeats = target.variants('dns', 'repeat').filter(o => o.outcome !== 'skipped')
    const answered = repeats.filter(o => o.outcome !== 'silent').length
    if (answered > 0) return fits('strong', [says(target, 'dns', 'dns.lossy', { answered, tries: repeats.length })])
    const other = network.targets.find(
      t =>
        t !== target &&
        (t.dns?.outcome === 'answered' || t.dns?.outcome === 'rejected') &&
        network.vantage.resolvers.includes(t.dns.seen?.resolver ?? ''),
    )
    if (other) {
      return fits('plain', [
        says(target, 'dns', 'dns.silent', { name: target.target.host }),
        says(other, 'dns', 'dns.otherResolves', { name: other.target.host }),
      ])
    }
    const silentToo = network.targets.filter(t => t.dns?.outcome === 'silent').length
    const tries = repeats.length + silentToo
    return tries >= 3 ? excluded(says(target, 'dns', 'dns.noneAnswered', { tries })) : fits('weak', [])
  },
}
