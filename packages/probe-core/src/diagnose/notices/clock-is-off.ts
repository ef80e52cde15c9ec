// The clock is off although nothing failed for it yet, or what failed has another name.

import { findSymptom } from '../classify.ts'
import { clockIs } from '../clock.ts'
import type { Notice } from '../rule.ts'

export const clockIsOff: Notice = {
  cause: 'clock-skew',
  find(network) {
    const clock = clockIs(network)
    if (clock.state !== 'wrong') return []
    if (network.targets.some(t => ['aws-clock', 'certificate-dates', 'aws-credentials'].includes(findSymptom(t) ?? ''))) return []
    return [{ severity: 'warning', targets: [], confidence: 'certain', evidence: [clock.evidence] }]
  },
}
