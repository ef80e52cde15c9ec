// The steps of the path, over every silent address of a target: which of them is closed for all of them, open for all, or not
// known. Packets outweigh configuration: a step that would close what was answered in this run proves nothing.

import type { CauseCode } from '../../model/cause.ts'
import type { Evidence } from '../../model/finding.ts'
import { isBeyondVpc, silentBeyond } from '../beyond.ts'
import { remember } from '../remember.ts'
import { says } from '../rule.ts'
import { sourcePortSweep, sweptByPort } from '../sweep.ts'
import { type NetworkView, reached, type TargetView } from '../view.ts'
import type { Opinions } from './opinion.ts'
import {
  acls,
  type Cite,
  type Flow,
  farIngress,
  interfaceAt,
  isListedWhole,
  ownEgress,
  route,
  type Step,
  type Surroundings,
} from './steps.ts'
import { tell, trafficOf } from './tell.ts'

/** As many answered addresses of a run are compared with what was told. */
const mostCompared = 50

type Walk = (flow: Flow, surroundings: Surroundings) => Step | { readonly is: 'partly'; readonly cite: Cite }

export function silentFlows(target: TargetView): readonly Flow[] {
  return target.addresses.filter(a => a.outcome === 'silent').map(a => flowTo(target, a.address))
}

export function flowTo(target: TargetView, address: string): Flow {
  return { protocol: 'tcp', port: target.target.port, address }
}

interface Summary {
  readonly is: 'closed' | 'open' | 'unknown' | 'mixed'
  readonly evidence: readonly Evidence[]
  readonly missing: readonly string[]
}

/** One step for all flows together. */
export function walkAll(target: TargetView, flows: readonly Flow[], walk: Walk, surroundings: Surroundings): Summary {
  const steps = flows.map(flow => ({ flow, step: walk(flow, surroundings) }))
  const missing = [...new Set(steps.flatMap(({ step }) => (step.is === 'unknown' ? step.missing : [])))]
  const told = steps.flatMap(({ flow, step }) => (step.cite ? [tell(target, flow, { cite: step.cite })] : []))
  const evidence = told.filter((e, i) => told.findIndex(f => f.says === e.says) === i).slice(0, 3)
  const all = (is: Step['is']) => steps.length > 0 && steps.every(({ step }) => step.is === is)
  if (all('closed')) {
    const against = contradiction(target, walk, surroundings)
    return against ? { is: 'mixed', evidence: [against], missing: [] } : { is: 'closed', evidence, missing }
  }
  if (all('open')) return { is: 'open', evidence, missing }
  return { is: steps.some(({ step }) => step.is === 'unknown') ? 'unknown' : 'mixed', evidence, missing }
}

/** An address that was answered in this run, by the very way and port that configuration says is closed. */
function contradiction(target: TargetView, walk: Walk, surroundings: Surroundings): Evidence | undefined {
  const { network } = target
  const flow = answeredFlows(network).find(one => walk(one, surroundings).is === 'closed')
  return flow && says(target, 'tcp', 'confirm.packetsDisagree', { traffic: trafficOf(flow), peer: flow.address })
}

const answeredFlows = remember((network: NetworkView) =>
  network.targets
    .flatMap(other => (other.viaProxy ? [] : other.addresses.filter(reached).map(a => flowTo(other, a.address))))
    .slice(0, mostCompared),
)

/** Sets the opinion on `cause` by one step; tells how it ended. */
export function judgeStep(
  opinions: Opinions,
  cause: CauseCode,
  target: TargetView,
  flows: readonly Flow[],
  walk: Walk,
  surroundings: Surroundings,
): Summary['is'] {
  const summary = walkAll(target, flows, walk, surroundings)
  const [first] = summary.evidence
  if (summary.is === 'closed') opinions.proven(cause, ...summary.evidence)
  else if (summary.is === 'open' && first) opinions.cleared(cause, first)
  else {
    opinions.unknown(cause, summary.missing)
    if (summary.is === 'mixed') opinions.notes.push(...summary.evidence.slice(0, 1))
  }
  return summary.is
}

