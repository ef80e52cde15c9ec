// Cause: AWS offers no VPC endpoint for this name in this partition: only a way out can reach it.
// Shows as: public and silent, and the catalogue knows no PrivateLink or gateway service for it.
// Looks like, but is not: `interface-endpoint-missing`. AWS adds endpoints: ec2:DescribeVpcEndpointServices has the last word.

import { isCoveredByNothing } from '../endpoint.ts'
import { allSilent, internet, publicAnswers, resolved, vpcSaysPrivate } from '../facts.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'

export const serviceHasNoEndpoint: Rule = {
  cause: 'service-has-no-endpoint',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable'],
  isOnePerTarget: true,
  judge(target, network) {
    if (!target.isAws || target.target.kind === 'tcp' || !target.isPublic || !isCoveredByNothing(target)) return undefined
    const elsewhere = vpcSaysPrivate(target)
    if (elsewhere) return excluded(elsewhere)
    const catalogue = says(target, 'dns', 'catalogue.noEndpoint', { name: target.target.host, partition: network.partition })
    const wayOut = publicAnswers(network, target)
    return fits(wayOut ? 'weak' : 'plain', [resolved(target), allSilent(target), internet(network), catalogue], [wayOut])
  },
}
