// Cause: the call needs a KMS key, and KMS denies its use.
// Shows as: the denied action is kms:*, whatever service was called; or only what reads or writes contents is denied.
// Looks like, but is not: a denial of the service's own action.

import type { Denial } from '../../catalog/denial.ts'
import type { AwsObservation } from '../../model/observation.ts'
import { denialOf } from '../classify.ts'
import { stepOf, unusableKeyState } from '../named.ts'
import { sayAws, severityOfDenial } from '../refusal.ts'
import { fits, type Judgement, type Rule, says } from '../rule.ts'
import type { TargetView } from '../view.ts'

export const kmsDenies: Rule = {
  cause: 'kms-denies',
  severity: severityOfDenial,
  shows: ['aws-denied', 'aws-error'],
  judge(target) {
    // KMS itself was called: then it is the call that is denied, and no key behind another service's.
    const unusable = unusableKeyState(target)
    if (unusable !== undefined) return fits('strong', [says(target, 'aws', 'resource.state', unusable)])
    const denial = denialOf(target)
    // Disabled, to be deleted, without material: the key's own word.
    if (target.service?.signingName === 'kms') return denial?.kind === 'kms' ? fits('strong', [sayAws(target)]) : undefined
    const named = denial?.kmsInvolved === true || denial?.kind === 'kms'
    if (denial === undefined) return undefined
    if (!named) return ofContents(target, denial)
    // A denial of kms:* by an identity policy, boundary or SCP is that policy's; by the key's own policy it is the key's.
    const other = denial.policyType !== undefined && denial.policyType !== 'resource'
    return fits(other ? 'plain' : 'strong', [sayAws(target)])
  },
}

/** Calls that read or write what a key may encrypt. S3 and others do not say so when it is the key that denies. */
const contents = /^(s3:(Get|Put)Object|secretsmanager:GetSecretValue|sqs:(Send|Receive)Message|ssm:GetParameters?|sns:Publish)$/i

function ofContents(target: TargetView, denial: Denial): Judgement {
  const aws = target.aws
  if (denial.policyType !== undefined || denial.kind !== 'access-denied' || aws === undefined || aws.outcome === 'skipped')
    return undefined
  const action = denial.action ?? aws.seen?.action ?? ''
  if (!contents.test(action) || aws.seen?.signed === false) return undefined
  // The same resource lets the caller list or look at it: then it is what is inside that is kept.
  const isSame = (o: AwsObservation) => o.outcome === 'answered' && o.seen.resource === aws.seen?.resource
  // A part for an upload that does not exist needs no key: there is nothing to encrypt.
  const isBogusPart = action === 's3:PutObject' && stepOf(target, aws) !== undefined
  const beside = [...target.variants('aws', 'second-action'), ...target.layer('aws').filter(isSame)]
  const works = isBogusPart ? undefined : beside.find(o => o.outcome === 'answered')
  const proof = works && says(target, 'aws', 'aws.secondWorks', { action: works.seen?.action ?? '-' })
  return fits(proof ? 'plain' : 'weak', [sayAws(target), proof])
}
