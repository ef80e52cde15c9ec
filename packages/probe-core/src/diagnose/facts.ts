// Sentences of proof that many rules cite: each states one thing that was observed.

import type { Evidence } from '../model/finding.ts'
import { isErrno } from './classify.ts'
import { isOfThisRegion, isOwnKind, isServedAlike } from './endpoint.ts'
import { firstBut, remember } from './remember.ts'
import { says, saysOfVantage } from './rule.ts'
import { sourcePortSweep } from './sweep.ts'
import type { AddressView, NetworkView, TargetView } from './view.ts'
import { isEndpointAddress, reached } from './view.ts'

function seconds(ms: number | undefined): string {
  return ((ms ?? 0) / 1000).toFixed(1)
}

export function list(items: readonly string[], most = 4): string {
  return items.length <= most ? items.join(', ') : `${items.slice(0, most).join(', ')} +${items.length - most}`
}

/** "NAME resolves to ADDRESSES, public|private, at RESOLVER" — or undefined for literal addresses. */
export const resolved = remember((target: TargetView): Evidence | undefined => {
  const dns = target.dns
  if (dns?.outcome !== 'answered' || dns.seen.resolver === 'literal') return undefined
  const parts = { name: target.target.host, addresses: list(dns.seen.addresses), resolver: dns.seen.resolver }
  if (target.isPublic) return says(target, 'dns', 'dns.public', parts)
  return says(target, 'dns', target.isPrivate ? 'dns.private' : 'dns.addresses', parts)
})

export function silentAddress(target: TargetView, address: AddressView): Evidence {
  const { tcp } = address
  const waited = tcp.outcome === 'silent' ? tcp.waitedMs : tcp.durationMs
  const tries = tcp.outcome === 'silent' ? (tcp.tries ?? 1) : 1
  return says(target, 'tcp', 'tcp.silent', {
    address: address.address,
    port: target.target.port,
    tries,
    seconds: seconds(waited),
  })
}

/** An address that did not answer: silent, or refused with a code. */
export function failedAddress(target: TargetView, address: AddressView): Evidence {
  const { tcp } = address
  if (tcp.outcome !== 'rejected') return silentAddress(target, address)
  const parts = { address: address.address, port: target.target.port, ms: Math.round(tcp.durationMs ?? 0) }
  return tcp.code === 'ECONNREFUSED'
    ? says(target, 'tcp', 'tcp.refused', parts)
    : says(target, 'tcp', 'tcp.unreachable', { ...parts, code: tcp.code })
}

/** Cited by most rules: one piece of evidence, not one for each. */
export const allSilent = remember((target: TargetView): Evidence | undefined => {
  const silent = target.addresses.filter(a => a.outcome === 'silent')
  const [first] = silent
  if (first === undefined) return undefined
  if (silent.length === 1) return silentAddress(target, first)
  return says(target, 'tcp', 'tcp.allSilent', {
    addresses: list(silent.map(a => a.address)),
    port: target.target.port,
  })
})

export function answers(target: TargetView, address: AddressView): Evidence {
  return says(target, 'tcp', address.outcome === 'answered' ? 'tcp.answers' : 'tcp.refuses', {
    host: target.target.host,
    address: address.address,
    port: target.target.port,
  })
}

/** Another endpoint of this run (or a control endpoint) that something answered on. */
export function otherEndpointAnswers(network: NetworkView, except: TargetView): Evidence | undefined {
  for (const other of network.endpointsThatAnswer(except)) {
    const address = other.addresses.find(a => isEndpointAddress(a) && reached(a))
    if (address) return answers(other, address)
  }
  const control = controlThatAnswers(network)
  return control && saysOfVantage('control.answers', { host: String(control.seen?.host ?? ''), address: control.address })
}

/** Another private address, endpoint or not, that something came back from on this very port. */
export function otherPrivateAnswers(network: NetworkView, except: TargetView, port = except.target.port): Evidence | undefined {
  for (const other of privateByPort(network).get(port) ?? []) {
    if (other === except) continue
    const address = other.addresses.find(a => isEndpointAddress(a) && reached(a))
    if (address) return answers(other, address)
  }
  const control = port === 443 ? controlThatAnswers(network) : undefined
  return control && saysOfVantage('control.answers', { host: String(control.seen?.host ?? ''), address: control.address })
}

