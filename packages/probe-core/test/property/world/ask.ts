// How our probes ask names and connect, in this world: which questions and SYNs they send, and what they note of each.

import type { DnsObservation, Observation, TcpObservation } from '../../../src/model/observation.ts'
import type { VantageCheck } from '../../../src/model/vantage.ts'
import { namesOfService, nameThing } from './names.ts'
import { Packets } from './packets.ts'
import { type Named, region, type World } from './world.ts'

const sweptPorts = [1029, 20011, 32771, 40009, 50021, 61007, 65003]
const furtherPorts = [5003, 12007, 27011, 30011, 34019, 37003, 43003, 47017, 53003, 57037, 60013, 63029]

export class Asker {
  protected readonly packets: Packets
  protected readonly world: World
  protected sweeps = 3
  protected controls: VantageCheck[] = []

  constructor(world: World) {
    this.world = world
    this.packets = new Packets(world)
  }

  protected hasTime(): boolean {
    const { variants } = this.world.run
    return variants === 'all' || (variants === 'some' && this.packets.chance() < 0.6)
  }

  protected get resolver(): string {
    return this.world.resolver === 'vpc' ? '10.20.0.2' : '10.20.2.53'
  }

  protected dns(host: string, whom: 'system' | 'vpc', variant?: DnsObservation['variant'], kind?: string): DnsObservation {
    const resolver = whom === 'vpc' ? '169.254.169.253' : this.resolver
    for (let tries = 1; tries <= 3; tries += 1) {
      const reply = this.packets.ask(host, whom)
      if (reply === 'silent') continue
      const base = { layer: 'dns', durationMs: 3, ...(variant && { variant }) } as const
      const nameKind = kind ? { nameKind: kind as 'regional' } : {}
      if (reply.rcode === 'NOERROR')
        return { ...base, outcome: 'answered', seen: { name: host, addresses: reply.addresses, resolver, tries, ...nameKind } }
      return {
        ...base,
        outcome: 'rejected',
        code: reply.rcode,
        seen: { name: host, addresses: [], resolver, tries, ...nameKind },
      }
    }
    return {
      layer: 'dns',
      outcome: 'silent',
      waitedMs: 3000,
      tries: 3,
      seen: { name: host, resolver },
      ...(variant && { variant }),
    }
  }

  protected dnsOnce(host: string): DnsObservation {
    const reply = this.packets.ask(host, 'system')
    const base = { layer: 'dns', variant: 'repeat' } as const
    if (reply === 'silent')
      return { ...base, outcome: 'silent', waitedMs: 900, tries: 1, seen: { name: host, resolver: this.resolver } }
    const seen = { name: host, addresses: reply.addresses, resolver: this.resolver, tries: 1 }
    return reply.rcode === 'NOERROR'
      ? { ...base, outcome: 'answered', seen }
      : { ...base, outcome: 'rejected', code: reply.rcode, seen }
  }

  protected siblings(named: Named): readonly Observation[] {
    const service = named.service
    if (service === null) return []
    return namesOfService(service, named.region ?? region)
      .filter(n => n.host !== named.host)
      .flatMap(({ host, kind }): readonly Observation[] => {
        const name = this.dns(host, 'system', 'sibling-name', kind)
        if (name.outcome !== 'answered') return [name]
        const inside = name.seen.addresses.filter(a => a.startsWith('10.')).slice(0, 2)
        return [name, ...inside.map(a => this.tcpOnce(named, a, 'sibling-name'))]
      })
  }

  protected mustExist(named: Named): Observation {
    const host = namesOfService(named.service === 'sts' ? 'ec2' : 'sts')[0]?.host ?? ''
    return this.dns(host, 'system', 'must-exist', 'parent')
  }

  protected ephemeral(): number {
    return 32768 + Math.floor(this.packets.chance() * 28231)
  }

  protected tcp(named: Named, address: string): TcpObservation {
    const base = { layer: 'tcp', address } as const
    const seen = { host: named.host, port: named.port }
    for (let tries = 1; tries <= 3; tries += 1) {
      const localPort = this.ephemeral()
      const result = this.packets.connect(address, named.port, localPort)
      if (result === 'answers') return { ...base, durationMs: 2, outcome: 'answered', seen: { ...seen, localPort, tries } }
      if (result === 'reset')
        return { ...base, durationMs: 2, outcome: 'rejected', code: 'ECONNREFUSED', seen: { ...seen, tries } }
      if (result === 'no-neighbour')
        return { ...base, durationMs: 3060, outcome: 'rejected', code: 'EHOSTUNREACH', seen: { ...seen, tries } }
    }
    return { ...base, durationMs: 3200, outcome: 'silent', waitedMs: 3200, tries: 3, seen }
  }

  /** One socket, which sends a second SYN after a second. */
  protected tcpOnce(
    named: Named,
    address: string,
    variant: 'repeat' | 'source-port' | 'sibling-name',
    port?: number,
  ): TcpObservation {
    const base = { layer: 'tcp', address, variant } as const
    const localPort = port ?? this.ephemeral()
    const seen = { port: named.port, localPort, tries: 1 }
    for (let syn = 1; syn <= 2; syn += 1) {
      const result = this.packets.connect(address, named.port, localPort)
      if (result === 'answers') return { ...base, outcome: 'answered', seen }
      if (result !== 'silent')
        return { ...base, outcome: 'rejected', code: result === 'reset' ? 'ECONNREFUSED' : 'EHOSTUNREACH', seen }
    }
    return { ...base, outcome: 'silent', waitedMs: 2550, tries: 1, seen: { port: named.port, ...(port && { localPort: port }) } }
  }

  protected sweep(named: Named, address: string): readonly Observation[] {
    if (this.sweeps <= 0) return []
    this.sweeps -= 1
    const first = sweptPorts.map(port => this.tcpOnce(named, address, 'source-port', port))
    const differ = new Set(first.map(o => o.outcome === 'silent')).size > 1
    return differ ? [...first, ...furtherPorts.map(port => this.tcpOnce(named, address, 'source-port', port))] : first
  }

  protected askControls(): void {
    if (this.controls.length > 0 || !this.world.run.hasChecks) return
    const planned = this.world.targets.map(t => nameThing(t).host)
    for (const service of Object.keys(this.world.endpoints)) {
      const host = namesOfService(service)[0]?.host ?? ''
      if (planned.includes(host)) continue
      const reply = this.packets.ask(host, 'system')
      const address = reply === 'silent' ? undefined : reply.addresses.find(a => a.startsWith('10.'))
      if (address === undefined) continue
      const result = this.tcp({ id: '', kind: 'service', host, port: 443, service, region }, address)
      this.controls.push({ check: 'control-endpoint', address, outcome: result.outcome, seen: { host } })
    }
  }
}
