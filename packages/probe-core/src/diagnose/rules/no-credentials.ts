// Cause: no link of the credential chain gives credentials.
// Shows as: nothing to sign with; metadata, where there is any, answers and has no role.
// Looks like, but is not: metadata that cannot be reached (`metadata-unreachable`, `metadata-hop-limit`), which may well have a role.

import { metadataState } from '../metadata.ts'
import { excluded, fits, type Rule, saysOfVantage } from '../rule.ts'

export const noCredentials: Rule = {
  cause: 'no-credentials',
  severity: 'error',
  shows: ['aws-no-credentials'],
  judge(_target, network) {
    const tried = (network.vantage.credentials?.tried ?? []).filter(t => !t.gave)
    const evidence = tried.slice(0, 7).map(t => saysOfVantage('credentials.tried', { source: t.source, why: t.why ?? '-' }))
    const metadata = metadataState(network)
    if (metadata.state === 'hop-limit') return excluded(metadata.evidence)
    const unsure = (network.vantage.credentials?.tried ?? []).some(t => t.isUnknown)
    if (metadata.state === 'answers' && !unsure) return fits('strong', [...evidence, metadata.evidence])
    return fits('plain', evidence)
  },
}
