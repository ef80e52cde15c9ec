// Cause: the index answers, and the host that its file links name does not.
// Shows as: a host that an answering index, registry or mirror list led to fails.
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
    const led = target.target.packages?.foundBy
      ? says(target, 'dns', 'packages.linksLead', { index: index.target.host, host: target.target.host })
      : undefined
    return fits('plain', [says(index, 'http', 'packages.indexAnswers', parts), led])
  },
}
