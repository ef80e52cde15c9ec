// Cause: enableDnsHostnames or enableDnsSupport of the VPC is off.
// Shows as: every endpoint's name is public although endpoints exist; with enableDnsSupport off, the VPC resolver is silent.
// Looks like, but is not: no endpoint at all (`interface-endpoint-missing`), or another DNS server that bypasses the VPC's.

import { needsInterfaceEndpoint } from '../endpoint.ts'
import { resolved, somePrivateName, vpcAgrees, vpcResolverAnswers, vpcSaysPrivate } from '../facts.ts'
import { excluded, fits, type Rule, saysOfVantage } from '../rule.ts'

export const vpcDnsAttributesOff: Rule = {
  cause: 'vpc-dns-attributes-off',
  severity: 'error',
  shows: ['tcp-silent', 'dns-silent'],
  judge(target, network, symptom) {
    if (symptom === 'dns-silent') {
      const alive = vpcResolverAnswers(network)
      if (alive) return excluded(alive)
      const checks = network.check('vpc-resolver')
      const silent = checks.find(c => c.outcome === 'silent' || c.outcome === 'rejected')
      // Nobody asked it beside the system; where the system asks it, its silence is what was seen.
      if (checks.length === 0 && network.vantage.resolvers.some(r => network.isVpcResolver(r))) return fits('weak', [])
      if (silent === undefined) return undefined
      const metadata = network
        .check('imds-token')
        .concat(network.check('imds-get'))
        .find(c => c.outcome === 'answered')
      const resolver = saysOfVantage('vpcResolver.silent', { resolver: silent.address })
      // Where the system asks the VPC's own, and everything else that no filter stops answers, it is the VPC that does not resolve.
      const asksVpc = network.vantage.resolvers.every(r => network.isVpcResolver(r))
      return fits(metadata && asksVpc ? 'strong' : metadata ? 'plain' : 'weak', [
        resolver,
        metadata && saysOfVantage('imds.answers', { address: metadata.address }),
      ])
    }
    if (!needsInterfaceEndpoint(target)) return undefined
    const elsewhere = vpcSaysPrivate(target)
    if (elsewhere) return excluded(elsewhere)
    const counter = somePrivateName(network, target)
    if (counter) return excluded(counter)
    return fits('weak', [resolved(target), vpcAgrees(target)])
  },
}
