// Cause: the server is another host than the one asked for: its certificate names something else.
// Shows as: a certificate, often a genuine one, whose names do not match.
// Looks like, but is not: TLS inspection, which mints the right name.

import { list, resolved } from '../facts.ts'
import { fits, type Rule, says } from '../rule.ts'

export const certificateOtherHost: Rule = {
  cause: 'certificate-other-host',
  severity: 'error',
  shows: ['certificate-name'],
  isOnePerTarget: true,
  judge(target) {
    const tls = target.tls
    const names = tls === undefined || tls.outcome === 'skipped' ? [] : (tls.seen?.names ?? [])
    return fits('strong', [
      says(target, 'tls', 'tls.otherHost', { host: target.target.host, names: list(names) || '-' }),
      resolved(target),
    ])
  },
}
