// Cause: the security group of the endpoint does not admit this ENI on its port.
// Shows as: every private address of one endpoint is silent, while other endpoints answer.
// Looks like, but is not: own egress (then no endpoint answers), a NACL (then addresses in the own subnet answer).

import { areRoutesTold, liesBeyond, neighbourAnswers } from '../beyond.ts'
import { allSilent, otherEndpointAnswers, resolved, somePortGetsThrough, vpcResolverAnswers } from '../facts.ts'
import { remember } from '../remember.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'
import type { NetworkView } from '../view.ts'

export const endpointSecurityGroup: Rule = {
  cause: 'endpoint-security-group',
  severity: 'error',
  shows: ['tcp-silent'],
  isOnePerTarget: true,
  judge(target, network) {
    if (!target.isApi || !target.isPrivate) return undefined
    const through = somePortGetsThrough(target)
    if (through) return excluded(through)
    // The endpoint of another network, if it is one at all: what answers in this VPC says nothing of the way there.
    const beyond = liesBeyond(target)
    if (beyond && neighbourAnswers(target) === undefined)
      return fits(areRoutesTold(network) ? 'weak' : 'plain', [resolved(target), beyond, allSilent(target)])
    const other = otherEndpointAnswers(network, target)
    const alone = silentEndpoints(network).length === 1
    // Packets to this port leave the ENI where a public address answers on it: then several closed endpoints are just that.
    const leaves = network.publicThatAnswer(target).some(t => t.target.port === target.target.port)
    const fit = other ? 'strong' : alone || leaves ? 'plain' : 'weak'
    const captured =
      network.vantage.internet === 'answered'
        ? says(target, 'dns', 'endpoint.capturesName', { name: target.target.host })
        : undefined
    return fits(fit, [resolved(target), allSilent(target), other, other ? undefined : vpcResolverAnswers(network), captured])
  },
}

const silentEndpoints = remember((network: NetworkView) =>
  network.targets.filter(t => t.isApi && t.isPrivate && t.addresses.every(a => a.outcome === 'silent')),
)