/** Silent private addresses: an endpoint, a database, any host. Tells whether no route leads to them, which nothing filters then. */
export function judgePrivate(opinions: Opinions, target: TargetView, surroundings: Surroundings): boolean {
  const flows = silentFlows(target)
  if (flows.length === 0) return false
  const far: CauseCode = target.isApi ? 'endpoint-security-group' : 'target-security-group'
  const ends = [
    judgeStep(opinions, 'eni-security-group', target, flows, ownEgress, surroundings),
    judgeStep(opinions, far, target, flows, farIngress, surroundings),
    judgeAcls(opinions, target, flows, surroundings),
  ]
  // An address of our own subnet is as silent, and no ACL is asked on the way to it: whatever the others meet, that is not all.
  const inside = flows.map(flow => ({ flow, step: acls(flow, surroundings) })).find(({ step }) => step.cite?.kind === 'no-acl')
  if (inside?.step.cite && ends[2] !== 'open' && !opinions.isProven('network-acl'))
    opinions.short('network-acl', tell(target, inside.flow, { cite: inside.step.cite }))
  const routed = walkAll(target, flows, route, surroundings)
  if (judgeRoute(opinions, far, target, routed, surroundings)) return true
  if (opinions.provenAny || routed.is !== 'open' || ends.some(end => end !== 'open')) return false
  const [first] = flows
  if (first === undefined) return false
  opinions.open = says(target, 'tcp', 'confirm.open', {
    traffic: trafficOf(first),
    peer: flows.map(f => f.address).join(', '),
    decided: opinions.reasons,
  })
  return false
}

/** No route of our subnet leads to any of these addresses: no group and no ACL decides over there, and none here but what is closed too. */
function judgeRoute(
  opinions: Opinions,
  far: CauseCode,
  target: TargetView,
  routed: Summary,
  surroundings: Surroundings,
): boolean {
  const [noWay] = routed.evidence
  // A route to a transit gateway or a peering: what follows it there is not told, and none is missing here.
  const isLedOn = silentFlows(target).every(flow => {
    const step = route(flow, surroundings)
    return step.is === 'open' || (step.is === 'unknown' && step.cite !== undefined && !isToInternet(step.cite))
  })
  if (isLedOn && noWay) opinions.cleared('host-unreachable', noWay)
  else if (routed.is === 'unknown') opinions.unknown('host-unreachable', routed.missing)
  if (routed.is === 'mixed') {
    // One of several addresses: told beside whatever is why of the others.
    const lost = silentFlows(target).flatMap(flow => {
      const step = route(flow, surroundings)
      return step.is === 'closed' ? [tell(target, flow, step)] : []
    })
    opinions.notes.push(...lost.slice(0, 1))
  }
  if (routed.is !== 'closed' || noWay === undefined) return false
  if (silentBeyond(target).length === 0 || !isListedWhole(surroundings) || mayGoAnotherWay(target, surroundings)) {
    opinions.unknown('host-unreachable', ['ec2:DescribeVpcs'])
    opinions.notes.push(...routed.evidence)
    return false
  }
  opinions.proven('host-unreachable', ...routed.evidence)
  const filters = [far, 'endpoint-zone-unreachable', 'endpoint-not-ready', 'eni-security-group', 'network-acl'] as const
  for (const cause of filters) if (!opinions.isProven(cause)) opinions.cleared(cause, noWay)
  return true
}

/** Bridges for containers and machines on this one: what is not of their own range does not leave by them. */
const bridge = /^(?:docker|br-|cni|cbr|veth|virbr|lxc|lxd|podman|nerdctl|kube-)/

/**
 * The route table of the subnet need not decide: another interface of this machine may take the packet (a tunnel, a bridge, one in another
 * VPC), the machine may turn addresses into others (containers), or the node of a cluster does (services).
 */
