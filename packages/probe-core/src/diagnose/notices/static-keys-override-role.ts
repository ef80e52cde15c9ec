// Static keys of the environment win over a role that this machine offers: permissions may be another identity's.

import { type Notice, saysOfVantage } from '../rule.ts'

export const staticKeysOverrideRole: Notice = {
  cause: 'credentials-override-role',
  find(network) {
    const { credentials } = network.vantage
    if (credentials?.source !== 'environment' || network.vantage.workload === 'lambda') return []
    const used = credentials.tried.find(t => t.source === 'environment' && t.gave)
    const container = network.check('container-credentials').find(c => c.outcome === 'answered')
    const role = network
      .check('imds-get')
      .find(c => c.outcome === 'answered' && typeof c.seen?.role === 'string' && c.seen.role !== '')
    const offered = container
      ? `the container credential service (${container.address})`
      : role
        ? `instance metadata (${String(role.seen?.role)})`
        : undefined
    if (used === undefined || offered === undefined) return []
    return [
      {
        severity: 'warning',
        targets: [],
        confidence: 'certain',
        evidence: [saysOfVantage('credentials.overrides', { source: offered })],
      },
    ]
  },
}
