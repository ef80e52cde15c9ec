// Cause: AWS denied the call and did not say which policy did.
// Shows as: a bare AccessDenied, 403 or UnauthorizedOperation.
// Looks like, but is not: any of the attributed denials. The ranked candidates and the call that separates them are named.

import { denialOf } from '../classify.ts'
import { sayAws, sayOthers, severityOfDenial } from '../refusal.ts'
import { fits, type Rule, says } from '../rule.ts'

export const deniedUnattributed: Rule = {
  cause: 'denied-unattributed',
  severity: severityOfDenial,
  shows: ['aws-denied'],
  judge(target) {
    const denial = denialOf(target)
    if (denial === undefined || denial.policyType !== undefined || (denial.kmsInvolved && target.service?.signingName !== 'kms'))
      return undefined
    // The key cannot be used, and it is no policy that says so.
    if (denial.kind === 'kms') return undefined
    const unsigned = target.variants('aws', 'unsigned').find(o => o.outcome === 'answered' || o.outcome === 'rejected')
    const second = target.variants('aws', 'second-action').find(o => o.outcome === 'answered' || o.outcome === 'rejected')
    const evidence = [
      sayAws(target),
      unsigned
        ? says(target, 'aws', unsigned.outcome === 'answered' ? 'aws.unsignedWorks' : 'aws.unsignedDenied', {
            code: unsigned.outcome === 'rejected' ? unsigned.code : '200',
          })
        : undefined,
      second
        ? says(target, 'aws', second.outcome === 'answered' ? 'aws.secondWorks' : 'aws.secondDenied', {
            action: second.seen?.action ?? '-',
          })
        : undefined,
      ...sayOthers(target),
    ]
    return fits(denial.explicit ? 'strong' : 'plain', evidence)
  },
}
