// What becomes of a question, a SYN, a ClientHello and a request in the world. Physics only.

import {
  elsewhereAddress,
  endpointAddresses,
  endpointOf,
  hash,
  instanceAddress,
  namesOfService,
  nameThing,
  publicAddresses,
} from './names.ts'
import type { Thing, World } from './world.ts'

export type Reply = { readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL'; readonly addresses: readonly string[] } | 'silent'

export const proxyName = 'proxy.example.org'
export const proxyAddress = '10.20.2.200'

export class Packets {
  readonly world: World
  private state: number

  constructor(world: World) {
    this.world = world
    this.state = hash(`seed ${world.run.seed}`)
  }

  /** Between 0 and 1, from the seed of the run. */
  chance(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0
    return this.state / 4294967296
  }

  /** One question to the system's resolver or to the VPC's own. */
  ask(host: string, whom: 'system' | 'vpc'): Reply {
    const { resolver, vpcDns, dnsLoss } = this.world
    const isVpc = whom === 'vpc' || resolver === 'vpc'
    if (isVpc && vpcDns === 'support-off') return 'silent'
    if (!isVpc && resolver === 'custom-dead') return 'silent'
    if (!isVpc && ['nothing', 'public-only', 'first-endpoint-only', 'own-subnet-only'].includes(this.world.egress))
      return 'silent'
    if (!isVpc && this.world.nacl === 'nothing-beyond-subnet') return 'silent'
    if (this.chance() < dnsLoss) return 'silent'
    if (!isVpc && resolver === 'custom-servfail') return { rcode: 'SERVFAIL', addresses: [] }
    return this.lookUp(host, !isVpc && resolver === 'custom-public' ? 'public' : 'vpc')
  }

  private lookUp(host: string, view: 'public' | 'vpc'): Reply {
    const { emptyZone, vpcDns } = this.world
    const privateNames = view === 'vpc' && vpcDns === 'on'
    if (privateNames && emptyZone !== undefined && (host === emptyZone || host.endsWith(`.${emptyZone}`))) {
      const own = endpointOf(this.world, host)
      // The zone of an endpoint is more specific than one for its parent.
      if (!(own?.endpoint.privateDns && host !== emptyZone)) return { rcode: 'NXDOMAIN', addresses: [] }
    }
    if (host === proxyName) return found([proxyAddress])
    const covered = endpointOf(this.world, host)
    if (privateNames && covered?.endpoint.privateDns) return found(endpointAddresses(covered.service, covered.endpoint))
    for (const thing of this.world.targets) {
      const named = nameThing(thing)
      if (named.host !== host) continue
      if (thing.is === 'endpoint-name') {
        const endpoint = this.world.endpoints[thing.service]
        return endpoint ? found(endpointAddresses(thing.service, endpoint)) : { rcode: 'NXDOMAIN', addresses: [] }
      }
      if (thing.is === 'database')
        return found([instanceAddress(thing.where, thing.state).replace(/\d+$/, d => String(Number(d) + 20))])
      if (thing.is === 'elsewhere') return found([elsewhereAddress(thing.what)])
      if (thing.is === 'host') return found(thing.addresses ?? publicAddresses(host))
      if (thing.is === 'unknown-name') return { rcode: 'NXDOMAIN', addresses: [] }
      if (thing.is === 'website') return found(['93.184.215.14'])
    }
    return found(publicAddresses(host))
  }

  /** One SYN from one source port. */
  connect(address: string, port: number, sourcePort: number): 'answers' | 'silent' | 'reset' | 'no-neighbour' {
    const { world } = this
    const place = address.startsWith('10.20.1.')
      ? 'own'
      : address.startsWith('10.20.')
        ? 'other'
        : address.startsWith('10.')
          ? 'elsewhere'
          : 'public'
    const gone = this.thingAt(address, port, 'gone')
    if (gone && place === 'own') return 'no-neighbour'
    if (world.egress === 'nothing' || (world.egress === 'vpc-only' && (place === 'public' || place === 'elsewhere')))
      return 'silent'
    if (world.egress === 'public-only' && place !== 'public') return 'silent'
    if (world.egress === 'own-subnet-only' && place !== 'own') return 'silent'
    if (world.egress === 'first-endpoint-only') {
      const [first] = Object.entries(world.endpoints)
      if (first === undefined || !endpointAddresses(first[0], first[1]).includes(address)) return 'silent'
    }
    if (place !== 'own') {
      if (world.nacl === 'nothing-beyond-subnet' || (world.nacl === 'no-public' && place === 'public')) return 'silent'
      if (world.nacl === 'replies-above-49152' && sourcePort < 49152) return 'silent'
      if (world.nacl === 'replies-below-32768' && sourcePort >= 32768) return 'silent'
    }
    if (this.chance() < world.loss) return 'silent'
    if (address === proxyAddress) return world.proxy === 'is-off' ? 'silent' : world.proxy === 'is-closed' ? 'reset' : 'answers'
    if (place === 'public') return this.isRouted(address) ? 'answers' : 'silent'
    for (const [service, endpoint] of Object.entries(world.endpoints)) {
      const at = endpointAddresses(service, endpoint).indexOf(address)
      if (at < 0) continue
      if (!endpoint.admits || !endpoint.ready || endpoint.zones[at] === endpoint.deadZone) return 'silent'
      return 'answers'
    }
    const elsewhere = world.targets.find(thing => thing.is === 'elsewhere' && elsewhereAddress(thing.what) === address)
    if (elsewhere?.is === 'elsewhere') return elsewhere.state === 'runs' ? 'answers' : 'silent'
    if (gone || this.thingAt(address, port, 'stopped') || this.thingAt(address, port, 'closed')) return 'silent'
    return this.thingAt(address, port, 'no-listener') ? 'reset' : 'answers'
  }

  private isRouted(address: string): boolean {
    if (this.world.hasWayOut) return true
    return this.world.gateways.some(service => namesOfService(service).some(n => publicAddresses(n.host).includes(address)))
  }

  private thingAt(address: string, port: number, state: string): Thing | undefined {
    return this.world.targets.find(thing => {
      if (thing.is === 'host')
        return thing.state === state && (thing.addresses ?? []).includes(address) && thing.named.port === port
      if (!(thing.is === 'database' || thing.is === 'instance')) return false
      const own = instanceAddress(thing.where, thing.state)
      const at = thing.is === 'database' ? own.replace(/\d+$/, d => String(Number(d) + 20)) : own
      return thing.state === state && at === address && nameThing(thing).port === port
    })
  }

  /** A ClientHello of so many bytes with this name, and an answer of so many. */
  hello(address: string, name: string, bytes: number, answerBytes: number): 'answers' | 'silent' | 'cut' {
    const { middlebox } = this.world
    const isPublic = !address.startsWith('10.')
    const hole = this.world.mtuEverywhere === true || (isPublic && middlebox?.what === 'mtu')
    if (hole && (bytes > 1400 || answerBytes > 1400)) return 'silent'
    if (!isPublic || middlebox === undefined) return 'answers'
    if (middlebox.what === 'drops-large-hello' && bytes > 1400) return 'silent'
    if (middlebox.what === 'passes-names-only') return middlebox.names.includes(name) ? 'answers' : 'silent'
    if (!middlebox.names.includes(name)) return 'answers'
    return middlebox.what === 'drops-names' ? 'silent' : middlebox.what === 'resets-names' ? 'cut' : 'answers'
  }

  request(address: string, bytes: number): 'answers' | 'silent' {
    const isPublic = !address.startsWith('10.')
    const hole = this.world.mtuEverywhere === true || (isPublic && this.world.middlebox?.what === 'mtu')
    return hole && bytes > 1400 ? 'silent' : 'answers'
  }
}

function found(addresses: readonly string[]): Reply {
  return { rcode: 'NOERROR', addresses }
}
