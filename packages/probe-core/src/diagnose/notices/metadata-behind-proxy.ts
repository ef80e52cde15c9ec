// A proxy is set and link-local credential sources are not exempt: clients that honour the variables (boto3, curl, Go) are misled,
// even where this run, which never sends link-local traffic to a proxy, found credentials.

import { metadataGap } from '../no-proxy.ts'
import type { Notice } from '../rule.ts'

export const metadataBehindProxy: Notice = {
  cause: 'proxy-captures-metadata',
  find(network) {
    const gap = metadataGap(network)
    // Without credentials it is a candidate among others, and the rule speaks.
    const isCandidate = network.targets.some(t => t.aws?.outcome === 'skipped' && t.aws.because === 'no-credentials')
    if (gap === undefined || isCandidate) return []
    const source = network.vantage.credentials?.source
    const usesMetadata = source === 'imds' || source === 'container'
    const metadata = [...network.check('imds-token'), ...network.check('container-credentials')].some(
      c => c.outcome === 'answered',
    )
    if (!usesMetadata && !metadata) return []
    return [{ severity: 'warning', targets: [], confidence: 'certain', evidence: gap }]
  },
}
