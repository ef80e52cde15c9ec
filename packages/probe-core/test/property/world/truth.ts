// Which causes truly hold for a target of the world, whether or not anything shows them.

import { findService } from '../../../src/catalog/index.ts'
import type { CauseCode } from '../../../src/model/cause.ts'
import { endpointOf, nameThing } from './names.ts'
import { proxyName } from './packets.ts'
import { region, type Thing, type World } from './world.ts'

export function truthsOf(world: World, thing: Thing): ReadonlySet<CauseCode> {
  const named = nameThing(thing)
  return new Set<CauseCode>([
    ...ofDns(world, named.host),
    ...(world.proxy === undefined || named.kind === 'tcp' ? [] : [...ofDns(world, proxyName), ...noProxyName(world)]),
    ...ofPlace(world, thing),
    ...ofPath(world),
    ...ofMiddle(world, named.host),
    ...ofKeys(world),
    ...ofProxy(world),
    ...ofPolicies(world, named.service),
  ])
}

function ofDns(world: World, host: string): readonly CauseCode[] {
  const found: CauseCode[] = []
  const { resolver, vpcDns, dnsLoss, emptyZone } = world
  if (/^[\d.]+$/.test(host)) return found
  if (world.hostsFile[host] !== undefined) found.push('hosts-file-overrides', 'certificate-other-host')
  const isReachable =
    resolver === 'vpc'
      ? vpcDns !== 'support-off'
      : resolver !== 'custom-dead' &&
        !['nothing', 'public-only', 'first-endpoint-only', 'own-subnet-only'].includes(world.egress) &&
        world.nacl !== 'nothing-beyond-subnet'
  if (!isReachable) found.push('dns-server-unreachable')
  if (vpcDns === 'support-off' || vpcDns === 'hostnames-off') found.push('vpc-dns-attributes-off')
  if (resolver === 'custom-servfail') found.push('dns-server-fails')
  if (dnsLoss > 0) found.push('dns-unreliable')
  if (resolver === 'custom-public' || resolver === 'custom-servfail' || resolver === 'custom-dead')
    found.push('custom-dns-bypasses-vpc')
  if (emptyZone !== undefined && (host === emptyZone || host.endsWith(`.${emptyZone}`))) found.push('private-zone-shadows')
  return found
}

/** A proxy whose name leads nowhere cannot be reached. */
function noProxyName({ emptyZone, vpcDns, resolver }: World): readonly CauseCode[] {
  const isHidden = emptyZone === 'example.org' && vpcDns === 'on' && resolver !== 'custom-public'
  return isHidden ? ['proxy-unreachable'] : []
}

function ofPlace(world: World, thing: Thing): readonly CauseCode[] {
  const named = nameThing(thing)
  if (thing.is === 'database' || thing.is === 'instance') {
    if (thing.state === 'stopped') return [thing.is === 'database' ? 'database-stopped' : 'instance-stopped']
    if (thing.state === 'closed') return ['target-security-group']
    if (thing.state === 'no-listener') return ['nothing-listens']
    return thing.state === 'gone' ? ['host-unreachable', 'instance-stopped', 'database-stopped'] : []
  }
  if (thing.is === 'host') return []
  if (thing.is === 'elsewhere') {
    if (thing.state === 'unrouted') return ['host-unreachable']
    if (thing.state === 'runs') return []
    return [thing.what === 'database' ? 'target-security-group' : 'endpoint-security-group']
  }
  if (thing.is === 'unknown-name') return ['dns-name-unknown']
  if (thing.is === 'endpoint-name' && world.endpoints[thing.service] === undefined) return ['dns-name-unknown']
  if (thing.is === 'website') {
    return world.hasWayOut
      ? []
      : thing.wantedBy
        ? ['internet-not-reachable', 'package-index-is-public']
        : ['internet-not-reachable']
  }
  const found: CauseCode[] = []
  const endpoint = world.endpoints[thing.service]
  if (endpoint !== undefined) {
    if (!endpoint.admits) found.push('endpoint-security-group')
    if (!endpoint.ready) found.push('endpoint-not-ready')
    const dead = endpoint.zones.filter(zone => zone === endpoint.deadZone).length
    if (dead > 0) found.push(dead === endpoint.zones.length ? 'endpoint-not-ready' : 'endpoint-zone-unreachable')
    if (thing.is === 'endpoint-name') return found
    if (!endpoint.privateDns) found.push('private-dns-disabled')
    if (endpointOf(world, named.host) === undefined) found.push('endpoint-name-not-covered')
  } else if (findService(thing.service)?.hasPrivateLink) found.push('interface-endpoint-missing')
  else if (!findService(thing.service)?.hasGatewayEndpoint) found.push('service-has-no-endpoint')
  if (findService(thing.service)?.hasGatewayEndpoint && !world.gateways.includes(thing.service))
    found.push('gateway-endpoint-missing')
  if (thing.is === 'service' && thing.region !== undefined && thing.region !== region) found.push('other-region')
  if (!world.hasWayOut) found.push('internet-not-reachable')
  return found
}

