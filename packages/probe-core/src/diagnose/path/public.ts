// Silent public addresses that no interface endpoint is meant to serve: S3 and DynamoDB by their gateway endpoints, and hosts of
// the internet.

import type { CauseCode } from '../../model/cause.ts'
import { endpointServices } from '../endpoint.ts'
import { list } from '../facts.ts'
import { says } from '../rule.ts'
import type { TargetView } from '../view.ts'
import { judgeAcls, judgeStep, silentFlows, walkAll } from './flows.ts'
import type { Opinions } from './opinion.ts'
import { isListedWhole, ownEgress, route, routedBy, type Surroundings } from './steps.ts'
import { trafficOf } from './tell.ts'

export function judgeGateway(opinions: Opinions, target: TargetView, surroundings: Surroundings): void {
  const { told, own } = surroundings
  const flows = silentFlows(target)
  const services = endpointServices(target)
    .filter(e => e.type === 'Gateway')
    .map(e => e.serviceName)
  const gateways = told.endpoints?.filter(e => e.vpc === own.vpc && e.type === 'Gateway' && services.includes(e.service))
  // A gateway endpoint of another service holds that one's addresses; of ours it holds these, told or not.
  const canHold = (list: { readonly via: string }) => {
    const endpoint = told.endpoints?.find(e => e.id === list.via)
    return endpoint === undefined || services.includes(endpoint.service)
  }
  const around = { ...surroundings, canHold }
  const table = routedBy(around)
  const carried = table?.routes.find(r => !r.isBlackhole && gateways?.some(g => g.id === r.via))
  const routed = walkAll(target, flows, route, around)
  const [cited] = routed.evidence
  if (carried && table) {
    const by = says(target, 'tcp', 'confirm.routed', {
      table: table.id,
      subnet: own.subnet,
      address: flows[0]?.address ?? target.target.host,
      to: carried.to,
      via: carried.via,
    })
    opinions.cleared('gateway-endpoint-missing', by)
    opinions.cleared('internet-not-reachable', by)
  } else if (routed.is === 'closed' && cited) {
    const [other] = gateways ?? []
    const about =
      gateways === undefined || table === undefined
        ? undefined
        : other === undefined
          ? isListedWhole(surroundings)
            ? says(target, 'tcp', 'confirm.noGateway', { vpc: own.vpc, service: list(services.slice(0, 1)) })
            : undefined
          : says(target, 'tcp', 'confirm.gatewayElsewhere', {
              endpoint: other.id,
              tables: list(other.routeTables ?? []) || '-',
              table: table.id,
            })
    opinions.proven('gateway-endpoint-missing', cited, about)
    opinions.aside('internet-not-reachable')
  } else if (routed.is === 'open' && cited) {
    opinions.cleared('gateway-endpoint-missing', cited)
    opinions.cleared('internet-not-reachable', cited)
  } else {
    const missing = routed.missing.length > 0 ? routed.missing : ['ec2:DescribeRouteTables']
    opinions.unknown('gateway-endpoint-missing', missing)
    opinions.unknown('internet-not-reachable', missing)
  }
  judgeFilters(opinions, target, around, carried !== undefined || routed.is === 'open')
}

const noWayCauses: readonly CauseCode[] = ['internet-not-reachable', 'package-index-is-public', 'other-region']

export function judgeInternet(opinions: Opinions, target: TargetView, surroundings: Surroundings): void {
  const flows = silentFlows(target)
  const routed = walkAll(target, flows, route, surroundings)
  const [cited] = routed.evidence
  for (const cause of noWayCauses) {
    if (routed.is === 'closed' && cited) opinions.proven(cause, cited)
    else if (routed.is === 'open' && cited && cause === 'internet-not-reachable') opinions.cleared(cause, cited)
    else opinions.unknown(cause, routed.missing)
  }
  judgeFilters(opinions, target, surroundings, routed.is === 'open')
}

/** Nothing but IPv6 was silent: a subnet whose route table leads no IPv6 anywhere is why, whatever IPv4 does. */
export function judgeFamily(opinions: Opinions, target: TargetView, surroundings: Surroundings): void {
  const flows = silentFlows(target)
  if (flows.length === 0 || !flows.every(flow => flow.address.includes(':'))) return
  const routed = walkAll(target, flows, route, surroundings)
  const [cited] = routed.evidence
  if (routed.is === 'closed' && cited) opinions.proven('address-family-mismatch', cited)
  else if (routed.is === 'open' && cited) opinions.cleared('address-family-mismatch', cited)
  else opinions.unknown('address-family-mismatch', routed.missing)
}

/** Own egress and the own subnet's ACL towards public addresses. */
function judgeFilters(opinions: Opinions, target: TargetView, surroundings: Surroundings, hasWay: boolean): void {
  const flows = silentFlows(target)
  const ends = [
    judgeStep(opinions, 'eni-security-group', target, flows, ownEgress, surroundings),
    judgeAcls(opinions, target, flows, surroundings),
  ]
  const [first] = flows
  if (!hasWay || first === undefined || opinions.provenAny || ends.some(end => end !== 'open')) return
  opinions.open = says(target, 'tcp', 'confirm.open', {
    traffic: trafficOf(first),
    peer: flows.map(f => f.address).join(', '),
    decided: opinions.reasons,
  })
}
