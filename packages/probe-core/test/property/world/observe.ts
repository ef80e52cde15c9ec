// What our probes would record in this world: the same layers, variants and limits as the real ones, over simulated packets.

import type { Outcome } from '../../../src/model/layer.ts'
import type {
  AwsObservation,
  DnsObservation,
  HttpObservation,
  Observation,
  TcpObservation,
  TlsObservation,
} from '../../../src/model/observation.ts'
import type { ObservedReport } from '../../../src/model/report.ts'
import type { ObservedTarget } from '../../../src/model/target.ts'
import type { Vantage, VantageCheck } from '../../../src/model/vantage.ts'
import { endpointAddresses, namesOfService, nameThing } from './names.ts'
import { isGatewayService, Packets, proxyAddress, proxyName } from './packets.ts'
import { type Named, ownAddress, region, subnetCidr, type Thing, vpcCidr, type World } from './world.ts'

const sweptPorts = [1029, 20011, 32771, 40009, 50021, 61007, 65003]
const furtherPorts = [5003, 12007, 27011, 30011, 34019, 37003, 43003, 47017, 53003, 57037, 60013, 63029]
const canary = '54.239.220.40'
const account = '123456789012'

export function observeWorld(world: World): ObservedReport {
  const run = new Run(world)
  const things = uniqueById(world.targets)
  const targets = things.map((thing): ObservedTarget => run.observe(thing))
  return {
    format: 'eniprobe/1',
    run: {
      version: '0.1.0',
      startedAt: '2026-11-23T10:00:00.000Z',
      durationMs: 4000,
      deadlineMs: 15000,
      connectTimeoutMs: 3000,
      complete: world.run.variants === 'all',
    },
    vantage: run.vantage(),
    targets,
  }
}

export function uniqueById(things: readonly Thing[]): readonly Thing[] {
  const ids = things.map(t => nameThing(t).id)
  return things.filter((_, i) => ids.indexOf(ids[i] as string) === i)
}

class Run {
  private readonly packets: Packets
  private readonly world: World
  private sweeps = 3
  private controls: VantageCheck[] = []

  constructor(world: World) {
    this.world = world
    this.packets = new Packets(world)
  }

  observe(thing: Thing): ObservedTarget {
    const named = nameThing(thing)
    const observations = this.climb(named)
    const wantedBy = thing.is === 'website' && thing.wantedBy ? [thing.wantedBy] : ['command-line']
    return { ...named, wantedBy, observations: observations.filter(o => o.variant === undefined || this.hasTime()) }
  }

  private hasTime(): boolean {
    const { variants } = this.world.run
    return variants === 'all' || (variants === 'some' && this.packets.chance() < 0.6)
  }

  private get resolver(): string {
    return this.world.resolver === 'vpc' ? '10.20.0.2' : '10.20.2.53'
  }

  private climb(named: Named): readonly Observation[] {
    if (this.world.proxy !== undefined && named.kind !== 'tcp') return this.climbThroughProxy(named)
    const fixed = this.world.hostsFile[named.host]
    const isLiteral = /^[\d.]+$/.test(named.host)
    const found: Observation[] = []
    let addresses: readonly string[] = isLiteral ? [named.host] : fixed !== undefined ? [fixed] : []
    if (fixed !== undefined) {
      found.push({ layer: 'dns', outcome: 'answered', seen: { name: named.host, addresses, resolver: 'hosts-file' } })
      found.push(this.dns(named.host, 'system', 'other-resolver'))
    } else if (!isLiteral) {
      const answer = this.dns(named.host, 'system')
      found.push(answer)
      if (this.world.resolver !== 'vpc' && this.world.run.hasChecks) found.push(this.dns(named.host, 'vpc', 'vpc-resolver'))
      if (answer.outcome === 'silent' || (answer.outcome === 'answered' && (answer.seen.tries ?? 1) > 1))
        for (let i = 0; i < 8; i += 1) found.push(this.dnsOnce(named.host))
      if (answer.outcome === 'rejected' && answer.code === 'NXDOMAIN') found.push(...this.siblings(named), this.mustExist(named))
      if (answer.outcome !== 'answered') return [...found, ...skip('tcp', named)]
      addresses = answer.seen.addresses
    }
    const connected = this.connectAll(named, addresses, found)
    if (connected === undefined) return [...found, ...skip('tls', named)]
    if (named.kind === 'tcp') return found
    const hello = this.secure(named, connected, found)
    if (hello === undefined) return [...found, ...skip('http', named)]
    this.speak(named, connected, hello, found)
    return found
  }

