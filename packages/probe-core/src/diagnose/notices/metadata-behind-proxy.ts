// A proxy is set for plain http and instance metadata is not exempt: boto3 and the AWS CLI ask the proxy for their role, even where
// this run, which asks metadata directly, found it.

import { metadataGap } from '../no-proxy.ts'
import type { Notice } from '../rule.ts'

export const metadataBehindProxy: Notice = {
  cause: 'proxy-captures-metadata',
  find(network) {
    const gap = metadataGap(network)
    if (gap === undefined) return []
    const { credentials } = network.vantage
    const match = { severity: 'warning', targets: [], evidence: gap } as const
    if (credentials?.source === 'imds') return [{ ...match, confidence: 'certain' }]
    // Keys, a profile or a container's role come before the instance's. Without any, it is a candidate among others, and the rule speaks.
    if (credentials !== undefined || network.check('container-credentials').length > 0) return []
    // Nobody looked for credentials in this run.
    const answers = network.check('imds-token').some(c => c.outcome === 'answered')
    return answers ? [{ ...match, confidence: 'likely' }] : []
  },
}
