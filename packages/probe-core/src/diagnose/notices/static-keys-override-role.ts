// Static keys of the environment win over a role that this machine offers: permissions may be another identity's.

import { findSymptom } from '../classify.ts'
import { type Notice, saysOfVantage } from '../rule.ts'

export const staticKeysOverrideRole: Notice = {
  cause: 'credentials-override-role',
  find(network) {
    const offered = network.vantage.credentials?.overriddenRole
    // Where AWS refuses the keys it is a candidate among others, and the rule speaks.
    if (offered === undefined || network.targets.some(t => findSymptom(t) === 'aws-credentials')) return []
    const evidence = [saysOfVantage('credentials.overrides', { source: offered })]
    return [{ severity: 'warning', targets: [], confidence: 'certain', evidence }]
  },
}