  private climbThroughProxy(named: Named): readonly Observation[] {
    const name = this.dns(proxyName, 'system')
    const found: Observation[] = [{ ...name, via: 'proxy' }]
    if (name.outcome !== 'answered') return [...found, ...skip('tls', named)]
    const tcp = this.tcp({ ...named, host: proxyName, port: 3128 }, proxyAddress)
    found.push({ ...tcp, via: 'proxy' })
    if (tcp.outcome !== 'answered') return [...found, ...this.pastProxy(named), ...skip('tls', named)]
    const connect = { layer: 'http', via: 'proxy', address: proxyAddress } as const
    if (this.world.proxy === 'refuses') {
      found.push({ ...connect, outcome: 'rejected', code: '403', seen: { method: 'CONNECT', status: 403 } })
      return [...found, ...this.pastProxy(named), ...skip('tls', named)]
    }
    found.push({ ...connect, outcome: 'answered', seen: { method: 'CONNECT', status: 200 } })
    const above: Observation[] = []
    const hello = this.secure(named, proxyAddress, above)
    if (hello !== undefined) this.speak(named, proxyAddress, hello, above)
    return [...found, ...above.map(o => (o.outcome === 'skipped' ? o : { ...o, via: 'proxy' as const }))]
  }

  private pastProxy(named: Named): readonly Observation[] {
    const name = this.dns(named.host, 'system', 'direct')
    if (name.outcome !== 'answered') return [name]
    return [name, ...name.seen.addresses.map((address): Observation => ({ ...this.tcp(named, address), variant: 'direct' }))]
  }

