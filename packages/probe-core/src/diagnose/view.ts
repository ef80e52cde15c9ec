// The report seen as a network: for each target what every layer of the plain climb showed, and what its differential
// probes add; for the whole run what answers, what is silent, and where. Facts only, no cause is named here.

import {
  endpointServicesOf,
  findPartition,
  findService,
  type HostIdentity,
  hostsOf,
  isAwsIssuer,
  isCovered,
  readHost,
  type Service,
} from '../catalog/index.ts'
import type { Layer, Outcome } from '../model/layer.ts'
import type {
  AddressScope,
  AwsObservation,
  DnsObservation,
  HttpObservation,
  Observation,
  TcpObservation,
  TlsObservation,
  Variant,
} from '../model/observation.ts'
import type { ObservedReport } from '../model/report.ts'
import type { ObservedTarget } from '../model/target.ts'
import type { Vantage, VantageCheck } from '../model/vantage.ts'
import { Addresses } from './address.ts'
import { decidingOf } from './named.ts'
import { remember } from './remember.ts'

type OfLayer<L extends Layer> = Extract<Observation, { layer: L }>

export interface AddressView {
  readonly address: string
  readonly scope: AddressScope
  readonly outcome: Outcome
  readonly tcp: TcpObservation
}

export class TargetView {
  readonly target: ObservedTarget
  readonly identity: HostIdentity | undefined
  readonly service: Service | undefined
  /** The plain climb, in order. */
  readonly plain: readonly Observation[]
  readonly addresses: readonly AddressView[]
  readonly network: NetworkView

  constructor(target: ObservedTarget, network: NetworkView) {
    this.target = target
    this.network = network
    this.identity = readHost(target.host)
    this.service = (target.service ? findService(target.service) : undefined) ?? this.identity?.service ?? undefined
    const { observations } = target
    this.plain = observations.every(isPlain) ? observations : observations.filter(isPlain)
    this.addresses = this.tcpByAddress()
  }

  get id(): string {
    return this.target.id
  }
  /** A name that a service of AWS's answers on; not a database, load balancer or cluster of the user's that stands in AWS. */
  get isAws(): boolean {
    return this.target.service !== null || Boolean(this.identity?.service) || this.identity?.isEndpointSpecific === true
  }
  get viaProxy(): boolean {
    return this.plain.some(o => o.via === 'proxy')
  }

  layer<L extends Layer>(layer: L): readonly OfLayer<L>[] {
    return this.plain.filter((o): o is OfLayer<L> => o.layer === layer)
  }
  variants<L extends Layer>(layer: L, ...variants: readonly Variant[]): readonly OfLayer<L>[] {
    return this.target.observations.filter(
      (o): o is OfLayer<L> => o.layer === layer && o.variant !== undefined && variants.includes(o.variant),
    )
  }

  /** The answer the climb went on with: the answered one if any, else the last. */
  get dns(): DnsObservation | undefined {
    return best(this.layer('dns'))
  }
  get tls(): TlsObservation | undefined {
    return best(this.layer('tls'))
  }
  get http(): HttpObservation | undefined {
    return best(this.layer('http').filter(o => !isConnect(o)))
  }
  get connect(): HttpObservation | undefined {
    return this.layer('http').find(isConnect)
  }
  /** Of several calls on one resource, the one that decides. */
  get aws(): AwsObservation | undefined {
    const calls = this.layer('aws')
    const isOneOfMany = calls.length > 1 && this.target.resource !== undefined
    return isOneOfMany ? decidingOf(this, calls) : best(calls)
  }

  answered(layer: Layer): boolean {
    return this.plain.some(o => o.layer === layer && o.outcome === 'answered' && !isConnect(o))
  }

