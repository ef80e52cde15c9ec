// Cause: AWS knows no resource of this name (in this account and region).
// Shows as: a "does not exist" of the service itself.
// Looks like, but is not: a denial; some services say "does not exist" before they look at policy, or instead.

import { denialOf } from '../classify.ts'
import { hidesExistence, isMissing } from '../named.ts'
import { sayAws } from '../refusal.ts'
import { fits, type Judgement, type Rule, says } from '../rule.ts'
import type { TargetView } from '../view.ts'

export const resourceMissing: Rule = {
  cause: 'resource-missing',
  // Nothing at a key may be how it should be: the name may be a prefix that nobody has written to yet.
  severity: target => (codeOf(target) === 'NoSuchKey' ? 'warning' : 'error'),
  shows: ['aws-not-found', 'aws-denied'],
  judge(target, _network, symptom) {
    if (symptom === 'aws-denied') return ofDenied(target)
    return fits(isMissing(target, target.aws) ? 'strong' : 'plain', [sayAws(target)])
  },
}

/** Some services say "does not exist or you have no access", and ECR says denied across accounts when it does not exist. */
function ofDenied(target: TargetView): Judgement {
  const denial = denialOf(target)
  if (denial?.caveat === 'missing-repository-looks-denied') return fits('weak', [sayAws(target)])
  if (denial?.kind === 'not-found-or-denied') {
    const isOne = hidesExistence(target, target.aws)
    return fits('plain', [sayAws(target), isOne ? says(target, 'aws', 'resource.oneAnswer', {}) : undefined])
  }
  const isSecret = target.service?.id === 'secretsmanager' && hidesExistence(target, target.aws)
  return isSecret ? fits('plain', [sayAws(target), says(target, 'aws', 'resource.secretSuffix', {})]) : undefined
}

function codeOf(target: TargetView): string | undefined {
  return target.aws?.outcome === 'rejected' ? target.aws.code : undefined
}
