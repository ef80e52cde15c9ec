// Cause: the name does not exist: a typo, a deleted database, a service with no task registered, a service not offered in the region.
// Shows as: NXDOMAIN or NODATA for a name that only the user knows.
// Looks like, but is not: `private-zone-shadows`, for names that certainly exist.

import { isKnownRegion } from '../../catalog/index.ts'
import { isPublishedName } from '../endpoint.ts'
import { nameFrom, vpcAnswer } from '../facts.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'

export const dnsNameUnknown: Rule = {
  cause: 'dns-name-unknown',
  severity: 'error',
  shows: ['dns-negative'],
  isOnePerTarget: true,
  judge(target) {
    const dns = target.dns
    if (dns?.outcome !== 'rejected') return undefined
    const beside = vpcAnswer(target)
    if (beside?.outcome === 'answered')
      return excluded(says(target, 'dns', 'dns.vpcResolves', { resolver: beside.seen.resolver }))
    const proof = says(target, 'dns', 'dns.rejected', {
      name: target.target.host,
      code: dns.code,
      resolver: dns.seen?.resolver ?? '?',
    })
    if (!target.isApi) return fits('plain', [proof])
    const region = target.identity?.region ?? target.target.region
    if (region !== null && !isKnownRegion(region))
      return fits('plain', [proof, says(target, 'dns', 'catalogue.regionUnknown', { region })])
    if (target.identity?.isEndpointSpecific)
      return fits('plain', [proof, says(target, 'dns', 'dns.ownName', { name: target.target.host }), nameFrom(target)])
    if (target.identity?.service == null) return fits('plain', [proof, nameFrom(target)])
    if (!isPublishedName(target))
      return fits('plain', [proof, says(target, 'dns', 'catalogue.nameMadeUp', { name: target.target.host }), nameFrom(target)])
    return fits('weak', [proof], [says(target, 'dns', 'catalogue.nameExists', { name: target.target.host })])
  },
}
