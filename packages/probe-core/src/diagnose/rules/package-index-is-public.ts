// Cause: the package manager of this environment asks a public index, and this network has no way to it.
// Shows as: a public host that pip, npm, conda, dnf or docker needs stays silent, and so does the canary.
// Looks like, but is not: a private index that fails (`package-index-unreachable`).

import { allSilent, internet, publicAnswers, resolved } from '../facts.ts'
import { managerOf, useOf, whyHere } from '../packages.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'

export const packageIndexIsPublic: Rule = {
  cause: 'package-index-is-public',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable'],
  judge(target, network) {
    const manager = managerOf(target)
    if (manager === undefined || target.isAws || !target.isPublic) return undefined
    // Where an answer led: the index itself answers, whatever it is.
    if (useOf(target)?.foundBy !== undefined) return undefined
    const wayOut = publicAnswers(network, target)
    if (wayOut) return excluded(wayOut)
    const wanted = says(target, 'dns', 'packages.public', { manager, host: target.target.host })
    return fits('plain', [whyHere(target) ?? wanted, resolved(target), allSilent(target), internet(network)])
  },
}
