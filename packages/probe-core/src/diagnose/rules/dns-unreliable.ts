// Cause: the DNS server loses questions: more than 1,024 packets a second per ENI, ndots amplification, an overloaded server.
// Shows as: of repeated questions some are answered and some time out.
// Looks like, but is not: `dns-server-unreachable`, where none is answered.

import { lostQuestions } from '../classify.ts'
import { systemResolverAnswered } from '../facts.ts'
import { proxyNameFails } from '../proxied.ts'
import { remember } from '../remember.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'
import type { NetworkView } from '../view.ts'

export const dnsUnreliable: Rule = {
  cause: 'dns-unreliable',
  severity: 'error',
  shows: ['dns-silent', 'dns-flaky', 'proxy-silent'],
  judge(target, network, symptom) {
    if (symptom === 'proxy-silent' && proxyNameFails(target)?.outcome !== 'silent') return undefined
    const { asked, lost } = lostQuestions(target)
    const lossy = says(target, 'dns', 'dns.lossy', { answered: asked - lost, tries: asked })
    if (asked > lost && lost > 0) return fits('strong', [lossy])
    // None of many: that server is dead, and another one of the list answered in its place.
    const isFirstDead = asked >= 4 && lost === asked && network.vantage.resolvers.length > 1
    if (symptom === 'dns-flaky') return fits(isFirstDead ? 'weak' : 'plain', [lossy])
    const other = systemResolverAnswered(network, target)
    if (other) return fits('plain', [says(target, 'dns', 'dns.silent', { name: target.target.host }), other])
    const { isAnyAnswered, tries } = questionsOf(network)
    if (isAnyAnswered) return fits('plain', [says(target, 'dns', 'dns.silent', { name: target.target.host })])
    // Even a server that loses half of its questions leaves eight in a row unanswered once in 256 runs.
    return tries >= 8 ? excluded(says(target, 'dns', 'dns.noneAnswered', { tries })) : fits('weak', [])
  },
}

/** Over the whole run: whether a repeated question was ever answered, and how many names and repeats were asked. */
const questionsOf = remember((network: NetworkView) => {
  const all = network.targets.map(lostQuestions)
  const tries = all.reduce((sum, t) => sum + t.asked, 0) + network.targets.filter(t => t.dns?.outcome === 'silent').length
  return { isAnyAnswered: all.some(t => t.asked > t.lost), tries }
})
