// Cause: the endpoint is there and works, but this name (global, dual-stack, FIPS, legacy) is not one that its private DNS covers.
// Shows as: one name of the service is private, the name asked for is public and silent. Seen side by side, so nothing else fits.
// Looks like, but is not: `interface-endpoint-missing`.

import { isOfThisRegion, isOwnKind, isPublishedName } from '../endpoint.ts'
import { allSilent, nameFrom, privateSibling, publicAnswers, resolved, vpcAgrees, vpcSaysPrivate } from '../facts.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'

export const endpointNameNotCovered: Rule = {
  cause: 'endpoint-name-not-covered',
  severity: 'error',
  shows: ['tcp-silent', 'dns-negative', 'tcp-unreachable'],
  judge(target, network, symptom) {
    // An endpoint's own name and a directory bucket's are no other way to name what another name names.
    if (target.identity?.isEndpointSpecific || isOwnKind(target)) return undefined
    if (!target.isApi || !isOfThisRegion(target) || (symptom !== 'dns-negative' && !target.isPublic)) return undefined
    const elsewhere = vpcSaysPrivate(target)
    if (elsewhere) return excluded(elsewhere)
    const sibling = privateSibling(target)
    if (sibling && sibling.name !== target.target.host) {
      // Where there is a way out, the name would work without an endpoint: then something else drops it as well.
      const wayOut = publicAnswers(network, target)
      const isMadeUp = symptom === 'dns-negative' && !isPublishedName(target)
      const fit = isMadeUp ? 'weak' : symptom === 'tcp-silent' && sibling.answers && !wayOut ? 'strong' : 'plain'
      return fits(fit, [resolved(target), allSilent(target), sibling.evidence, vpcAgrees(target), nameFrom(target)], [wayOut])
    }
    // Asked side by side and none private: whatever is wrong, it is not only the name.
    const asked = target.variants('dns', 'sibling-name').filter(o => o.outcome === 'answered')
    // The regional name is the one that every endpoint covers: without its answer the others prove little.
    const isRegional =
      target.identity?.kind === 'regional' || asked.some(o => o.outcome === 'answered' && o.seen.nameKind === 'regional')
    if (asked.length > 0 && isRegional) return excluded(says(target, 'dns', 'dns.noSiblingPrivate', { count: asked.length }))
    return target.identity && target.identity.kind !== 'regional' ? fits('weak', [resolved(target)]) : undefined
  },
}
