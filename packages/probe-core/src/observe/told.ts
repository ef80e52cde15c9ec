// How what was seen is told: the vantage in one piece, and each target with every layer accounted for.

import { classifyAddress } from '../catalog/address.ts'
import { findPartition } from '../catalog/index.ts'
import { readingOf } from '../catalog/no-proxy.ts'
import type { Outcome } from '../model/layer.ts'
import type { Observation } from '../model/observation.ts'
import type { ObservedTarget, PlannedTarget } from '../model/target.ts'
import type { Vantage, VantageCheck } from '../model/vantage.ts'
import { type CredentialsResult, findOverriddenRole } from '../probe/credentials.ts'
import type { ResolvConf } from '../probe/dns.ts'
import type { LocalNetwork } from '../probe/interfaces.ts'
import type { MetadataResult } from '../probe/metadata.ts'
import { findProxy, type Proxy as HttpProxy } from '../probe/proxy.ts'
import type { Trust } from '../probe/trust.ts'
import { speaksHttp } from './connection.ts'
import { skipUntold } from './layers-of.ts'
import type { ChosenRegion } from './options.ts'

export interface Seen extends Pick<Vantage, 'workload' | 'signs'> {
  readonly chosen: ChosenRegion
  readonly conf: ResolvConf
  readonly resolvers: readonly string[]
  readonly local: LocalNetwork
  readonly env: NodeJS.ProcessEnv
  readonly trust: Trust
  readonly sdk: NonNullable<Vantage['sdk']>
  readonly metadata: MetadataResult | undefined
  readonly identity: { readonly arn: string; readonly account: string } | null
  readonly credentials: CredentialsResult | undefined
  readonly expect: 'closed' | undefined
  readonly targets: readonly ObservedTarget[]
  readonly checks: readonly (VantageCheck | undefined)[]
}

export function makeVantage(seen: Seen): Vantage {
  const { chosen, conf, local, metadata, credentials, identity } = seen
  const checks = seen.checks.filter(c => c !== undefined)
  const overridden = credentials?.source === 'environment' ? findOverriddenRole(seen.env, metadata?.iamRole) : undefined
  const { region } = chosen
  const stoppers = [...seen.trust.stoppers, ...proxyStoppers(seen)]
  return {
    workload: seen.workload,
    ...(seen.signs && { signs: seen.signs }),
    region,
    ...(chosen.from !== undefined && { regionFrom: chosen.from }),
    homeRegion: metadata?.region ?? null,
    partition: region === null ? 'aws' : findPartition(region).id,
    interfaces: local.interfaces,
    ...(local.defaultRoute !== undefined && { defaultRoute: local.defaultRoute }),
    resolvers: seen.resolvers,
    searchDomains: conf.search,
    ndots: conf.ndots,
    ...proxiesOf(seen.env),
    network: metadata?.network ?? { eni: null, vpc: null, subnet: null, subnetCidr: null, vpcCidrs: null, securityGroups: null },
    identity: identity && { ...identity, source: credentials?.source ?? 'unknown' },
    ...(credentials && {
      credentials: { source: credentials.source, tried: credentials.tried, ...(overridden && { overriddenRole: overridden }) },
    }),
    internet: internetOutcome(checks),
    clockSkewMs: medianSkew(seen.targets),
    checks,
    sdk: seen.sdk,
    customCa: seen.trust.customCa,
    ...(seen.trust.problems.length > 0 && { customCaProblems: seen.trust.problems }),
    ...(stoppers.length > 0 && { stoppers }),
    ...(seen.expect && { expect: seen.expect }),
  }
}

/** The proxies that clients would use where NO_PROXY does not exempt a host; what NO_PROXY says is told beside them. */
function proxiesOf(env: NodeJS.ProcessEnv): Pick<Vantage, 'proxy' | 'httpProxy' | 'allProxy' | 'proxyProblem'> {
  const unexempted = { ...env, no_proxy: '', NO_PROXY: '' }
  const noProxy = env.no_proxy ?? env.NO_PROXY ?? null
  const say = (proxy: HttpProxy | undefined) => proxy && { url: proxy.url.href.replace(/\/$/, ''), from: proxy.from, noProxy }
  const https = { scheme: 'https', host: 'amazonaws.com', port: 443 } as const
  const own = findProxy(https, unexempted, 'boto3')
  const http = findProxy({ ...https, scheme: 'http', port: 80 }, unexempted, 'boto3')
  const any = findProxy(https, unexempted)
  const proxy = say(own.proxy)
  const httpProxy = say(http.proxy)
  const allProxy = /^all_proxy$/i.test(any.proxy?.from ?? '') ? say(any.proxy) : undefined
  const problem = own.problem ?? any.problem ?? http.problem
  return {
    proxy: proxy ?? null,
    ...(httpProxy && { httpProxy }),
    ...(allProxy && { allProxy }),
    ...(problem !== undefined && { proxyProblem: problem }),
  }
}

/** A proxy variable that boto3 reads for a target of this run, and fails on. */
function proxyStoppers({ targets, env }: Seen): readonly string[] {
  const problems = targets.flatMap(target => {
    const { host, port, scheme } = target
    if (host === '' || readingOf(target) !== 'boto3' || !speaksHttp(target)) return []
    return findProxy({ scheme: scheme === 'http' ? 'http' : 'https', host, port }, env, 'boto3').problem ?? []
  })
  return [...new Set(problems)]
}

function internetOutcome(checks: readonly VantageCheck[]): Outcome {
  return checks.find(c => c.check === 'internet')?.outcome ?? 'skipped'
}

/**
 * Our clock against the Date of the answers: the middle one, so that one odd server decides nothing. AWS's answers, where there
 * are any: the clocks of a proxy or of the user's own hosts decide no signature.
 */
function medianSkew(targets: readonly ObservedTarget[]): number | null {
  const answers = targets
    .flatMap(t => t.observations)
    .flatMap(o => (o.layer === 'http' && o.outcome === 'answered' && o.seen.method !== 'CONNECT' ? [o.seen] : []))
  const ofAws = answers.filter(seen => (seen.awsMarks?.length ?? 0) > 0)
  // Any other server's clock is its own affair.
  const skews = ofAws.flatMap(seen => seen.clockSkewMs ?? []).sort((a, b) => a - b)
  return skews[Math.floor(skews.length / 2)] ?? null
}

/** As noted, every layer told: what the deadline cut off is `skipped: no-time`. */
export function finishTarget(
  target: PlannedTarget,
  observations: readonly Observation[],
  vpcCidrs: readonly string[] | null,
): ObservedTarget {
  const scoped = observations.some(o => rescope(o, vpcCidrs) !== o) ? observations.map(o => rescope(o, vpcCidrs)) : observations
  const untold = skipUntold(target, scoped, 'no-time')
  // Not `{ ...target, … }`: V8 in Node 20 gives every object that begins with a spread a shape of its own, larger than the object.
  return Object.assign({}, target, { observations: untold.length === 0 ? scoped : [...scoped, ...untold] })
}

/** The VPC's CIDRs may have come only after the name was asked. */
function rescope(observation: Observation, vpcCidrs: readonly string[] | null): Observation {
  if (observation.layer !== 'dns' || observation.outcome !== 'answered') return observation
  const scopes = new Set(observation.seen.addresses.map(a => classifyAddress(a, vpcCidrs)))
  const [first] = scopes
  if (first === undefined) return observation
  const scope = scopes.size === 1 ? first : 'mixed'
  return scope === observation.seen.scope ? observation : { ...observation, seen: { ...observation.seen, scope } }
}
