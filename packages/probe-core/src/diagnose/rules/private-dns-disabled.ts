// Cause: the interface endpoint exists, but its private DNS names are off (or not associated with this VPC).
// Shows as: exactly what a missing endpoint shows: a public answer, and silence.
// Looks like, but is not: `interface-endpoint-missing`; only ec2:DescribeVpcEndpoints, or the endpoint's own name, separates them.

import { endpointNamesOf, hasPrivateDns, isOfThisRegion, needsInterfaceEndpoint } from '../endpoint.ts'
import { allSilent, privateSibling, publicAnswers, resolved, vpcAgrees, vpcSaysPrivate } from '../facts.ts'
import { remember } from '../remember.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'
import { type NetworkView, reached } from '../view.ts'

export const privateDnsDisabled: Rule = {
  cause: 'private-dns-disabled',
  severity: 'error',
  shows: ['tcp-silent'],
  isOnePerTarget: true,
  judge(target, network) {
    if (!needsInterfaceEndpoint(target) || !isOfThisRegion(target) || !hasPrivateDns(target)) return undefined
    const elsewhere = vpcSaysPrivate(target)
    if (elsewhere) return excluded(elsewhere)
    const sibling = privateSibling(target)
    const own = endpointsReached(network).find(t => t.service?.id === target.service?.id)
    if (own) {
      const seen = says(own, 'tcp', 'endpoint.ownNameAnswers', {
        name: own.target.host,
        service: target.service?.id ?? target.id,
      })
      return fits('strong', [resolved(target), seen, allSilent(target)])
    }
    if (sibling) return excluded(sibling.evidence)
    const asked = says(target, 'dns', 'catalogue.endpointServices', { names: endpointNamesOf(target).join(', ') })
    return fits('weak', [resolved(target), vpcAgrees(target), asked], [publicAnswers(network, target)])
  },
}

/** Endpoints by their own names, which something answered on. */
const endpointsReached = remember((network: NetworkView) =>
  network.targets.filter(t => t.identity?.isEndpointSpecific && t.addresses.some(reached)),
)
