// The VPC's own resolver has a private answer for a name that this machine resolves to a public address, and it works: past the endpoint.

import { findSymptom } from '../classify.ts'
import { resolved, vpcSaysPrivate } from '../facts.ts'
import type { Notice } from '../rule.ts'

export const privateAnswerUnused: Notice = {
  cause: 'custom-dns-bypasses-vpc',
  find(network) {
    const passing = network.targets.filter(t => t.isPublic && findSymptom(t) === undefined && vpcSaysPrivate(t) !== undefined)
    if (passing.length === 0) return []
    const evidence = passing.flatMap(t => [resolved(t), vpcSaysPrivate(t)]).filter(e => e !== undefined)
    return [{ severity: 'warning', targets: passing.map(t => t.id), confidence: 'certain', evidence }]
  },
}
