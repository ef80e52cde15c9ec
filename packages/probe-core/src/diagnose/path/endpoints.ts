// What the endpoints of the VPC say about a name: which of them could serve it, and whether its private DNS does.

import type { CauseCode } from '../../model/cause.ts'
import type { EndpointFacts, VpcFacts } from '../../model/control-plane.ts'
import type { Evidence } from '../../model/finding.ts'
import { silentBeyond } from '../beyond.ts'
import { coveringServices, endpointServices, isUnready } from '../endpoint.ts'
import { list } from '../facts.ts'
import { says } from '../rule.ts'
import type { TargetView } from '../view.ts'
import { silentFlows, walkAll } from './flows.ts'
import type { Opinions } from './opinion.ts'
import { isListedWhole, route, type Surroundings } from './steps.ts'

/** Interface endpoints of our VPC that carry the target's service; undefined: not told. Those that cover this very name first. */
export function endpointsFor(target: TargetView, { told, own }: Pick<Surroundings, 'told' | 'own'>) {
  if (told.endpoints === undefined) return undefined
  const covering = coveringServices(target).map(e => e.serviceName)
  const names = endpointServices(target)
    .filter(e => e.type === 'Interface')
    .map(e => e.serviceName)
  const found = told.endpoints.filter(e => e.vpc === own.vpc && e.type === 'Interface' && names.includes(e.service))
  return [...found.filter(e => covering.includes(e.service)), ...found.filter(e => !covering.includes(e.service))]
}

/** Whether the endpoint's private DNS answers for the host, by the names that AWS lists for it; undefined: it lists none. */
function answersFor(endpoint: EndpointFacts, host: string): boolean | undefined {
  if (endpoint.privateDns !== true) return false
  const names = (endpoint.dnsNames ?? []).filter(name => !/(^|\.)vpce-|\.vpce\./.test(name))
  if (names.length === 0) return undefined
  const wanted = host.toLowerCase()
  return names.some(name => {
    const known = name.toLowerCase().replace(/^\\052\./, '*.')
    return known.startsWith('*.') ? wanted.endsWith(known.slice(1)) : wanted === known
  })
}

function vpcOf({ told, own }: Surroundings): VpcFacts | undefined {
  return told.vpcs?.find(vpc => vpc.id === own.vpc)
}

const nameCauses: readonly CauseCode[] = [
  'interface-endpoint-missing',
  'private-dns-disabled',
  'vpc-dns-attributes-off',
  'endpoint-name-not-covered',
  'endpoint-not-ready',
]

/**
 * The name of an API is public, and silent. Missing endpoint, private DNS, attributes, coverage: each proven only where the
 * subnet has no route to the public address; with one, the name being public is not why it is silent.
 */
export function judgePublicApi(opinions: Opinions, target: TargetView, surroundings: Surroundings): void {
  const flows = silentFlows(target)
  const routed = walkAll(target, flows, route, surroundings)
  // A deleted one is listed for a while: it is not there any more.
  const found = endpointsFor(target, surroundings)?.filter(e => e.state !== 'deleted')
  if (found === undefined) for (const cause of nameCauses) opinions.unknown(cause, ['ec2:DescribeVpcEndpoints'])
  else judgeNames(opinions, target, found, surroundings, routed.is === 'closed')
  const [noWay] = routed.evidence
  if (routed.is === 'closed' && noWay) {
    for (const [cause, opinion] of opinions.on) if (opinion.is === 'proven') opinions.proven(cause, ...opinion.evidence, noWay)
    // Nothing that filters the packet decides where there is no way at all.
    opinions.cleared('eni-security-group', noWay)
    opinions.cleared('network-acl', noWay)
    if (opinions.provenAny) opinions.aside('internet-not-reachable')
    return
  }
  // A way that configuration leaves open, or does not tell: then what is known of names alone proves nothing.
  const missing = routed.is === 'unknown' ? routed.missing : []
  for (const [cause, opinion] of opinions.on) {
    if (opinion.is !== 'proven') continue
    opinions.notes.push(...opinion.evidence.slice(0, 1))
    opinions.unknown(cause, missing)
  }
  if (routed.is === 'unknown')
    for (const cause of ['eni-security-group', 'network-acl'] as const) opinions.unknown(cause, missing)
  if (routed.is === 'open' && noWay) {
    opinions.cleared('internet-not-reachable', noWay)
    if (found !== undefined) opinions.notes.push(noWay)
  }
}

