// Cause: AWS does not know the key, or the signature is not made with its secret.
// Shows as: InvalidClientTokenId, UnrecognizedClient, InvalidAccessKeyId, AuthFailure, SignatureDoesNotMatch with a right clock.
// Looks like, but is not: `clock-skew`; a region that is not enabled; a proxy that rewrites the request.

import { denialOf } from '../classify.ts'
import { clockIs } from '../clock.ts'
import { sayAws } from '../refusal.ts'
import { excluded, fits, type Rule } from '../rule.ts'

export const credentialsInvalid: Rule = {
  cause: 'credentials-invalid',
  severity: 'error',
  shows: ['aws-credentials', 'aws-clock'],
  judge(target, network, symptom) {
    const kind = denialOf(target)?.kind
    if (symptom === 'aws-clock' || kind === undefined || kind === 'expired' || kind === 'not-opted-in') return undefined
    const clock = clockIs(network)
    if (clock.state === 'wrong') return excluded(clock.evidence)
    return fits('plain', [sayAws(target), clock.state === 'right' ? clock.evidence : undefined])
  },
}
