// Cause: the network says that the host cannot be reached: ICMP, no route, nobody answers ARP, or this machine's own firewall.
// Shows as: EHOSTUNREACH, ENETUNREACH, EPERM or EACCES. After about 3 s in the own subnet: nobody holds that address any more.
// Looks like, but is not: a VPC drop, which is silent and never sends ICMP.

import { resolved } from '../facts.ts'
import { fits, type Rule, says } from '../rule.ts'

export const hostUnreachable: Rule = {
  cause: 'host-unreachable',
  severity: 'error',
  shows: ['tcp-unreachable', 'tcp-partly-silent'],
  judge(target, network, symptom) {
    const failed = target.addresses.find(a => a.tcp.outcome === 'rejected' && a.tcp.code !== 'ECONNREFUSED')
    if (failed === undefined || failed.tcp.outcome !== 'rejected') return undefined
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
