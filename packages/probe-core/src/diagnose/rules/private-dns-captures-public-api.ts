// Cause: the execute-api endpoint's private DNS sends the name of a public API to the private endpoint, which does not know it.
// Shows as: an execute-api name with a private address, and 403 {"message":"Forbidden"}.
// Looks like, but is not: a private API whose endpoint is not associated, or whose resource policy denies (then AWS words it).

import { resolved } from '../facts.ts'
import { forbiddenByApi } from '../refusal.ts'
import { fits, type Rule } from '../rule.ts'

export const privateDnsCapturesPublicApi: Rule = {
  cause: 'private-dns-captures-public-api',
  severity: 'error',
  shows: ['aws-denied', 'http-status', 'http-foreign', 'aws-error'],
  judge(target) {
    if (!/\.execute-api\./.test(target.target.host) || !target.isPrivate) return undefined
    const forbidden = forbiddenByApi(target)
    return forbidden ? fits('plain', [resolved(target), forbidden]) : undefined
  },
}
