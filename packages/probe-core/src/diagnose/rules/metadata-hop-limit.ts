// Cause: the answer to the IMDSv2 token request dies on its way into a container: the hop limit is 1.
// Shows as: PUT for a token is silent although 169.254.169.254 accepts connections or answers a GET.
// Looks like, but is not: metadata that is not there at all (`metadata-unreachable`).

import { metadataState, wasNotLookedAt } from '../metadata.ts'
import { fits, type Rule } from '../rule.ts'

export const metadataHopLimit: Rule = {
  cause: 'metadata-hop-limit',
  severity: 'error',
  shows: ['aws-no-credentials'],
  judge(_target, network) {
    const metadata = metadataState(network)
    // A metadata service that is merely slow looks the same within the second that it is given.
    if (metadata.state === 'hop-limit') return fits('plain', [metadata.evidence])
    return wasNotLookedAt(network) ? fits('weak', []) : undefined
  },
}
