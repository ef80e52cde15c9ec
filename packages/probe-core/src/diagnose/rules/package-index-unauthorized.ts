// Cause: the package index wants credentials, and those of the package manager are missing or expired (CodeArtifact's live 12 hours).
// Shows as: 401 or 403 from a host that a package manager fetches from.
// Looks like, but is not: a denial of an AWS call; a web gateway's block page.

import { managerOf } from '../packages.ts'
import { fits, type Rule, says } from '../rule.ts'

export const packageIndexUnauthorized: Rule = {
  cause: 'package-index-unauthorized',
  severity: 'error',
  shows: ['http-status', 'aws-denied', 'aws-credentials', 'aws-error'],
  judge(target) {
    const manager = managerOf(target)
    const http = target.http
    const status = http === undefined || http.outcome === 'skipped' ? undefined : http.seen?.status
    if (manager === undefined || (status !== 401 && status !== 403)) return undefined
    // Our request carries no token of the manager's: that it is refused does not prove that the manager's would be.
    const proof = says(target, 'http', 'packages.unauthorized', { manager, host: target.target.host, status })
    return fits('weak', [proof])
  },
}
