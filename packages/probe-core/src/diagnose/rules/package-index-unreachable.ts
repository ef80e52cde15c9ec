// Cause: the private index that the package manager is set to use cannot be reached.
// Shows as: a host of a package manager, inside the VPC or AWS's, fails below HTTP. The cause of the path is named before it.
// Looks like, but is not: a public index in a closed network (`package-index-is-public`).

import { isLedTo, managerOf, useOf, whyHere } from '../packages.ts'
import { fits, type Rule, says } from '../rule.ts'

export const packageIndexUnreachable: Rule = {
  cause: 'package-index-unreachable',
  severity: 'error',
  shows: ['dns-negative', 'dns-failed', 'tcp-silent', 'tcp-refused', 'tcp-unreachable', 'tls-silent', 'tls-cut', 'tls-untrusted'],
  judge(target, _network, symptom) {
    const manager = managerOf(target)
    const isOwn = target.isPrivate || target.isAws || symptom === 'dns-negative'
    // Of a default nobody said that it is private; and where an answer led is no index.
    if (manager === undefined || !isOwn || useOf(target)?.isDefault || isLedTo(target)) return undefined
    return fits('weak', [whyHere(target) ?? says(target, 'dns', 'packages.index', { manager, host: target.target.host })])
  },
}