function ofPath(world: World): readonly CauseCode[] {
  const found: CauseCode[] = []
  if (world.egress !== 'open') found.push('eni-security-group')
  if (world.nacl !== 'open') found.push('network-acl')
  if (world.loss > 0) found.push('path-flaky')
  return found
}

function ofMiddle(world: World, host: string): readonly CauseCode[] {
  const { middlebox, mtuEverywhere } = world
  const found: CauseCode[] = mtuEverywhere ? ['path-mtu'] : []
  switch (middlebox?.what) {
    case 'drops-names':
    case 'resets-names':
      if (middlebox.names.includes(host)) found.push('firewall-drops-name')
      break
    case 'passes-names-only':
      if (!middlebox.names.includes(host)) found.push('firewall-drops-name')
      break
    case 'drops-large-hello':
      found.push('firewall-drops-large-hello')
      break
    case 'mtu':
      found.push('path-mtu')
      break
    case 'inspects':
      found.push('tls-inspected')
      break
    case 'block-page':
      if (middlebox.names.includes(host)) found.push('web-gateway-blocks', 'answered-by-other')
  }
  return found
}

function ofKeys(world: World): readonly CauseCode[] {
  const found: CauseCode[] = []
  if (world.keys === 'expired') found.push('credentials-expired')
  if (world.keys === 'wrong-secret') found.push('credentials-invalid')
  if (Math.abs(world.clockOffMs) > 300_000) found.push('clock-skew')
  if (world.metadata === 'hop-limit') found.push('metadata-hop-limit')
  if (['silent', 'refused'].includes(world.metadata)) found.push('metadata-unreachable')
  // With keys `role`, the metadata that fails had a role to give: saying that there are none would be wrong.
  if (world.keys === 'none' || (world.keys === 'role' && ['no-role', 'absent'].includes(world.metadata)))
    found.push('no-credentials')
  return found
}

function ofProxy({ proxy }: World): readonly CauseCode[] {
  if (proxy === 'is-off' || proxy === 'is-closed') return ['proxy-unreachable']
  return proxy === 'refuses' ? ['proxy-refuses'] : []
}

function ofPolicies({ denials }: World, service: string | null): readonly CauseCode[] {
  const denial = denials[service ?? '']
  if (denial === undefined) return []
  const cause = { identity: 'identity-policy-denies', endpoint: 'endpoint-policy-denies', scp: 'scp-denies' } as const
  return denial.isNamed ? [cause[denial.by]] : [cause[denial.by], 'denied-unattributed']
}

/** Causes that hold for the run rather than a target. */
export function truthsOfRun(world: World): ReadonlySet<CauseCode> {
  const found: CauseCode[] = [...ofKeys(world)]
  if (world.hasWayOut) found.push('internet-reachable', 'traffic-leaves-vpc')
  return new Set(found)
}
