// Cause: the network says that the host cannot be reached: ICMP, no route, nobody answers ARP, or this machine's own firewall.
// Shows as: EHOSTUNREACH (after about 3 s in the own subnet: nobody holds that address any more), ENETUNREACH, EPERM or EACCES; or silence at a private address outside the VPC, which its router drops without a word where no route leads there.
// Looks like, but is not: a filter. Inside the VPC that is silent, and never sends ICMP; in another network it is as silent as a missing route, and only the route table tells.

import { areRoutesTold, liesBeyond, mayLieBeyond, neighbourAnswers } from '../beyond.ts'
import { allSilent, answers, resolved } from '../facts.ts'
import { fits, type Judgement, type Rule, says } from '../rule.ts'
import type { TargetView } from '../view.ts'

export const hostUnreachable: Rule = {
  cause: 'host-unreachable',
  severity: 'error',
  shows: ['tcp-unreachable', 'tcp-partly-silent', 'tcp-silent'],
  judge(target, network, symptom) {
    const failed = target.addresses.find(a => a.tcp.outcome === 'rejected' && a.tcp.code !== 'ECONNREFUSED')
    if (failed === undefined || failed.tcp.outcome !== 'rejected' || symptom === 'tcp-silent') return ofSilent(target)
    const { code, durationMs = 0 } = failed.tcp
    const parts = { address: failed.address, port: target.target.port, code, ms: Math.round(durationMs) }
    const own = network.inOwnSubnet(failed.address) === true
    if (code === 'EPERM' || code === 'EACCES') return fits('strong', [says(target, 'tcp', 'tcp.ownFirewall', parts)])
    const proof = says(
      target,
      'tcp',
      code === 'EHOSTUNREACH' && durationMs > 900 && own ? 'tcp.nobodyHolds' : 'tcp.unreachable',
      parts,
    )
    // A firewall that rejects everything public says the same of a name that wants an endpoint.
    return fits(symptom === 'tcp-unreachable' && !(target.isApi && target.isPublic) ? 'strong' : 'plain', [
      resolved(target),
      proof,
    ])
  },
}

function ofSilent(target: TargetView): Judgement {
  const beyond = liesBeyond(target)
  if (beyond === undefined) return mayLieBeyond(target) ? fits('weak', [resolved(target), allSilent(target)]) : undefined
  const near = neighbourAnswers(target)
  // No route leads there, the record is out of date, or a group over there does not admit us: all are as silent, and only the route
  // table makes more of the first than a possibility.
  return fits(
    near || !areRoutesTold(target.network) ? 'weak' : 'plain',
    [resolved(target), beyond, allSilent(target)],
    [near && answers(near.of, near.address)],
  )
}
