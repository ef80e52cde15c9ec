// Cause: no region is known anywhere: option, environment, configuration, metadata.
// Shows as: no endpoint name can be formed, so nothing was sent.
// Looks like, but is not: a network fault.

import { fits, type Rule, saysOfVantage } from '../rule.ts'

export const regionUnset: Rule = {
  cause: 'region-unset',
  severity: 'error',
  shows: ['region-unset'],
  judge() {
    return fits('strong', [saysOfVantage('region.unset', {})])
  },
}
