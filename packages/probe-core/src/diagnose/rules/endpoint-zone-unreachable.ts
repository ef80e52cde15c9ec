// Cause: some of the endpoint's addresses (one per zone) cannot be reached from here.
// Shows as: some addresses of one name answer, others stay silent: a client that picks a silent one waits.
// Looks like, but is not: a NACL (then every endpoint shows the same split by subnet).

import { silentBeyond } from '../beyond.ts'
import { answers, failedAddress, resolved } from '../facts.ts'
import { fits, type Rule } from '../rule.ts'

export const endpointZoneUnreachable: Rule = {
  cause: 'endpoint-zone-unreachable',
  severity: 'error',
  shows: ['tcp-partly-silent'],
  judge(target) {
    const families = new Set(target.addresses.map(a => a.address.includes(':')))
    const bad = target.addresses.filter(a => a.outcome === 'silent' || a.outcome === 'rejected')
    if (!target.addresses.some(a => a.scope === 'vpc' || a.scope === 'private') || families.size > 1) return undefined
    const good = target.addresses.find(a => a.outcome === 'answered')
    // An endpoint has its addresses in its own VPC: one outside of it is none of its zones.
    const isForeign = bad.length > 0 && bad.length === silentBeyond(target).length && good?.scope === 'vpc'
    return fits(isForeign ? 'weak' : 'plain', [
      resolved(target),
      ...bad.slice(0, 2).map(a => failedAddress(target, a)),
      good && answers(target, good),
    ])
  },
}
