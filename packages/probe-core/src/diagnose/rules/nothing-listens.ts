// Cause: the host is there and answers with RST: nothing listens on this port.
// Shows as: connection refused at once. It proves name, route, security groups and NACLs right.
// Looks like, but is not: a firewall that rejects with RST; a security group never does.

import { resolved } from '../facts.ts'
import { fits, type Rule, says } from '../rule.ts'
import { sayFound } from '../state/evidence.ts'
import { foundBehind } from '../state/found.ts'

export const nothingListens: Rule = {
  cause: 'nothing-listens',
  severity: 'error',
  shows: ['tcp-refused'],
  isOnePerTarget: true,
  judge(target) {
    const refused = target.addresses.find(a => a.tcp.outcome === 'rejected' && a.tcp.code === 'ECONNREFUSED')
    if (refused === undefined) return undefined
    const proof = says(target, 'tcp', 'tcp.refused', {
      address: refused.address,
      port: target.target.port,
      ms: Math.round(refused.tcp.outcome === 'skipped' ? 0 : (refused.tcp.durationMs ?? 0)),
    })
    // Whose address it is says where to look: a load balancer refuses, too, when nothing is registered behind it.
    const holders = foundBehind(target).map(found => sayFound(target, found))
    return fits('plain', [resolved(target), proof, ...holders])
  },
}
