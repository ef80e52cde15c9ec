// Cause: the index answers, and the host that its file links name does not.
// Shows as: of the hosts of one package manager, one answers over HTTP and this one fails.
// Looks like, but is not: an index that cannot be reached at all.

import { answeringIndexOf, managerOf } from '../packages.ts'
import { fits, type Rule, says } from '../rule.ts'

export const packageFilesElsewhere: Rule = {
  cause: 'package-files-elsewhere',
  severity: 'error',
  shows: ['dns-negative', 'tcp-silent', 'tcp-refused', 'tcp-unreachable', 'tls-silent', 'tls-cut'],
  judge(target) {
    const index = answeringIndexOf(target)
    if (index === undefined) return undefined
    const parts = { manager: managerOf(index) ?? '-', host: index.target.host }
    return fits('plain', [says(index, 'http', 'packages.indexAnswers', parts)])
  },
}