function judgeNames(
  opinions: Opinions,
  target: TargetView,
  found: readonly EndpointFacts[],
  surroundings: Surroundings,
  hasNoWay: boolean,
): void {
  const { own } = surroundings
  const host = target.target.host
  const [first] = found
  const vpc = vpcOf(surroundings)
  const off = [
    ...(vpc?.dnsSupport === false ? ['enableDnsSupport'] : []),
    ...(vpc?.dnsHostnames === false ? ['enableDnsHostnames'] : []),
  ]
  if (off.length > 0)
    opinions.proven(
      'vpc-dns-attributes-off',
      says(target, 'dns', 'confirm.dnsAttributesOff', { attributes: off.join(', '), vpc: own.vpc }),
    )
  if (first === undefined && !isListedWhole(surroundings)) {
    // Endpoints of a VPC that another account shares with us are not listed to us.
    for (const cause of nameCauses) if (!opinions.isProven(cause)) opinions.unknown(cause, ['ec2:DescribeVpcs'])
    return
  }
  if (first === undefined) {
    const service = list([...(namesOf(target, true).length > 0 ? namesOf(target, true) : namesOf(target, false))])
    const none = says(target, 'dns', 'confirm.noEndpoint', { vpc: own.vpc, service })
    opinions.proven('interface-endpoint-missing', none)
    opinions.cleared('private-dns-disabled', none)
    opinions.cleared('endpoint-name-not-covered', none)
    if (off.length === 0) opinions.cleared('vpc-dns-attributes-off', attributesOn(target, vpc, own.vpc) ?? none)
    return
  }
  if (off.length === 0) {
    const on = attributesOn(target, vpc, own.vpc)
    if (on) opinions.cleared('vpc-dns-attributes-off', on)
    else opinions.unknown('vpc-dns-attributes-off', ['ec2:DescribeVpcAttribute'])
  }
  const covering = namesOf(target, true)
  const fitting = covering.length === 0 ? found : found.filter(e => covering.includes(e.service))
  const [meant] = fitting
  if (meant === undefined) {
    // An endpoint of the service, and not the one that covers this name (its FIPS twin): a name that is not covered.
    const parts = { endpoint: first.id, names: list(first.dnsNames ?? [first.service]), name: host }
    if (first.privateDns === true)
      opinions.proven('endpoint-name-not-covered', says(target, 'dns', 'confirm.nameNotCovered', parts))
    opinions.unknown('interface-endpoint-missing')
    return
  }
  const exists = says(target, 'dns', 'confirm.endpointExists', {
    endpoint: meant.id,
    service: meant.service,
    vpc: own.vpc,
    state: meant.state,
  })
  opinions.cleared('interface-endpoint-missing', exists)
  if (fitting.every(isUnready)) {
    // Its private DNS is not asked after: no name leads to an endpoint that does not serve.
    const { id, service, state } = meant
    opinions.proven('endpoint-not-ready', says(target, 'dns', 'confirm.endpointState', { endpoint: id, service, state }))
    opinions.cleared('private-dns-disabled', exists)
    opinions.cleared('endpoint-name-not-covered', exists)
    return
  }
  const withDns = fitting.find(e => e.privateDns === true)
  const parts = { endpoint: (withDns ?? meant).id, service: (withDns ?? meant).service }
  if (withDns === undefined) {
    if (fitting.every(e => e.privateDns === false)) {
      opinions.proven('private-dns-disabled', says(target, 'dns', 'confirm.privateDnsOff', parts))
      opinions.cleared('endpoint-name-not-covered', exists)
    }
    return
  }
  opinions.cleared('private-dns-disabled', says(target, 'dns', 'confirm.privateDnsOn', parts))
  const covers = fitting.map(e => answersFor(e, host))
  if (covers.includes(true)) {
    const covered = says(target, 'dns', 'confirm.nameCovered', { endpoint: withDns.id, name: host })
    opinions.cleared('endpoint-name-not-covered', covered)
    if (off.length === 0 && hasNoWay) judgeResolver(opinions, target, withDns, surroundings)
    return
  }
  if (covers.every(each => each === false)) {
    const names = list((withDns.dnsNames ?? []).filter(name => !/vpce/.test(name)))
    opinions.proven(
      'endpoint-name-not-covered',
      says(target, 'dns', 'confirm.nameNotCovered', { endpoint: withDns.id, names, name: host }),
    )
  } else opinions.unknown('endpoint-name-not-covered')
}

function namesOf(target: TargetView, isCovering: boolean): readonly string[] {
  const services = isCovering ? coveringServices(target) : endpointServices(target)
  return services.filter(e => e.type === 'Interface').map(e => e.serviceName)
}

function attributesOn(target: TargetView, vpc: VpcFacts | undefined, id: string): Evidence | undefined {
  if (vpc?.dnsSupport !== true || vpc.dnsHostnames !== true) return undefined
  return says(target, 'dns', 'confirm.dnsAttributesOn', { vpc: id })
}

