// Cause: the account has not opted in to this region, or the service is not activated for it.
// Shows as: OptInRequired, or valid credentials refused as invalid in this region alone.
// Looks like, but is not: `credentials-invalid`, which every region refuses.

import { denialOf } from '../classify.ts'
import { sayAws } from '../refusal.ts'
import { remember } from '../remember.ts'
import { fits, type Rule, says } from '../rule.ts'
import type { NetworkView } from '../view.ts'

export const regionNotEnabled: Rule = {
  cause: 'region-not-enabled',
  severity: 'error',
  shows: ['aws-credentials'],
  judge(target, network) {
    const kind = denialOf(target)?.kind
    if (kind === 'not-opted-in') return fits('strong', [sayAws(target)])
    if (kind !== 'invalid-credentials') return undefined
    const region = target.target.region
    const elsewhere = accepted(network).find(t => t.target.region !== region)
    if (elsewhere)
      return fits('strong', [
        sayAws(target),
        says(elsewhere, 'aws', 'aws.acceptedElsewhere', { region: elsewhere.target.region ?? '-' }),
      ])
    return fits('weak', [sayAws(target)])
  },
}

const accepted = remember((network: NetworkView) => network.targets.filter(t => t.aws?.outcome === 'answered'))
