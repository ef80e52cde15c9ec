// AWS_REGION and AWS_DEFAULT_REGION differ: SDKs read one or the other, so two programs here call two regions.

import { list } from '../facts.ts'
import { type Notice, saysOfVantage } from '../rule.ts'

export const regionsConflict: Notice = {
  cause: 'region-mismatch',
  find(network) {
    const regions = network.vantage.sdk?.conflictingRegions
    if (regions === undefined || regions.length < 2) return []
    return [
      {
        severity: 'warning',
        targets: [],
        confidence: 'certain',
        evidence: [saysOfVantage('region.conflict', { regions: list(regions) })],
      },
    ]
  },
}
