// Credential sources that are set up and give nothing, before the one that this run's credentials come from.

import type { CredentialAttempt } from '../model/vantage.ts'
import type { NetworkView } from './view.ts'

/**
 * Those at which boto3 and the AWS CLI stop, where another source gave this run its credentials. They ask a web identity before
 * the single sign-on, keys and process of a profile, this run after: where it gives, those do not stop them.
 */
export function stoppingSources({ vantage }: NetworkView): readonly CredentialAttempt[] {
  const { source = null, tried = [] } = vantage.credentials ?? {}
  if (source === null) return []
  const stops = tried.filter(each => !each.gave && each.stops !== undefined)
  return source === 'web-identity' ? stops.filter(each => each.source === 'environment') : stops
}