/** The VPC's own resolver would say private: whoever said public was another one. */
function judgeResolver(opinions: Opinions, target: TargetView, endpoint: EndpointFacts, { told, own }: Surroundings): void {
  const { network } = target
  const { resolvers } = network.vantage
  const dns = target.dns
  if (dns?.outcome !== 'answered' || !resolvers.includes(dns.seen.resolver) || endpoint.state !== 'available') return
  const { resolver } = dns.seen
  if (network.isVpcResolver(resolver) || /^(127\.|169\.254\.|::1$|fe80:)/.test(resolver)) return
  const parts = { endpoint: endpoint.id, name: target.target.host, vpc: own.vpc, resolvers: list(resolvers) }
  const vpc = told.vpcs?.find(each => each.id === own.vpc)
  const options = told.dhcpOptions?.find(each => each.id === vpc?.dhcpOptions)
  const handedOut =
    options && options.nameServers.length > 0 && !options.nameServers.includes('AmazonProvidedDNS')
      ? says(target, 'dns', 'confirm.dhcpServers', { options: options.id, vpc: own.vpc, servers: list(options.nameServers) })
      : undefined
  opinions.proven('custom-dns-bypasses-vpc', says(target, 'dns', 'confirm.resolverBypasses', parts), handedOut)
}

/** The endpoint that holds a silent private address, or the only one that could: its state. */
export function judgeState(opinions: Opinions, target: TargetView, surroundings: Surroundings): void {
  const found = endpointsFor(target, surroundings)
  const holding = found?.filter(e =>
    target.addresses.some(a =>
      surroundings.told.interfaces?.some(i => i.addresses.includes(a.address) && e.interfaces?.includes(i.id)),
    ),
  )
  // An address outside of the VPC is of none of its endpoints, however few there are.
  const [meant, ...others] = holding?.length ? holding : silentBeyond(target).length > 0 ? [] : (found ?? [])
  // Several, and not known which: none of them is spoken of.
  if (meant === undefined || others.length > 0) {
    opinions.unknown('endpoint-not-ready', found === undefined ? ['ec2:DescribeVpcEndpoints'] : [])
    return
  }
  const parts = { endpoint: meant.id, service: meant.service, state: meant.state }
  const state = says(target, 'dns', 'confirm.endpointState', parts)
  if (meant.state === 'available') opinions.cleared('endpoint-not-ready', state)
  else if (isUnready(meant)) opinions.proven('endpoint-not-ready', state)
  else opinions.unknown('endpoint-not-ready')
}

/** The private name exists and has no address: an endpoint in no subnet. */
export function judgeEmptyName(opinions: Opinions, target: TargetView, surroundings: Surroundings): void {
  const found = endpointsFor(target, surroundings)
  if (found === undefined) {
    opinions.unknown('endpoint-not-ready', ['ec2:DescribeVpcEndpoints'])
    return
  }
  const [first] = found
  if (first === undefined && !isListedWhole(surroundings)) {
    opinions.unknown('endpoint-not-ready', ['ec2:DescribeVpcs'])
    return
  }
  if (first === undefined) {
    const service = list(namesOf(target, false))
    const none = says(target, 'dns', 'confirm.noEndpoint', { vpc: surroundings.own.vpc, service })
    opinions.cleared('endpoint-not-ready', none)
    opinions.cleared('endpoint-name-not-covered', none)
    return
  }
  const named = found.filter(e => e.privateDns === true)
  const [without] = named.filter(e => e.subnets?.length === 0)
  const parts = (endpoint: EndpointFacts) => ({ endpoint: endpoint.id, service: endpoint.service })
  if (without && named.every(e => e.subnets?.length === 0))
    opinions.proven('endpoint-not-ready', says(target, 'dns', 'confirm.endpointWithoutSubnet', parts(without)))
  else if (found.every(e => e.state === 'available'))
    opinions.cleared('endpoint-not-ready', says(target, 'dns', 'confirm.endpointState', { ...parts(first), state: first.state }))
}

/** The id in an endpoint's own name, and whether the VPC has it. One of another VPC is not listed here: nothing is proven by that. */
export function judgeOwnName(opinions: Opinions, target: TargetView, surroundings: Surroundings): void {
  const { told, own } = surroundings
  const id = /(?:^|\.)(vpce-[0-9a-z]+)[.-]/i.exec(target.target.host)?.[1]?.toLowerCase()
  if (id === undefined || told.endpoints === undefined) {
    opinions.unknown('dns-name-unknown', ['ec2:DescribeVpcEndpoints'])
    return
  }
  const found = told.endpoints.find(e => e.id === id)
  const parts = { vpc: own.vpc, endpoint: id }
  if (found)
    opinions.notes.push(
      says(target, 'dns', 'confirm.endpointState', { endpoint: id, service: found.service, state: found.state }),
    )
  else if (isListedWhole(surroundings)) opinions.notes.push(says(target, 'dns', 'confirm.noSuchEndpoint', parts))
}