const privateByPort = remember((network: NetworkView): ReadonlyMap<number, readonly TargetView[]> => {
  const found = new Map<number, TargetView[]>()
  for (const each of network.privateThatAnswer()) {
    const alike = found.get(each.target.port)
    if (alike === undefined) found.set(each.target.port, [each])
    else alike.push(each)
  }
  return found
})

export function publicAnswers(network: NetworkView, except: TargetView, port = except.target.port): Evidence | undefined {
  const canary = network.check('internet').find(c => c.outcome === 'answered' && c.seen?.via !== 'proxy')
  if (canary && port === 443) return internet(network)
  for (const other of network.publicThatAnswer(except)) {
    // S3 and DynamoDB answer at public addresses through a gateway endpoint, too: no proof of a way out.
    if (other.target.port !== port || other.service?.hasGatewayEndpoint) continue
    const address = other.addresses.find(a => a.scope === 'public' && reached(a))
    if (address) return answers(other, address)
  }
  return undefined
}

function controlThatAnswers(network: NetworkView) {
  return network.check('control-endpoint').find(c => c.outcome === 'answered' || c.code === 'ECONNREFUSED')
}

/** What the canary says about the way to the internet; undefined when it was not asked. */
export const internet = remember((network: NetworkView): Evidence | undefined => {
  const canary = network.check('internet')[0]
  const host = String(canary?.seen?.host ?? canary?.address ?? 'the canary')
  switch (network.vantage.internet) {
    case 'answered':
      return saysOfVantage('internet.answers', { host })
    case 'silent':
      return saysOfVantage('internet.silent', { host, seconds: seconds(canary?.waitedMs ?? 3000) })
    case 'rejected':
      return saysOfVantage('internet.rejected', { host, code: canary?.code ?? '' })
    default:
      return undefined
  }
})

/** The configured servers that are not the VPC's own, which no filter stops, and that `isMeant` picks; undefined when there is none. */
export function serversSilent(network: NetworkView, isMeant: (resolver: string) => boolean = () => true): Evidence | undefined {
  const custom = network.vantage.resolvers.filter(r => !network.isVpcResolver(r) && isMeant(r))
  return custom.length > 0 ? saysOfVantage('dns.serversSilent', { resolvers: custom.join(', ') }) : undefined
}

/** A configured DNS server answered something else in this run: it is there, and this silence is loss or a filter by name. */
export function systemResolverAnswered(network: NetworkView, except: TargetView): Evidence | undefined {
  const other = firstBut(answeredBySystem(network), except)
  const resolver = other?.dns?.outcome === 'skipped' ? undefined : other?.dns?.seen?.resolver
  if (other && resolver !== undefined) return says(other, 'dns', 'dns.serverAnswered', { resolver, name: other.target.host })
  const check = network.check('system-resolver').find(c => c.outcome === 'answered')
  return check && saysOfVantage('dns.serverAnsweredCheck', { resolver: check.address })
}

const answeredBySystem = remember((network: NetworkView) =>
  network.targets.filter(({ dns }) => {
    if (dns === undefined || (dns.outcome !== 'answered' && dns.outcome !== 'rejected')) return false
    // An errno is our own socket's word: nobody answered.
    if (dns.outcome === 'rejected' && isErrno(dns.code)) return false
    const resolver = dns.seen?.resolver
    return resolver !== undefined && network.vantage.resolvers.includes(resolver)
  }),
)

export const vpcResolverAnswers = remember((network: NetworkView): Evidence | undefined => {
  const check = network.check('vpc-resolver').find(c => c.outcome === 'answered')
  return check && saysOfVantage('vpcResolver.answers', { resolver: check.address })
})

/** What the VPC's own resolver says for this very name, when it was asked beside the system's. */
export function vpcAnswer(target: TargetView) {
  const beside = target.variants('dns', 'vpc-resolver')
  return beside.find(o => o.outcome === 'answered') ?? beside.find(o => o.outcome !== 'skipped')
}