  private dns(host: string, whom: 'system' | 'vpc', variant?: DnsObservation['variant'], kind?: string): DnsObservation {
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

  private dnsOnce(host: string): DnsObservation {
    const reply = this.packets.ask(host, 'system')
    const base = { layer: 'dns', variant: 'repeat' } as const
    if (reply === 'silent')
      return { ...base, outcome: 'silent', waitedMs: 900, tries: 1, seen: { name: host, resolver: this.resolver } }
    const seen = { name: host, addresses: reply.addresses, resolver: this.resolver, tries: 1 }
    return reply.rcode === 'NOERROR'
      ? { ...base, outcome: 'answered', seen }
      : { ...base, outcome: 'rejected', code: reply.rcode, seen }
  }

  private siblings(named: Named): readonly Observation[] {
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

  private mustExist(named: Named): Observation {
    const host = namesOfService(named.service === 'sts' ? 'ec2' : 'sts')[0]?.host ?? ''
    return this.dns(host, 'system', 'must-exist', 'parent')
  }

  private ephemeral(): number {
    return 32768 + Math.floor(this.packets.chance() * 28231)
  }

  private tcp(named: Named, address: string): TcpObservation {
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
  private tcpOnce(
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

  private connectAll(named: Named, addresses: readonly string[], found: Observation[]): string | undefined {
    const plain = addresses.map(address => this.tcp(named, address))
    found.push(...plain)
    const isSlow = plain.every(o => o.outcome === 'silent' || (o.outcome === 'answered' && (o.seen.tries ?? 1) > 1))
    if (isSlow && plain.length > 0) {
      if (addresses.every(a => !a.startsWith('10.'))) found.push(...this.siblings(named))
      else {
        found.push(...this.sweep(named, addresses[0] as string))
        this.askControls()
      }
    }
    for (const one of plain) {
      if (one.outcome !== 'answered' || (one.seen.tries ?? 1) < 2 || one.address === undefined) continue
      for (let i = 0; i < 8; i += 1) found.push(this.tcpOnce(named, one.address, 'repeat'))
      found.push(...this.sweep(named, one.address))
    }
    return plain.find(o => o.outcome === 'answered')?.address
  }

  private sweep(named: Named, address: string): readonly Observation[] {
    if (this.sweeps <= 0) return []
    this.sweeps -= 1
    const first = sweptPorts.map(port => this.tcpOnce(named, address, 'source-port', port))
    const differ = new Set(first.map(o => o.outcome === 'silent')).size > 1
    return differ ? [...first, ...furtherPorts.map(port => this.tcpOnce(named, address, 'source-port', port))] : first
  }

  private askControls(): void {
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

  private secure(named: Named, address: string, found: Observation[]): 'large' | 'small' | undefined {
    const { middlebox } = this.world
    const isInspected = middlebox?.what === 'inspects' && !address.startsWith('10.')
    const issuer = isInspected
      ? 'CN=Example Corp Web Gateway CA'
      : !/amazonaws\.com$|\.aws$/.test(named.host)
        ? "CN=R11, O=Let's Encrypt, C=US"
        : 'CN=Amazon RSA 2048 M01, O=Amazon, C=US'
    const certificate = { serverName: named.host, issuer, issuers: [issuer], names: [this.certifiedName(named, address)] }
    const shake = (bytes: number): TlsObservation => {
      const end = this.packets.hello(address, named.host, bytes, 4000)
      const base = { layer: 'tls', address } as const
      if (end === 'silent')
        return { ...base, outcome: 'silent', waitedMs: 3000, seen: { serverName: named.host, receivedBytes: 0 } }
      if (end === 'cut')
        return { ...base, outcome: 'rejected', code: 'ECONNRESET', seen: { serverName: named.host, receivedBytes: 0 } }
      if (isInspected)
        return { ...base, outcome: 'rejected', code: 'SELF_SIGNED_CERT_IN_CHAIN', seen: { ...certificate, trusted: false } }
      if (certificate.names[0] !== named.host)
        return { ...base, outcome: 'rejected', code: 'ERR_TLS_CERT_ALTNAME_INVALID', seen: { ...certificate, trusted: true } }
      return { ...base, outcome: 'answered', seen: { ...certificate, trusted: true, trustedBy: 'public' } }
    }
    const large = shake(1800)
    if (large.outcome === 'answered') {
      found.push(large)
      return 'large'
    }
    if (large.outcome === 'rejected' && large.code !== 'ECONNRESET') {
      found.push(large)
      return undefined
    }
    const form = (
      variant: 'small-hello' | 'large-hello' | 'other-sni' | 'small-answer',
      name: string,
      bytes: number,
      answer: number,
    ): TlsObservation => {
      const end = this.packets.hello(address, name, bytes, answer)
      const base = { layer: 'tls', address, variant } as const
      const seen = { serverName: name, helloBytes: bytes }
      if (end === 'answers') return { ...base, outcome: 'answered', seen }
      return end === 'silent'
        ? { ...base, outcome: 'silent', waitedMs: 2000, seen }
        : { ...base, outcome: 'rejected', code: 'ECONNRESET', seen }
    }
    const forms = [
      form('small-hello', named.host, 280, 4000),
      form('large-hello', named.host, 1800, 4000),
      form('other-sni', 'www.example.com', 263, 200),
      form('small-answer', named.host, 245, 200),
    ]
    const small = forms[0]?.outcome === 'answered' ? shake(280) : large
    found.push(small, ...forms)
    return small.outcome === 'answered' ? 'small' : undefined
  }

  /** Which name the host at this address has a certificate for. */
  private certifiedName(named: Named, address: string): string {
    if (this.world.hostsFile[named.host] === undefined) return named.host
    for (const [service, endpoint] of Object.entries(this.world.endpoints)) {
      if (endpointAddresses(service, endpoint).includes(address)) return namesOfService(service)[0]?.host ?? ''
    }
    return address.startsWith('10.') ? 'other.internal.example.org' : named.host
  }

  private speak(named: Named, address: string, hello: 'large' | 'small', found: Observation[]): void {
    const { middlebox } = this.world
    const isBlocked = middlebox?.what === 'block-page' && !address.startsWith('10.') && middlebox.names.includes(named.host)
    const get = (bytes: number, variant?: 'large-request'): HttpObservation => {
      const base = { layer: 'http', address, ...(variant && { variant }) } as const
      if (this.packets.request(address, bytes) === 'silent')
        return { ...base, outcome: 'silent', waitedMs: 6000, seen: { requestBytes: bytes } }
      const seen = { method: 'GET', path: '/', requestBytes: bytes, clockSkewMs: 0 - this.world.clockOffMs }
      if (isBlocked)
        return {
          ...base,
          outcome: 'answered',
          seen: { ...seen, status: 403, awsMarks: [], contentType: 'text/html', bodyStart: '<html>Blocked by policy' },
        }
      if (named.service === null && !named.host.includes('amazonaws.com'))
        return { ...base, outcome: 'answered', seen: { ...seen, status: 200, contentType: 'text/html' } }
      return { ...base, outcome: 'answered', seen: { ...seen, status: 403, requestId: 'r-1', awsMarks: ['x-amzn-requestid'] } }
    }
    const http = get(16)
    found.push(http)
    if (hello === 'small' && http.outcome === 'answered') {
      const large = get(6000, 'large-request')
      found.push(large)
      if (large.outcome === 'silent') return void found.push(...skip('aws', named))
    }
    if (http.outcome !== 'answered') return void found.push(...skip('aws', named))
    if (named.service !== null) found.push(this.call(named, address, isBlocked))
  }

  private call(named: Named, address: string, isBlocked: boolean): AwsObservation {
    const { keys, clockOffMs, metadata } = this.world
    const base = { layer: 'aws', address } as const
    const isRole = keys === 'role'
    if (keys === 'none' || (isRole && metadata !== 'answers'))
      return { layer: 'aws', outcome: 'skipped', because: 'no-credentials' }
    if (isBlocked) return { layer: 'aws', outcome: 'skipped', because: 'below-failed' }
    const seen = { action: `${named.service}:List`, signed: true, signingRegion: region, status: 400, requestId: 'r-2' }
    const no = (code: string, message: string): AwsObservation => ({ ...base, outcome: 'rejected', code, message, seen })
    if (keys === 'wrong-secret')
      return no('InvalidSignatureException', 'The request signature we calculated does not match the signature you provided.')
    if (Math.abs(clockOffMs) > 300_000)
      return no(
        'InvalidSignatureException',
        'Signature expired: 20261123T094000Z is now earlier than 20261123T095500Z (20261123T100000Z - 5 min.)',
      )
    if (keys === 'expired') return no('ExpiredTokenException', 'The security token included in the request is expired')
    const denial = this.world.denials[named.service ?? '']
    // An endpoint's policy is asked of those who come through the endpoint.
    if (denial === undefined || (denial.by === 'endpoint' && !address.startsWith('10.')))
      return { ...base, outcome: 'answered', seen: { ...seen, status: 200 } }
    const what = { identity: 'identity-based policy', endpoint: 'VPC endpoint policy', scp: 'service control policy' }[denial.by]
    const who = `User: arn:aws:sts::${account}:assumed-role/workload/s is not authorized to perform: ${seen.action} on resource: *`
    return no(
      'AccessDeniedException',
      denial.isNamed ? `${who} because no ${what} allows the ${seen.action} action` : 'Access Denied',
    )
  }

  vantage(): Vantage {
    const { world } = this
    const { hasChecks, cidrsKnown } = world.run
    const internet: Outcome = !hasChecks
      ? 'skipped'
      : this.tcp({ id: '', kind: 'tcp', host: 'checkip.amazonaws.com', port: 443, service: null, region }, canary).outcome
    return {
      workload: world.metadata === 'absent' ? 'lambda' : 'ec2',
      region,
      homeRegion: region,
      partition: 'aws',
      interfaces: [{ name: 'eth0', address: ownAddress, prefixLength: cidrsKnown ? 24 : 32 }],
      resolvers: [this.resolver],
      proxy:
        world.proxy === undefined ? null : { url: `http://${proxyName}:3128`, from: 'HTTPS_PROXY', noProxy: '169.254.169.254' },
      network: {
        eni: null,
        vpc: null,
        subnet: null,
        subnetCidr: cidrsKnown ? subnetCidr : null,
        vpcCidrs: cidrsKnown ? [vpcCidr] : null,
        securityGroups: null,
      },
      identity:
        world.keys === 'role' && world.metadata === 'answers'
          ? { arn: `arn:aws:sts::${account}:assumed-role/workload/i-0a1b2c3d4e5f60718`, account, source: 'imds' }
          : null,
      credentials: {
        source: world.keys === 'none' ? null : 'imds',
        tried: [{ source: 'environment', gave: false, why: 'AWS_ACCESS_KEY_ID is not set' }],
      },
      internet,
      clockSkewMs: 0 - world.clockOffMs,
      ...(hasChecks ? { checks: [...this.checks(internet), ...this.controls] } : {}),
    }
  }

  private checks(internet: Outcome): readonly VantageCheck[] {
    const { metadata, vpcDns, resolver } = this.world
    const address = '169.254.169.254'
    const vpcResolver = this.dns(namesOfService('sts')[0]?.host ?? '', 'vpc')
    const system = this.dns(namesOfService('sts')[0]?.host ?? '', 'system')
    const put: VantageCheck[] =
      metadata === 'absent'
        ? []
        : metadata === 'silent'
          ? [{ check: 'imds-token', address, outcome: 'silent', waitedMs: 1000, seen: { connected: false } }]
          : metadata === 'hop-limit'
            ? [{ check: 'imds-token', address, outcome: 'silent', waitedMs: 1000, seen: { connected: true } }]
            : metadata === 'refused'
              ? [{ check: 'imds-token', address, outcome: 'rejected', code: '403' }]
              : [
                  { check: 'imds-token', address, outcome: 'answered' },
                  { check: 'imds-get', address, outcome: 'answered' },
                ]
    return [
      {
        check: 'vpc-resolver',
        address: '169.254.169.253',
        outcome: vpcDns === 'support-off' ? 'silent' : vpcResolver.outcome === 'silent' ? 'silent' : 'answered',
      },
      { check: 'system-resolver', address: this.resolver, outcome: resolver === 'custom-dead' ? 'silent' : system.outcome },
      ...put,
      {
        check: 'internet',
        address: canary,
        outcome: internet,
        seen: { host: 'checkip.amazonaws.com', port: 443 },
        ...(internet === 'silent' ? { waitedMs: 3200 } : {}),
      },
    ]
  }
}

const above = ['tcp', 'tls', 'http', 'aws'] as const

function skip(from: (typeof above)[number], named: Named): readonly Observation[] {
  return above
    .slice(above.indexOf(from))
    .filter(layer => (layer === 'aws' ? named.service !== null : layer === 'tcp' || named.kind !== 'tcp'))
    .map(layer => ({ layer, outcome: 'skipped', because: 'below-failed' }))
}

export { isGatewayService }
