// Conclusions from a connection that one place gets and another does not. Which addresses answered is taken from the
// connections themselves, never from the names: of two addresses that both resolve, only one may have been tried.

import type { CauseCode } from '../model/cause.ts'
import { isSame } from './places.ts'
import { kindOf } from './seen.ts'
import {
  answeredAt,
  type Drawn,
  draw,
  failedAt,
  failuresOf,
  farGroup,
  isInVpcOf,
  type Parts,
  type Side,
  serviceOf,
  withOwn,
  withSubnet,
} from './side.ts'

export function noConnection(good: Side, bad: Side, parts: Parts): Drawn {
  const [failure, ...further] = failuresOf(bad)
  // Some of its addresses are silent and some refuse: no one sentence is true of them.
  if (failure === undefined || further.length > 0) return draw('other', parts, withOwn(bad))
  if (failure === 'ECONNREFUSED') return draw('tcp.refused', parts, withOwn(bad, 'nothing-listens', 'answered-by-other'))
  if (failure !== 'silent')
    return draw(
      'tcp.rejected',
      { ...parts, code: failure },
      withOwn(bad, ...(isRouting(failure) ? (['host-unreachable'] as const) : [])),
    )
  return kindOf(bad.seen.scope) === 'public' ? noPublicConnection(good, bad, parts) : noPrivateConnection(good, bad, parts)
}

/** Some addresses of the name answer, and some do not: who asks and what is asked are the same for both. */
export function oneAddress(good: Side, bad: Side, parts: Parts, failed: readonly string[]): Drawn {
  const silent = list(failed.map(address => withSubnet(address, [bad.report, good.report])))
  const isSeen = failed.every(address => answeredAt(good).includes(address)) && isOneNetwork(good, bad)
  return draw(
    isSeen ? 'tcp.oneAddress' : 'tcp.oneAddressThere',
    { ...parts, silent },
    withOwn(bad, 'network-acl', 'endpoint-zone-unreachable', 'eni-security-group'),
  )
}

function noPublicConnection(good: Side, bad: Side, parts: Parts): Drawn {
  const service = serviceOf(bad)
  const subnet = isSame('subnet', good.report, bad.report)
  const groups = isSame('securityGroups', good.report, bad.report)
  const endpoint: readonly CauseCode[] = [
    ...(service?.hasGatewayEndpoint ? (['gateway-endpoint-missing'] as const) : []),
    ...(service === undefined ? [] : (['interface-endpoint-missing'] as const)),
  ]
  if (good.seen.via === 'internet' && bad.report.vantage.internet !== 'answered')
    return service === undefined
      ? draw('tcp.internetHost', parts, ['internet-not-reachable', 'eni-security-group', 'network-acl'])
      : draw('tcp.internetThere', parts, ['internet-not-reachable', ...endpoint])
  if (subnet === 'same' && groups === 'same')
    return draw(
      'tcp.publicChanged',
      parts,
      withOwn(bad, ...(service?.hasGatewayEndpoint ? endpoint.slice(0, 1) : []), 'eni-security-group', 'network-acl'),
    )
  if (subnet === 'same' && groups === 'other') return draw('tcp.publicGroups', parts, ['eni-security-group', 'network-acl'])
  if (subnet === 'same') return draw('tcp.publicSameSubnet', parts, ['eni-security-group', 'network-acl'])
  // A group may admit one public address and not another: only where one address was tried from both are groups alike enough.
  const areGroupsOut = groups === 'same' && isTriedFromBoth(good, bad)
  const causes: readonly CauseCode[] = [
    ...(service?.hasGatewayEndpoint ? (['gateway-endpoint-missing'] as const) : (['internet-not-reachable'] as const)),
    ...(service === undefined || service.hasGatewayEndpoint ? [] : (['interface-endpoint-missing'] as const)),
    ...(areGroupsOut ? [] : (['eni-security-group'] as const)),
    'network-acl',
  ]
  const isSubnetOnly = areGroupsOut && subnet === 'other'
  const key = service?.hasGatewayEndpoint
    ? isSubnetOnly
      ? 'tcp.publicSubnetOnly'
      : 'tcp.publicSubnet'
    : isSubnetOnly
      ? 'tcp.publicPathOnly'
      : 'tcp.publicPath'
  return draw(key, parts, causes, areGroupsOut ? ['eni-security-group'] : [])
}

function noPrivateConnection(good: Side, bad: Side, parts: Parts): Drawn {
  const far = farGroup(bad)
  const addresses = { ...parts, there: list(answeredAt(good)), here: list(failedAt(bad)) }
  if (kindOf(good.seen.scope) === 'public') return draw('tcp.privateHere', parts, [far, 'eni-security-group', 'network-acl'])
  // A report made by hand may leave out which address it was.
  if (addresses.there === '' || addresses.here === '') return draw('other', parts, withOwn(bad))
  if (!isTriedFromBoth(good, bad))
    return draw('tcp.otherAddress', addresses, ['endpoint-zone-unreachable', far, 'network-acl', 'eni-security-group'])
  if (isSame('vpc', good.report, bad.report) === 'other')
    return failedAt(bad).every(address => isInVpcOf(good, address) && isInVpcOf(bad, address))
      ? draw('tcp.twoVpcs', addresses, withOwn(bad, far, 'eni-security-group', 'network-acl'))
      : draw('tcp.fromOtherVpc', addresses, withOwn(bad, far, 'network-acl', 'eni-security-group'))
  if (!isOneNetwork(good, bad)) return draw('tcp.unknownPlace', addresses, withOwn(bad, far, 'eni-security-group', 'network-acl'))
  return fromOneVpc(good, bad, parts, far)
}

/** One thing at one address, asked from two places of one VPC. */
function fromOneVpc(good: Side, bad: Side, parts: Parts, far: CauseCode): Drawn {
  const subnet = isSame('subnet', good.report, bad.report)
  const groups = isSame('securityGroups', good.report, bad.report)
  const alive: CauseCode[] = ['nothing-listens', 'endpoint-not-ready']
  if (subnet === 'same' && groups === 'same')
    return draw('tcp.changed', parts, withOwn(bad, far, 'eni-security-group', 'network-acl'))
  if (subnet === 'same' && groups === 'other') return draw('tcp.groups', parts, ['eni-security-group', far], alive)
  if (subnet === 'same') return draw('tcp.sameSubnet', parts, ['eni-security-group', far], alive)
  if (groups === 'same' && subnet === 'other') return draw('tcp.subnetOnly', parts, ['network-acl', far], alive)
  return draw('tcp.subnet', parts, ['network-acl', ...(groups === 'same' ? [] : (['eni-security-group'] as const)), far], alive)
}

function isTriedFromBoth(good: Side, bad: Side): boolean {
  const answered = answeredAt(good)
  return failedAt(bad).some(address => answered.includes(address))
}

/** A private address is one thing within one VPC only: two VPCs may use one CIDR. */
function isOneNetwork(good: Side, bad: Side): boolean {
  return isSame('vpc', good.report, bad.report) === 'same' || isSame('subnet', good.report, bad.report) === 'same'
}

function isRouting(code: string): boolean {
  return code === 'EHOSTUNREACH' || code === 'ENETUNREACH'
}

function list(words: readonly string[]): string {
  return words.slice(0, 4).join(', ')
}