export function vpcSaysPrivate(target: TargetView): Evidence | undefined {
  const answer = vpcAnswer(target)
  if (answer?.outcome !== 'answered' || !target.allEndpointScopes(answer.seen.addresses)) return undefined
  return says(target, 'dns', 'dns.vpcPrivate', {
    resolver: answer.seen.resolver,
    name: target.target.host,
    addresses: list(answer.seen.addresses),
  })
}

export function vpcAgrees(target: TargetView): Evidence | undefined {
  const answer = vpcAnswer(target)
  if (answer?.outcome !== 'answered' || target.allEndpointScopes(answer.seen.addresses)) return undefined
  return says(target, 'dns', 'dns.vpcAgrees', { resolver: answer.seen.resolver })
}

/** Another name of the same service that resolves privately, and whether it answers. */
export function privateSibling(target: TargetView): { name: string; answers: boolean; evidence: Evidence } | undefined {
  // A global name that is private here is served by this region's endpoint, whatever region was asked for.
  if (!isOfThisRegion(target) || isOwnKind(target)) return undefined
  const names = target
    .variants('dns', 'sibling-name')
    .flatMap(o =>
      o.outcome === 'answered' && target.allEndpointScopes(o.seen.addresses)
        ? [{ name: o.seen.name ?? '', addresses: o.seen.addresses }]
        : [],
    )
  for (const { name, addresses } of names) {
    const tcp = target.variants('tcp', 'sibling-name').filter(o => o.address !== undefined && addresses.includes(o.address))
    const ok = tcp.some(o => o.outcome === 'answered')
    return {
      name,
      answers: ok,
      evidence: says(target, 'dns', ok ? 'dns.siblingAnswers' : 'dns.siblingPrivate', { name, addresses: list(addresses) }),
    }
  }
  for (const other of target.network.namesThatArePrivate(target)) {
    if (other.service === undefined || !isServedAlike(other, target) || !isOfThisRegion(other)) continue
    const ok = other.addresses.some(reached)
    const evidence = says(other, 'dns', ok ? 'dns.siblingAnswers' : 'dns.siblingPrivate', {
      name: other.target.host,
      addresses: list(other.addresses.map(a => a.address)),
    })
    return { name: other.target.host, answers: ok, evidence }
  }
  return undefined
}

/** The setting that makes clients of this environment ask for this very name. */
export function nameFrom(target: TargetView): Evidence | undefined {
  const { stsRegionalEndpoints, useDualstack, useFips } = target.network.vantage.sdk ?? {}
  const kind = target.identity?.kind
  const setting =
    target.target.hostFrom ??
    (kind === 'global' && target.service?.id === 'sts' && stsRegionalEndpoints === 'legacy'
      ? 'AWS_STS_REGIONAL_ENDPOINTS=legacy'
      : kind === 'dualstack' && useDualstack
        ? 'AWS_USE_DUALSTACK_ENDPOINT'
        : kind === 'fips' && useFips
          ? 'AWS_USE_FIPS_ENDPOINT'
          : undefined)
  return setting === undefined ? undefined : says(target, 'dns', 'dns.nameFrom', { name: target.target.host, setting })
}

/** Any AWS name of this run that private DNS serves. */
export function somePrivateName(network: NetworkView, except: TargetView): Evidence | undefined {
  const own = privateSibling(except)
  if (own) return own.evidence
  const other = network.namesThatArePrivate(except)[0]
  if (other) return resolved(other)
  const control = network.check('control-endpoint')[0]
  return control && saysOfVantage('control.private', { host: String(control.seen?.host ?? ''), address: control.address })
}

/** Connections to this target got through from some source ports: groups and states, which know no source ports, are out. */
export function somePortGetsThrough(target: TargetView): Evidence | undefined {
  const { answered, silent } = sourcePortSweep(target)
  if (answered.length === 0 || silent.length === 0) return undefined
  return says(target, 'tcp', 'sweep.mixed', { answered: answered.join(', '), silent: silent.join(', ') })
}