function mayGoAnotherWay(target: TargetView, surroundings: Surroundings): boolean {
  const { network } = target
  const { interfaces, resolvers, searchDomains = [], workload } = network.vantage
  const held = surroundings.own.interface?.addresses
  const { subnetCidr } = network.vantage.network
  // Without the interface's own list, what lies outside its subnet is somebody else's.
  const isOfOurs = (address: string) =>
    held?.includes(address) ?? (subnetCidr !== null && network.known.isInside(address, subnetCidr))
  const others = interfaces.filter(
    ({ address }) =>
      !address.includes(':') && !isOfOurs(address) && !['loopback', 'link-local'].includes(network.known.scopeOf(address)),
  )
  const holds = ({ address, prefixLength }: (typeof interfaces)[number]) =>
    silentBeyond(target).some(a => network.known.isInside(a.address, `${address}/${prefixLength}`))
  if (others.some(each => !bridge.test(each.name) || holds(each))) return true
  // The DNS server of a cluster has such an address itself, and no route of the VPC leads to it either.
  const isUnrouted = (address: string) => route({ protocol: 'udp', port: 53, address }, surroundings).is === 'closed'
  if (resolvers.some(resolver => isBeyondVpc(network, resolver) && isUnrouted(resolver))) return true
  if (target.isApi) return false
  const isService = silentBeyond(target).some(a => serviceRanges.some(range => network.known.isInside(a.address, range)))
  return isService || workload?.startsWith('eks') === true || searchDomains.some(domain => /(?:^|\.)svc\./.test(domain))
}

/** What EKS, kubeadm, k3s and kops give to services unless told otherwise: a node turns them into others itself, and not every node shows that it is one. */
const serviceRanges = ['172.20.0.0/16', '10.100.0.0/16', '10.96.0.0/12', '10.43.0.0/16', '100.64.0.0/13']

/** The default route of most private subnets: a private address it leads nowhere, unless the gateway's own subnet has a way. */
function isToInternet(cite: Cite): boolean {
  return cite.kind === 'route' && cite.choice.is === 'route' && /^(?:nat|igw|eigw)-/.test(cite.choice.route.via)
}

/** A NACL that loses only some replies is proven where packets show that the source port decides. */
export function judgeAcls(
  opinions: Opinions,
  target: TargetView,
  flows: readonly Flow[],
  surroundings: Surroundings,
): Summary['is'] {
  const sweep = sourcePortSweep(target)
  const steps = flows.map(flow => ({ flow, step: acls(flow, surroundings) }))
  const partly = steps.find(({ step }) => step.is === 'partly')
  const isShown = sweep.dependsOnPort || sweptByPort(target.network).length > 0
  if (partly && isShown && steps.every(({ step }) => step.is === 'partly' || step.is === 'closed') && partly.step.cite) {
    opinions.proven('network-acl', tell(target, partly.flow, { cite: partly.step.cite }))
    return 'closed'
  }
  const end = judgeStep(opinions, 'network-acl', target, flows, acls, surroundings)
  if (end === 'closed') {
    const by = opinions.on.get('network-acl')
    const [first] = by?.is === 'proven' ? by.evidence : []
    if (first) opinions.cleared('endpoint-zone-unreachable', first)
  }
  return end
}

/** Addresses of an endpoint that no interface of the VPC has any more: names that outlived it. */
export function judgeHolders(opinions: Opinions, target: TargetView, surroundings: Surroundings): void {
  const { told, own } = surroundings
  const gone = silentFlows(target).filter(
    ({ address }) => wasAskedAbout(surroundings, address) && interfaceAt(told, address, own.vpc) === undefined,
  )
  const [first] = gone
  const isOthersTold = target.addresses.some(a => a.outcome === 'answered' && interfaceAt(told, a.address, own.vpc))
  if (first === undefined || gone.length !== silentFlows(target).length || !isOthersTold || !isListedWhole(surroundings)) return
  if (target.network.known.scopeOf(first.address) !== 'vpc') return
  opinions.proven(
    'endpoint-zone-unreachable',
    says(target, 'tcp', 'confirm.nobodyHolds', { vpc: own.vpc, address: first.address }),
  )
}

function wasAskedAbout({ told }: Surroundings, address: string): boolean {
  return told.asked.some(
    call => call.action === 'ec2:DescribeNetworkInterfaces' && call.outcome === 'answered' && call.about?.includes(address),
  )
}
