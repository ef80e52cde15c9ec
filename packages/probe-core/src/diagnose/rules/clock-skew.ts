// Cause: the clock of this machine is off by more than AWS accepts (5 minutes, S3 15).
// Shows as: RequestTimeTooSkewed, "Signature expired" or "not yet current", and a Date of the answers that differs from our clock.
// Looks like, but is not: an expired certificate or a wrong secret.

import { denialOf } from '../classify.ts'
import { clockIs, minutes } from '../clock.ts'
import { sayAws } from '../refusal.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'

export const clockSkew: Rule = {
  cause: 'clock-skew',
  severity: 'error',
  shows: ['aws-clock', 'aws-credentials', 'certificate-dates'],
  judge(target, network, symptom) {
    const clock = clockIs(network)
    const own = target.http?.outcome === 'answered' ? target.http.seen.clockSkewMs : undefined
    if (symptom === 'aws-clock') {
      const date = own !== undefined ? says(target, 'http', 'clock.date', { minutes: minutes(own) }) : undefined
      // AWS says that the time is off, and the Date of its answers does not bear it out: something between may hold requests back.
      if (clock.state === 'right') return fits('plain', [sayAws(target)], [clock.evidence])
      return fits('strong', [sayAws(target), date, clock.state === 'wrong' ? clock.evidence : undefined])
    }
    if (symptom === 'aws-credentials' && denialOf(target)?.kind === 'expired') return undefined
    if (clock.state === 'right') return excluded(clock.evidence)
    if (clock.state === 'wrong') return fits('strong', [clock.evidence])
    return symptom === 'certificate-dates' ? fits('weak', []) : undefined
  },
}
