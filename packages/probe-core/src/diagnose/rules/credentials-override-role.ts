// Cause: static keys of the environment are used although this machine offers a role, and it is they that AWS refuses.
// Shows as: keys from AWS_ACCESS_KEY_ID…, refused, while metadata or a container service offers a role that nobody asks.
// Looks like, but is not: keys that are meant and merely wrong (`credentials-invalid`, `credentials-expired`).

import { sayAws } from '../refusal.ts'
import { fits, type Rule, saysOfVantage } from '../rule.ts'

export const credentialsOverrideRole: Rule = {
  cause: 'credentials-override-role',
  severity: 'error',
  shows: ['aws-credentials'],
  judge(target, network) {
    const role = network.vantage.credentials?.overriddenRole
    return role === undefined
      ? undefined
      : fits('plain', [sayAws(target), saysOfVantage('credentials.overrides', { source: role })])
  },
}