  /** Scopes of the addresses that were resolved or, where the target is a literal address, tried. */
  get scopes(): readonly AddressScope[] {
    return scopesOf(this)
  }
  get isPublic(): boolean {
    return this.scopes.length > 0 && this.scopes.every(s => s === 'public')
  }
  get isPrivate(): boolean {
    return this.scopes.length > 0 && this.scopes.every(s => s === 'vpc' || s === 'private')
  }
  /** All of these addresses are such as an interface endpoint has: inside the VPC, or private. */
  allEndpointScopes(addresses: readonly string[]): boolean {
    const scopes = addresses.map(a => this.network.known.scopeOf(a))
    return scopes.length > 0 && scopes.every(s => s === 'vpc' || s === 'private')
  }
  /** DNS (not the hosts file) leads the name to this machine itself or to nowhere. */
  get isSinkholed(): boolean {
    const dns = this.dns
    if (dns?.outcome !== 'answered' || dns.seen.resolver === 'hosts-file' || dns.seen.resolver === 'literal') return false
    if (/(?:^|\.)localhost$/.test(this.target.host)) return false
    return this.scopes.length > 0 && this.scopes.every(s => s === 'loopback' || s === 'unspecified')
  }
  /** A name that an AWS API (not a database, cluster or file system of the user's) answers on. */
  get isApi(): boolean {
    return isApi(this)
  }
  /**
   * DNS gave an API's usual name a private address, which only private DNS does. An endpoint's own name, a database's or a
   * file system's is private from anywhere, and a hosts file says nothing about DNS.
   */
  get isServedPrivately(): boolean {
    const dns = this.dns
    if (!this.isApi || this.identity?.isEndpointSpecific || dns?.outcome !== 'answered') return false
    return this.isPrivate && !['hosts-file', 'literal'].includes(dns.seen.resolver)
  }
  /** The issuer is one that AWS's own endpoints do not use. Undefined when no certificate was seen. */
  get foreignIssuer(): string | undefined {
    const issuer = this.tls?.outcome === 'skipped' || this.tls === undefined ? undefined : this.tls.seen?.issuer
    if (issuer === undefined) return undefined
    const issuers = [issuer, ...(this.tls?.outcome === 'skipped' ? [] : (this.tls?.seen?.issuers ?? []))]
    return issuers.some(i => isAwsIssuer(i, this.network.vantage.partition)) ? undefined : issuer
  }

  private tcpByAddress(): readonly AddressView[] {
    const views = new Map<string, AddressView>()
    for (const tcp of this.layer('tcp')) {
      if (tcp.outcome === 'skipped' || tcp.via === 'proxy') continue
      const address = tcp.address ?? this.target.host
      const earlier = views.get(address)
      if (earlier?.outcome === 'answered') continue
      views.set(address, { address, scope: this.network.known.scopeOf(address), outcome: tcp.outcome, tcp })
    }
    return [...views.values()]
  }
}

export class NetworkView {
  readonly report: ObservedReport
  readonly vantage: Vantage
  readonly vpcCidrs: readonly string[] | null
  readonly known: Addresses
  readonly targets: readonly TargetView[]

  constructor(report: ObservedReport) {
    this.report = report
    this.vantage = report.vantage
    this.vpcCidrs = report.vantage.network.vpcCidrs
    this.known = new Addresses(this.vpcCidrs ?? ownRanges(report.vantage))
    this.targets = report.targets.map(target => new TargetView(target, this))
  }

  find(id: string): TargetView | undefined {
    return byId(this).get(id)
  }
  check(name: VantageCheck['check']): readonly VantageCheck[] {
    return (this.vantage.checks ?? []).filter(c => c.check === name)
  }
  get partition(): string {
    return this.vantage.partition || (this.vantage.region ? findPartition(this.vantage.region).id : 'aws')
  }

  /** Endpoints (AWS names with private addresses) of which at least one address answered, other than `except`. */
  endpointsThatAnswer(except?: TargetView): readonly TargetView[] {
    return but(endpointsThatAnswer(this), except)
  }
  /** Private addresses (endpoints or not) that something answered on, RST included: proof that packets leave and come back. */
  privateThatAnswer(except?: TargetView): readonly TargetView[] {
    return but(privateThatAnswer(this), except)
  }
  publicThatAnswer(except?: TargetView): readonly TargetView[] {
    return but(publicThatAnswer(this), except)
  }
  publicSilent(except?: TargetView): readonly TargetView[] {
    return but(publicSilent(this), except)
  }
  /** Names of AWS's APIs that resolved to a private address: private DNS works for at least one endpoint. */
  namesThatArePrivate(except?: TargetView): readonly TargetView[] {
    return but(namesThatArePrivate(this), except)
  }
  inOwnSubnet(address: string): boolean | undefined {
    const cidr = this.vantage.network.subnetCidr ?? this.interfaceCidr(address)
    return cidr === null || cidr === undefined ? undefined : this.known.isInside(address, cidr)
  }
  /** The system's resolver is the VPC's own, so that asking it is asking the VPC. */
  isVpcResolver(resolver: string): boolean {
    if (['169.254.169.253', 'fd00:ec2::253'].includes(resolver)) return true
    // Where the ranges are not known, an address that ends in 2 may be one's base plus two: nothing is built on its not being that.
    if (this.vpcCidrs === null) return /^(10|172|192|100)\.\d+\.\d+\.2$/.test(resolver)
    return this.vpcCidrs.some(cidr => isBasePlusTwo(resolver, cidr))
  }

