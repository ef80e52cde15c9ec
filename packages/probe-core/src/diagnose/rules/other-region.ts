// Cause: the name belongs to another region than the one this VPC is in; endpoints of this VPC do not serve it.
// Shows as: a public answer and silence, for a host whose name carries another region.
// Looks like, but is not: `interface-endpoint-missing`.

import { isCoveredByNothing } from '../endpoint.ts'
import { allSilent, internet, publicAnswers, resolved } from '../facts.ts'
import { fits, type Rule, says } from '../rule.ts'

export const otherRegion: Rule = {
  cause: 'other-region',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable'],
  judge(target, network) {
    const there = target.identity?.region ?? null
    const here = network.vantage.homeRegion ?? network.vantage.region
    if (!target.isAws || !target.isPublic || there === null || here === null || there === here) return undefined
    // A service that has no endpoint in any region is no better off in its own.
    if (isCoveredByNothing(target)) return undefined
    const regions = says(target, 'dns', 'region.differs', { name: target.target.host, there, here })
    return fits('plain', [regions, resolved(target), allSilent(target), internet(network)], [publicAnswers(network, target)])
  },
}
