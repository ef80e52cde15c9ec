// Cause: the server's certificate is outside its dates.
// Shows as: expired or not yet valid by the local clock, and the server's Date agrees with that clock.
// Looks like, but is not: `clock-skew`, where it is our clock that is wrong.

import { findSymptom } from '../classify.ts'
import { clockIs } from '../clock.ts'
import { remember } from '../remember.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'
import type { NetworkView } from '../view.ts'

export const certificateExpired: Rule = {
  cause: 'certificate-expired',
  severity: 'error',
  shows: ['certificate-dates'],
  isOnePerTarget: true,
  judge(target, network) {
    const clock = clockIs(network)
    if (clock.state === 'wrong') return excluded(clock.evidence)
    const tls = target.tls
    const seen = tls === undefined || tls.outcome === 'skipped' ? undefined : tls.seen
    const proof = says(target, 'tls', 'tls.dates', {
      host: target.target.host,
      from: seen?.validFrom ?? '?',
      to: seen?.validTo ?? '?',
    })
    // Every certificate out of date at once: then it is rather our clock.
    const alike = outOfDate(network).find(t => t.target.host !== target.target.host)
    if (clock.state === 'unknown' && alike !== undefined) return fits('weak', [proof])
    return clock.state === 'right' ? fits('strong', [proof, clock.evidence]) : fits('plain', [proof])
  },
}

const outOfDate = remember((network: NetworkView) => network.targets.filter(t => findSymptom(t) === 'certificate-dates'))
