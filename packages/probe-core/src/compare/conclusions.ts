// What it says that a target works in one place and not in another. Each place is its own control: whatever both share cannot
// be the cause. It narrows and never proves: what is not known to be the same counts as different, and what was not tried in
// one of them says nothing.

import { type CauseArea, causesByArea } from '../model/cause.ts'
import { noConnection, oneAddress } from './connections.ts'
import { nameFails, otherAnswer } from './names.ts'
import { isSame } from './places.ts'
import { kindOf } from './seen.ts'
import { answeredAt, type Drawn, draw, isProxied, type Parts, type Side, serviceOf, withOwn } from './side.ts'

export type { Side } from './side.ts'

/** `good` works, or at least gets further than `bad`. Nothing where `bad` was cut short before it could fail. */
export function conclude(good: Side, bad: Side): Drawn | undefined {
  const { stopped, verdict } = bad.seen
  if (stopped === null) return undefined
  const parts: Parts = { good: good.letter, bad: bad.letter, host: bad.target.host || bad.target.id }
  const isLooked = verdict !== 'unknown' && stopped.outcome !== 'skipped'
  if (good.target.host !== bad.target.host) return isLooked ? otherHost(good, bad, parts) : undefined
  if (isProxied(good) !== isProxied(bad) && stopped.layer !== 'aws') return isLooked ? otherWay(bad, parts) : undefined
  if (isProxied(bad) && stopped.layer !== 'aws')
    return isLooked
      ? draw('proxy.both', parts, withOwn(bad, 'proxy-refuses', 'web-gateway-blocks', 'proxy-unreachable'))
      : undefined
  // Names were asked in both: this holds whatever came of the connection.
  if (stopped.layer !== 'dns' && stopped.layer !== 'aws' && isPrivateOnlyIn(good, bad)) return otherAnswer(good, bad, parts)
  if (stopped.because === 'no-credentials') return draw('aws.noCredentials', parts, withOwn(bad, 'no-credentials'))
  if (!isLooked) return undefined
  if (stopped.onlyAt !== undefined) return oneAddress(good, bad, parts, stopped.onlyAt)
  switch (stopped.layer) {
    case 'dns':
      return nameFails(good, bad, parts)
    case 'tcp':
      return noConnection(good, bad, parts)
    case 'tls':
      return noHandshake(good, bad, parts)
    case 'aws':
      return refused(good, bad, parts)
    default:
      return draw('other', parts, withOwn(bad))
  }
}

function isPrivateOnlyIn(good: Side, bad: Side): boolean {
  return kindOf(good.seen.scope) === 'private' && kindOf(bad.seen.scope) === 'public'
}

/** One service by two names: neither was asked for the other's. */
function otherHost(good: Side, bad: Side, parts: Parts): Drawn {
  const isEndpointless = kindOf(bad.seen.scope) === 'public' && bad.seen.stopped?.layer === 'tcp' && bad.target.service !== null
  const causes = withOwn(bad, ...(isEndpointless ? (['interface-endpoint-missing'] as const) : []))
  const [there, here] = [good.target.region, bad.target.region]
  if (there !== null && here !== null && there !== here)
    return draw('region.other', { ...parts, host: bad.target.id, there, here }, causes)
  return draw('name.other', { ...parts, host: bad.target.id, there: good.target.host, here: bad.target.host }, causes)
}

/** One through a proxy and one past it: the two meet nothing alike on their way. */
function otherWay(bad: Side, parts: Parts): Drawn {
  if (isProxied(bad)) return draw('proxy.bad', parts, withOwn(bad, 'proxy-refuses', 'web-gateway-blocks', 'proxy-unreachable'))
  if (bad.seen.stopped?.layer !== 'tcp' || kindOf(bad.seen.scope) !== 'public') return draw('proxy.good', parts, withOwn(bad))
  const service = serviceOf(bad)
  return draw(
    'proxy.good',
    parts,
    withOwn(
      bad,
      ...(service?.hasGatewayEndpoint ? (['gateway-endpoint-missing'] as const) : []),
      ...(service === undefined ? [] : (['interface-endpoint-missing'] as const)),
      'internet-not-reachable',
    ),
  )
}

function noHandshake(good: Side, bad: Side, parts: Parts): Drawn {
  const { cause } = bad.seen
  // These are of the server or of the clock, and not of the path.
  if (cause === 'certificate-expired' || cause === 'certificate-other-host' || cause === 'not-tls' || cause === 'clock-skew')
    return draw('other', parts, [cause])
  const isOneServer = bad.target.service !== null || answeredAt(bad).some(address => answeredAt(good).includes(address))
  return draw(isOneServer ? 'tls.path' : 'tls.elsewhere', parts, withOwn(bad, 'tls-inspected', 'firewall-drops-name', 'path-mtu'))
}

function refused(good: Side, bad: Side, parts: Parts): Drawn {
  const { cause, verdict, stopped } = bad.seen
  if (stopped?.outcome !== 'rejected') return draw('other', parts, withOwn(bad))
  const isDenial = verdict === 'denied' ? !isOf('credentials', cause) : isOf('permission', cause)
  // Throttled, a clock that is wrong, a session that ran out: nobody's policy refused anybody.
  if (!isDenial) return draw('aws.notDenied', { ...parts, code: stopped.code ?? '' }, withOwn(bad))
  const identity = isSame('identity', good.report, bad.report)
  if (identity === 'other') return draw('aws.otherIdentity', parts, withOwn(bad, 'identity-policy-denies'))
  if (identity === 'same' && isSame('vpc', good.report, bad.report) === 'other')
    return draw('aws.otherEndpoint', parts, withOwn(bad, 'endpoint-policy-denies', 'resource-policy-denies'))
  return draw('aws.refused', parts, withOwn(bad))
}

function isOf(area: CauseArea, cause: string | null): boolean {
  return cause !== null && (causesByArea[area] as readonly string[]).includes(cause)
}