  private interfaceCidr(address: string): string | undefined {
    const wanted = address.includes(':')
    const own = this.vantage.interfaces.find(i => i.address.includes(':') === wanted && i.name !== 'lo')
    // A prefix as long as the address (as Lambda and some containers have) tells nothing about the subnet.
    return own && own.prefixLength < (wanted ? 128 : 32) ? `${own.address}/${own.prefixLength}` : undefined
  }
}

const scopesOf = remember((target: TargetView): readonly AddressScope[] => {
  const { dns, network } = target
  const resolved = dns?.outcome === 'answered' ? dns.seen.addresses.map(a => network.known.scopeOf(a)) : []
  return resolved.length > 0 ? resolved : target.addresses.map(a => a.scope)
})

const isApi = remember((view: TargetView): boolean => {
  const { target, identity, service, network } = view
  if (!view.isAws || target.kind === 'tcp') return false
  if (target.service !== null || identity?.isEndpointSpecific) return true
  const region = identity?.region ?? network.vantage.region
  if (service === undefined || region === null) return false
  if (hostsOf(service, region).some(h => h.host === target.host)) return true
  return endpointServicesOf(service, region).some(e => isCovered(target.host, e))
})

/** Targets of a run that something is true of, found once, however many ask. */
function targetsThat(isMeant: (target: TargetView) => boolean): (network: NetworkView) => ReadonlySet<TargetView> {
  return remember(network => new Set(network.targets.filter(isMeant)))
}

const endpointsThatAnswer = targetsThat(t => t.isAws && !t.viaProxy && t.addresses.some(a => isEndpointAddress(a) && reached(a)))
const privateThatAnswer = targetsThat(t => !t.viaProxy && t.addresses.some(a => isEndpointAddress(a) && reached(a)))
const publicThatAnswer = targetsThat(t => !t.viaProxy && t.addresses.some(a => a.scope === 'public' && reached(a)))
const publicSilent = targetsThat(t => t.addresses.some(a => a.scope === 'public' && a.outcome === 'silent'))
const namesThatArePrivate = targetsThat(t => t.isServedPrivately)
/** The first of each id, as a list is searched. */
const byId = remember((network: NetworkView) => {
  const first = new Map<string, TargetView>()
  for (const target of network.targets) if (!first.has(target.id)) first.set(target.id, target)
  return first
})

function but(found: ReadonlySet<TargetView>, except: TargetView | undefined): readonly TargetView[] {
  const all = listOf(found)
  return except !== undefined && found.has(except) ? all.filter(t => t !== except) : all
}
const listOf = remember((found: ReadonlySet<TargetView>): readonly TargetView[] => [...found])

export function isEndpointAddress(view: AddressView): boolean {
  return view.scope === 'vpc' || view.scope === 'private'
}

/** Packets went there and something came back from the host itself: a connection or an RST. */
export function reached(view: AddressView): boolean {
  return view.outcome === 'answered' || (view.tcp.outcome === 'rejected' && view.tcp.code === 'ECONNREFUSED')
}

const isPlain = (observation: Observation): boolean => observation.variant === undefined

function isConnect(observation: Observation): boolean {
  return observation.layer === 'http' && observation.outcome !== 'skipped' && observation.seen?.method === 'CONNECT'
}

function best<O extends Observation>(observations: readonly O[]): O | undefined {
  return (
    observations.find(o => o.outcome === 'answered') ?? observations.findLast(o => o.outcome !== 'skipped') ?? observations.at(-1)
  )
}

function isBasePlusTwo(address: string, cidr: string): boolean {
  const base = cidr.split('/')[0]?.split('.').map(Number)
  const parts = address.split('.').map(Number)
  if (base?.length !== 4 || parts.length !== 4) return false
  return parts[0] === base[0] && parts[1] === base[1] && parts[2] === base[2] && parts[3] === (base[3] ?? 0) + 2
}

/** Where the VPC's ranges are not known, its addresses of any kind begin at least with our own subnet. */
function ownRanges(vantage: Vantage): readonly string[] | null {
  const own = vantage.interfaces.filter(i => i.name !== 'lo' && isSubnet(i)).map(i => `${i.address}/${i.prefixLength}`)
  return own.length > 0 ? own : null
}

function isSubnet({ address, prefixLength }: Vantage['interfaces'][number]): boolean {
  return !address.includes(':') && prefixLength > 0 && prefixLength < 32
}
