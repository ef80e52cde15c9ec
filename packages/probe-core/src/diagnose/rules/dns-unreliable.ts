// Cause: the resolver loses questions: more than 1,024 packets a second per ENI, ndots amplification, an overloaded server.
// Shows as: of repeated questions some are answered and some time out.
// Looks like, but is not: `dns-server-unreachable`, where none is answered.

import { lostQuestions } from '../classify.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'

export const dnsUnreliable: Rule = {
  cause: 'dns-unreliable',
  severity: 'error',
  shows: ['dns-silent', 'dns-flaky'],
  judge(target, network, symptom) {
    const { asked, lost } = lostQuestions(target)
    if (asked > lost && lost > 0)
      return fits('strong', [says(target, 'dns', 'dns.lossy', { answered: asked - lost, tries: asked })])
    if (symptom === 'dns-flaky')
      return fits('plain', [says(target, 'dns', 'dns.lossy', { answered: asked - lost, tries: asked })])
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
    const tries = asked + silentToo
    return tries >= 3 ? excluded(says(target, 'dns', 'dns.noneAnswered', { tries })) : fits('weak', [])
  },
}
