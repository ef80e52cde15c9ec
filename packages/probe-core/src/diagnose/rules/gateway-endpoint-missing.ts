// Cause: no S3/DynamoDB gateway endpoint in the route table of this subnet (none at all, or not associated).
// Shows as: the service's public address is silent, and the subnet has no other way out.
// Looks like, but is not: own egress that allows only the VPC's CIDR, or a NACL without S3's ranges: the same from inside.

import { gatewayOf, isOfThisRegion, isServedAlike } from '../endpoint.ts'
import { allSilent, answers, internet, publicAnswers, resolved, vpcSaysPrivate } from '../facts.ts'
import { excluded, fits, type Rule } from '../rule.ts'
import { reached } from '../view.ts'

export const gatewayEndpointMissing: Rule = {
  cause: 'gateway-endpoint-missing',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable'],
  isOnePerTarget: true,
  judge(target, network, symptom) {
    if (!target.isApi || gatewayOf(target) === undefined || !target.isPublic || !isOfThisRegion(target)) return undefined
    const elsewhere = vpcSaysPrivate(target)
    if (elsewhere) return excluded(elsewhere)
    // One prefix list serves the whole service in the region: one address that answers proves the route.
    const twin = network.publicThatAnswer(target).find(t => isServedAlike(t, target) && t.target.region === target.target.region)
    const proof = twin?.addresses.find(a => a.scope === 'public' && reached(a))
    if (twin && proof) return excluded(answers(twin, proof))
    const wayOut = publicAnswers(network, target)
    const evidence = [
      resolved(target),
      allSilent(target),
      network.vantage.internet === 'answered' ? undefined : internet(network),
    ]
    return fits(wayOut || symptom !== 'tcp-silent' ? 'weak' : 'plain', evidence, [wayOut])
  },
}
