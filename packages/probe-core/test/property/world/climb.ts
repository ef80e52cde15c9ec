// How our probes climb one target in this world: names, TCP, TLS, HTTP and the signed call, or through a proxy.

import type { AwsObservation, HttpObservation, Observation, TlsObservation } from '../../../src/model/observation.ts'
import { Asker } from './ask.ts'
import { endpointAddresses, namesOfService } from './names.ts'
import { proxyAddress, proxyName } from './packets.ts'
import { type Named, region } from './world.ts'

export const account = '123456789012'

export class Climber extends Asker {
  protected climb(named: Named): readonly Observation[] {
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

  protected climbThroughProxy(named: Named): readonly Observation[] {
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

  protected pastProxy(named: Named): readonly Observation[] {
    const name = this.dns(named.host, 'system', 'direct')
    if (name.outcome !== 'answered') return [name]
    return [name, ...name.seen.addresses.map((address): Observation => ({ ...this.tcp(named, address), variant: 'direct' }))]
  }

  protected connectAll(named: Named, addresses: readonly string[], found: Observation[]): string | undefined {
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

  protected secure(named: Named, address: string, found: Observation[]): 'large' | 'small' | undefined {
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
  protected certifiedName(named: Named, address: string): string {
    if (this.world.hostsFile[named.host] === undefined) return named.host
    for (const [service, endpoint] of Object.entries(this.world.endpoints)) {
      if (endpointAddresses(service, endpoint).includes(address)) return namesOfService(service)[0]?.host ?? ''
    }
    return address.startsWith('10.') ? 'other.internal.example.org' : named.host
  }

  protected speak(named: Named, address: string, hello: 'large' | 'small', found: Observation[]): void {
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

  protected call(named: Named, address: string, isBlocked: boolean): AwsObservation {
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
}

const above = ['tcp', 'tls', 'http', 'aws'] as const

function skip(from: (typeof above)[number], named: Named): readonly Observation[] {
  return above
    .slice(above.indexOf(from))
    .filter(layer => (layer === 'aws' ? named.service !== null : layer === 'tcp' || named.kind !== 'tcp'))
    .map(layer => ({ layer, outcome: 'skipped', because: 'below-failed' }))
}
