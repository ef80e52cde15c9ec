// Cause: the package index wants credentials, and those of the package manager are missing or expired (CodeArtifact's live 12 hours).
// Shows as: 401 or 403 from a host that a package manager fetches from.
// Looks like, but is not: a denial of an AWS call; a web gateway's block page.

import { isCodeArtifact, isTokenExpired, managerOf, refusesManager, useOf, whyHere } from '../packages.ts'
import { fits, type Rule, says } from '../rule.ts'
import type { TargetView } from '../view.ts'

export const packageIndexUnauthorized: Rule = {
  cause: 'package-index-unauthorized',
  severity: 'error',
  shows: ['index-refuses', 'http-status', 'aws-denied', 'aws-credentials', 'aws-error'],
  judge(target, _network, symptom) {
    const manager = managerOf(target)
    const http = target.http
    const status = http === undefined || http.outcome === 'skipped' ? undefined : http.seen?.status
    if (manager === undefined || status === undefined) return undefined
    const host = target.target.host
    if (symptom === 'index-refuses') {
      if (refusesManager(target) === 'none')
        return fits('plain', [says(target, 'http', 'packages.refusesNone', { manager, host, status }), whyHere(target)])
      const from = useOf(target)?.configuredBy ?? '-'
      // With a keyring beside the URL the manager may have others still to try.
      const proof = says(target, 'http', 'packages.refusesSent', { manager, host, status, from })
      return fits(status === 401 && isVerified(target) && useOf(target)?.credentials === 'url' ? 'strong' : 'plain', [
        proof,
        tokenSays(target),
      ])
    }
    if (status !== 401 && status !== 403) return undefined
    // Our request carries no token of the manager's: that it is refused does not prove that the manager's would be.
    return fits('weak', [says(target, 'http', 'packages.unauthorized', { manager, host, status })])
  },
}

/** The answer is the host's own: nobody who holds a certificate of his own making stands between. */
function isVerified(target: TargetView): boolean {
  const { tls } = target
  return tls?.outcome === 'answered' && tls.seen.trusted !== false && tls.seen.trustedBy !== 'custom-ca'
}

/** By the expiry it carries in the clear. A token that has not ended and is refused is somebody else's, or was taken back. */
function tokenSays(target: TargetView) {
  const at = useOf(target)?.tokenExpiresAt
  if (at === undefined) return undefined
  if (isTokenExpired(target)) return says(target, 'http', 'packages.tokenExpired', { at })
  return isCodeArtifact(target) ? says(target, 'http', 'packages.tokenOther', { at }) : undefined
}
