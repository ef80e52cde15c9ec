// Cause: the account has not opted in to this region, or the service is not activated for it.
// Shows as: OptInRequired, or valid credentials refused as invalid in this region alone.
// Looks like, but is not: `credentials-invalid`, which every region refuses.

import { denialOf } from '../classify.ts'
import { sayAws } from '../refusal.ts'
import { fits, type Rule, says } from '../rule.ts'

export const regionNotEnabled: Rule = {
  cause: 'region-not-enabled',
  severity: 'error',
  shows: ['aws-credentials'],
  judge(target, network) {
    const kind = denialOf(target)?.kind
    if (kind === 'not-opted-in') return fits('strong', [sayAws(target)])
    if (kind !== 'invalid-credentials') return undefined
    const region = target.target.region
    const elsewhere = network.targets.find(t => t.target.region !== region && t.aws?.outcome === 'answered')
    if (elsewhere)
      return fits('strong', [
        sayAws(target),
        says(elsewhere, 'aws', 'aws.acceptedElsewhere', { region: elsewhere.target.region ?? '-' }),
      ])
    return fits('weak', [sayAws(target)])
  },
}
