// Cause: the metadata or container credential service that should give credentials cannot be reached, or refuses.
// Shows as: link-local silent, refused or 403.
// Looks like, but is not: a machine that is no EC2 instance or container of AWS at all.

import { vpcResolverAnswers } from '../facts.ts'
import { metadataState, wasNotLookedAt } from '../metadata.ts'
import { excluded, fits, type Rule, saysOfVantage } from '../rule.ts'

export const metadataUnreachable: Rule = {
  cause: 'metadata-unreachable',
  severity: 'error',
  shows: ['aws-no-credentials'],
  judge(_target, network) {
    const container = network.check('container-credentials').find(c => c.outcome === 'silent' || c.outcome === 'rejected')
    if (container) {
      return fits('strong', [
        saysOfVantage('metadata.container', { address: container.address, code: container.code ?? 'silent' }),
      ])
    }
    const metadata = metadataState(network)
    const unsure = network.vantage.credentials?.tried.find(t => t.isUnknown)
    if (metadata.state === 'answers' && unsure) {
      return fits('plain', [saysOfVantage('credentials.tried', { source: unsure.source, why: unsure.why ?? '-' })])
    }
    if (metadata.state === 'answers') return excluded(metadata.evidence)
    if (metadata.state === 'hop-limit') return fits('weak', [metadata.evidence])
    if (metadata.state === 'refused') return fits('strong', [metadata.evidence])
    if (wasNotLookedAt(network)) return fits('weak', [])
    // Silent metadata is a fault only where metadata belongs: on EC2 and what stands on it.
    const { workload } = network.vantage
    const onEc2 = ['ec2', 'ec2-ssm', 'emr', 'eks-node', 'eks-pod', 'ecs-ec2', 'sagemaker-notebook'].includes(workload ?? '')
    const inVpc = workload === null ? vpcResolverAnswers(network) : undefined
    return metadata.state === 'silent' ? fits(onEc2 || inVpc ? 'plain' : 'weak', [metadata.evidence, inVpc]) : undefined
  },
}
