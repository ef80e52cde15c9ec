// What a kind of workload needs, as targets. Traffic that AWS carries outside the workload's own ENI is never among them.

import { isEndpointUrlSetting } from '../catalog/endpoint-url.ts'
import { findService, findWorkload, type WorkloadNeed } from '../catalog/index.ts'
import type { PlannedTarget } from '../model/target.ts'
import type { HostContext } from './service-hosts.ts'
import { serviceTarget } from './target-words.ts'

/**
 * `always-and-silent` is for a workload that was recognised, not named: what it cannot do without, and the further needs that
 * stall or fail without saying what is missing (nobody thinks of those at 2 a.m.). Each of the latter carries `when`.
 */
type Scope = 'all' | 'always-and-silent'

export function planNeeds(workload: string, context: HostContext, scope: Scope): PlannedTarget[] {
  // Needs are filled in per region. Without one their services are still planned, with an empty host.
  const needs = findWorkload(workload)?.needs(context.region ?? 'us-east-1') ?? []
  return needs.filter(need => isWanted(need, scope)).flatMap(need => needTarget(workload, need, context))
}

function isWanted(need: WorkloadNeed, scope: Scope): boolean {
  if (need.when === 'always' || scope === 'all') return true
  return need.silent && need.without !== 'degrades' && need.service !== null
}

function needTarget(workload: string, need: WorkloadNeed, context: HostContext): PlannedTarget[] {
  const given = {
    wantedBy: [workload],
    without: need.without,
    ...(need.when === 'always' ? {} : { when: need.when.replace(/^feature: /, '') }),
  }
  const service = need.service === null ? undefined : findService(need.service)
  if (service !== undefined) {
    const target = serviceTarget(service, context, { id: service.id, ...given })
    // The same service on another port (Athena streams results on 444) is another path through security groups.
    if (need.port === 0 || need.port === 443 || isEndpointUrlSetting(target.hostFrom)) return [target]
    return [{ ...target, id: `${service.id}:${need.port}`, kind: 'tls', port: need.port }]
  }
  // File systems, other ENIs of the same workload, a cluster's own endpoint: no host can be named without asking AWS.
  if (need.host === null || /[^a-z0-9.-]/.test(need.host) || context.region === null || need.port === 0) return []
  const scheme = need.port === 443 ? 'https' : 'tcp'
  const id = scheme === 'https' ? `https://${need.host}` : `tcp://${need.host}:${need.port}`
  return [{ id, kind: scheme, service: null, host: need.host, port: need.port, region: context.region, ...given }]
}
