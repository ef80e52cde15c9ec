// Ids in commands and templates that only the control plane knows: an endpoint and its groups, a route table, an ACL and a free
// number in it. What was not told stays the placeholder that it was.

import type { CauseCode } from '../../model/cause.ts'
import type { ControlPlane } from '../../model/control-plane.ts'
import { endpointServices } from '../endpoint.ts'
import { endpointsFor } from '../path/endpoints.ts'
import { flowTo } from '../path/flows.ts'
import { placeOf } from '../path/place.ts'
import { routeTableOf } from '../path/route.ts'
import { acls, interfaceAt, type Own } from '../path/steps.ts'
import type { SaidFix } from '../rule.ts'
import type { NetworkView, TargetView } from '../view.ts'

export function withToldIds(cause: CauseCode, fix: SaidFix, targets: readonly TargetView[], network: NetworkView): SaidFix {
  const told = network.report.controlPlane
  const own = told && placeOf(network, told)
  const [target] = targets
  if (told === undefined || own === undefined || target === undefined) return fix
  const ids = idsToldOf(target, told, own)
  const made = commandOf(cause, target, network, told, own)
  const fill = (text: string) => text.replace(/<([a-z-]+)>/g, (whole, name: string) => ids.get(name) ?? whole)
  const tableless = (text: string) => text.replace(/<route-table-id-of-[^>\s]*>/g, whole => ids.get('route-table-id') ?? whole)
  const snippets = Object.fromEntries(Object.entries(fix.snippets).map(([kind, text]) => [kind, fill(tableless(text ?? ''))]))
  return { ...fix, snippets: { ...snippets, ...(made && { cli: made }) } }
}

/** By the words of the placeholders. One id each: where several are told, the first is as good as any. */
function idsToldOf(target: TargetView, told: ControlPlane, own: Own): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const add = (name: string, id: string | undefined) => {
    if (id !== undefined) ids.set(name, id)
  }
  const [endpoint] = endpointsFor(target, { told, own }) ?? []
  add('vpc-endpoint-id', endpoint?.id)
  add('security-group-id-of-the-endpoint', endpoint?.groups?.[0])
  add('route-table-id', routeTableOf(told, own.subnet, own.vpc)?.id)
  const holder = target.addresses.map(a => interfaceAt(told, a.address, own.vpc)).find(found => found !== undefined)
  add('security-group-id-of-the-target', holder?.groups[0])
  add('security-group-id-of-this-workload', own.groups?.[0])
  add('vpc-id', own.vpc)
  add('subnet-id', own.subnet)
  add('vpc-cidr', target.network.vpcCidrs?.[0])
  return ids
}

/** Where what is told makes another command the right one. */
function commandOf(cause: CauseCode, target: TargetView, network: NetworkView, told: ControlPlane, own: Own): string | undefined {
  const region = network.vantage.homeRegion ?? network.vantage.region ?? '<region>'
  const gateways = endpointServices(target)
    .filter(e => e.type === 'Gateway')
    .map(e => e.serviceName)
  if (cause === 'gateway-endpoint-missing') {
    const table = routeTableOf(told, own.subnet, own.vpc)
    const gateway = told.endpoints?.find(e => e.vpc === own.vpc && e.type === 'Gateway' && gateways.includes(e.service))
    if (table === undefined || gateway === undefined) return undefined
    return `aws ec2 modify-vpc-endpoint --region ${region} --vpc-endpoint-id ${gateway.id} --add-route-table-ids ${table.id}`
  }
  if (cause === 'eni-security-group') {
    const [group] = own.groups ?? []
    const list = told.prefixLists?.find(one => gateways.includes(one.name))
    if (group === undefined || list === undefined || !target.isPublic) return undefined
    const { port } = target.target
    return `aws ec2 authorize-security-group-egress --region ${region} --group-id ${group} --ip-permissions IpProtocol=tcp,FromPort=${port},ToPort=${port},PrefixListIds=[{PrefixListId=${list.id}}]`
  }
  return cause === 'network-acl' ? aclCommand(target, network, told, own, region) : undefined
}

/** An entry before the one that denies, for the same packets. */
function aclCommand(target: TargetView, network: NetworkView, told: ControlPlane, own: Own, region: string): string | undefined {
  for (const { address, outcome } of target.addresses) {
    if (outcome !== 'silent') continue
    const step = acls(flowTo(target, address), { told, own, known: network.known })
    if (!('cite' in step) || step.is === 'open' || step.cite.kind !== 'acl' || step.cite.entry === undefined) continue
    const { acl, way, ports, entry, peer } = step.cite
    const taken = new Set(
      told.networkAcls
        ?.find(one => one.id === acl)
        ?.entries.filter(e => e.direction === way)
        .map(e => e.number) ?? [],
    )
    const number = Array.from({ length: Math.min(entry.number - 1, 1000) }, (_, i) => entry.number - 1 - i).find(
      n => n > 0 && !taken.has(n),
    )
    if (number === undefined) continue
    const range = peer.includes(':')
      ? `--ipv6-cidr-block ${peer}/128`
      : `--cidr-block ${entry.cidr === '0.0.0.0/0' ? `${peer}/32` : entry.cidr}`
    return `aws ec2 create-network-acl-entry --region ${region} --network-acl-id ${acl} --${way} --rule-number ${number} --protocol tcp --port-range From=${ports[0]},To=${ports[1]} ${range} --rule-action allow`
  }
  return undefined
}
