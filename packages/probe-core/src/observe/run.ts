// One run: where we stand, what to look at, every target climbed side by side, and the report of what was seen. No judgement.

import { findPartition } from '../catalog/index.ts'
import type { Outcome } from '../model/layer.ts'
import type { Observation } from '../model/observation.ts'
import { type ObservedReport, reportFormat } from '../model/report.ts'
import type { ObservedTarget, PlannedTarget } from '../model/target.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import type { Identity, Vantage, VantageCheck } from '../model/vantage.ts'
import { classifyAddress } from '../probe/address.ts'
import { findCredentials } from '../probe/credentials.ts'
import { readHostsFile, readResolvConf } from '../probe/dns.ts'
import { readLocalNetwork } from '../probe/interfaces.ts'
import { machineFiles } from '../probe/machine-files.ts'
import { type MetadataResult, probeMetadata } from '../probe/metadata.ts'
import { findProxy } from '../probe/proxy.ts'
import { readSdkSettings } from '../probe/settings.ts'
import { readTrust } from '../probe/trust.ts'
import { startClock } from '../time/clock.ts'
import { type Deadline, startDeadline } from '../time/deadline.ts'
import { climb, skipFrom } from './climb.ts'
import { findIdentity } from './identity.ts'
import { once } from './once.ts'
import { makePlaces } from './places.ts'
import type { Surroundings } from './surroundings.ts'
import { checkControls, checkInternet, checkResolver, findCanary } from './vantage.ts'

export interface ObserveOptions {
  readonly env: NodeJS.ProcessEnv
  readonly version: string
  readonly region?: string | undefined
  readonly profile?: string | undefined
  readonly deadlineMs: number
  readonly connectTimeoutMs: number
  readonly concurrency: number
  readonly sign: boolean
  readonly expect?: 'closed' | undefined
  readonly resolvers?: readonly string[] | undefined
  readonly internetCanary?: string | false | undefined
  readonly signal?: AbortSignal | undefined
  /** Decides, once it is known where we stand, what to look at. */
  readonly plan: (place: Place) => readonly PlannedTarget[]
  readonly choose: (known: { profileRegion?: string | undefined; metadata: MetadataResult | undefined }) => Region
  /** The plan needs to know the workload: wait for metadata (a second at most). */
  readonly needsMetadata: boolean
  readonly onPlanned?: (targets: readonly PlannedTarget[]) => void
  readonly onObserved?: (target: string, observation: Observation) => void
  readonly onSettled?: (target: string) => void
}

export interface Region {
  readonly region: string | null
  readonly from?: string
  readonly conflicting?: readonly string[]
}

export interface Place {
  readonly region: string | null
  readonly workload: string | null
  readonly settings: Vantage['sdk']
  readonly network: Vantage['network']
  readonly metadata: MetadataResult | undefined
}

/** How long the report waits, at the end, for what only adds to it (the canary, metadata, the identity). */
const lastGraceMs = 250
const vpcResolverAddress = '169.254.169.253'

export async function observe(
  options: ObserveOptions,
  detect: (metadata: MetadataResult | undefined) => Pick<Vantage, 'workload' | 'signs'>,
): Promise<ObservedReport> {
  const { env } = options
  const startedAt = new Date().toISOString()
  const clock = startClock()
  const interrupted = () => options.signal?.aborted === true
  const deadline = startDeadline(options.deadlineMs, options.signal)
  const asking = { deadline, clock, connectTimeoutMs: options.connectTimeoutMs }
  try {
    const conf = readResolvConf(machineFiles.fileText('/etc/resolv.conf') ?? '')
    const resolvers = options.resolvers?.length ? options.resolvers : conf.nameservers.slice(0, 3)
    const vpcCheck = checkResolver('vpc-resolver', vpcResolverAddress, asking)
    const [settings, local] = await Promise.all([readSdkSettings({ env, profile: options.profile }), readLocalNetwork()])
    if (settings.problem)
      throw new ProbeUsageError(
        settings.problem.code,
        `${settings.problem.what} (${settings.problem.where})`,
        settings.problem.mend,
      )

    const metadataAsked = probeMetadata(env, asking)
    let metadata: MetadataResult | undefined
    const metadataSettled = metadataAsked.then(m => {
      metadata = m
    })
    let chosen = options.choose({ profileRegion: settings.profileRegion, metadata: undefined })
    if (options.needsMetadata || chosen.region === null) {
      await within(metadataSettled, deadline)
      chosen = options.choose({ profileRegion: settings.profileRegion, metadata })
    }
    const detected = detect(metadata)
    const sdk = { ...settings.settings, ...(chosen.conflicting && { conflictingRegions: chosen.conflicting }) }
    const noNetwork = { eni: null, vpc: null, subnet: null, subnetCidr: null, vpcCidrs: null, securityGroups: null }
    const targets = options.plan({
      region: chosen.region,
      workload: detected.workload,
      settings: sdk,
      network: metadata?.network ?? noNetwork,
      metadata,
    })
    options.onPlanned?.(targets)

    const partition = chosen.region === null ? 'aws' : findPartition(chosen.region).id
    const canary = findCanary(options.internetCanary, partition)
    const internet = canary && checkInternet(canary, resolvers, asking)
    const credentials = options.sign
      ? findCredentials({ env, profile: options.profile, region: chosen.region ?? undefined }, asking)
      : null
    credentials?.catch(() => {})
    let identity: Identity | null = null
    const plannedHosts = new Set(targets.map(t => t.host))
    const vpcCidrs = metadata?.network.vpcCidrs ?? null
    const systemAsked = resolvers.includes(vpcResolverAddress)
      ? []
      : resolvers.map(r => checkResolver('system-resolver', r, asking))
    const trust = readTrust(env)
    const run: Surroundings = {
      ...asking,
      env,
      trust,
      hosts: readHostsFile(machineFiles.fileText('/etc/hosts') ?? ''),
      resolvers,
      vpcResolver: vpcCheck.then(check => (check.outcome === 'answered' ? check.address : undefined)),
      vpcCidrs,
      places: makePlaces(options.concurrency),
      region: chosen.region,
      settings: sdk,
      credentials,
      plannedHosts,
      controls: once(() => checkControls(chosen.region, plannedHosts, resolvers, vpcCidrs, asking)),
      sweepsLeft: 3,
      repeatsLeft: 2,
      identified: found => {
        identity ??= { ...found, source: '' }
      },
      observed: (target, observation) => options.onObserved?.(target, observation),
    }

    const seen = new Map<string, Observation[]>()
    const climbs = targets.map(async target => {
      const own = { ...run, observed: (id: string, o: Observation) => (seen.get(id)?.push(o), run.observed(id, o)) }
      seen.set(target.id, [])
      const observations = await climb(target, own)
      seen.set(target.id, [...observations])
      options.onSettled?.(target.id)
    })
    const asked = findIdentity(targets, run)
    await within(Promise.all(climbs), deadline)
    // What only adds has had the whole run; it gets a moment more, unless the run is over.
    const late = Promise.all([internet, asked, metadataSettled, vpcCheck, ...systemAsked])
    await Promise.race([late, within(late, deadline.sub(interrupted() ? 0 : Math.max(lastGraceMs, options.connectTimeoutMs)))])
    const complete = !deadline.spent()

    const known = await soon(credentials, undefined)
    const checks: (VantageCheck | undefined)[] = [
      ...((await soon(vpcCheck, undefined)) ? [await vpcCheck] : []),
      ...(await Promise.all(systemAsked.map(check => soon(check, undefined)))),
      ...(metadata?.checks ?? []),
      await soon(internet, undefined),
      ...((await soon(run.controls.asked(), undefined)) ?? []),
    ]
    const observed: ObservedTarget[] = targets.map(target => ({
      ...target,
      observations: finish(seen.get(target.id) ?? [], target, metadata?.network.vpcCidrs ?? null),
    }))
    const proxy = findProxy({ scheme: 'https', host: 'amazonaws.com', port: 443 }, { ...env, no_proxy: '', NO_PROXY: '' }).proxy
    const found = checks.filter(c => c !== undefined)
    const vantage: Vantage = {
      ...detect(metadata),
      region: chosen.region,
      ...(chosen.from !== undefined && { regionFrom: chosen.from }),
      homeRegion: metadata?.region ?? null,
      partition,
      interfaces: local.interfaces,
      ...(local.defaultRoute !== undefined && { defaultRoute: local.defaultRoute }),
      resolvers,
      searchDomains: conf.search,
      ndots: conf.ndots,
      proxy: proxy
        ? { url: proxy.url.href.replace(/\/$/, ''), from: proxy.from, noProxy: env.no_proxy ?? env.NO_PROXY ?? null }
        : null,
      network: metadata?.network ?? noNetwork,
      identity: identity === null ? null : { ...(identity as Identity), source: known?.source ?? 'unknown' },
      ...(known && { credentials: { source: known.source, tried: known.tried } }),
      internet: internetOutcome(found),
      clockSkewMs: medianSkew(observed),
      checks: found,
      sdk,
      customCa: trust.customCa,
      ...(options.expect && { expect: options.expect }),
    }
    return {
      format: reportFormat,
      run: {
        version: options.version,
        startedAt,
        durationMs: Math.round(clock.sinceStartMs()),
        deadlineMs: options.deadlineMs,
        connectTimeoutMs: options.connectTimeoutMs,
        complete,
        ...(interrupted() && { interrupted: true }),
      },
      vantage,
      targets: observed,
    }
  } finally {
    deadline.dispose()
  }
}

/** Waits for `work`, but no longer than the deadline. A failure of ours is thrown. */
async function within(work: Promise<unknown>, deadline: Deadline): Promise<void> {
  if (deadline.spent()) return
  let stop = () => {}
  const over = new Promise<void>(resolve => {
    stop = resolve
    deadline.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await Promise.race([work, over])
  stop()
}

/** What a promise has come to by now; `otherwise` where it is still under way or failed. */
async function soon<T, U>(work: Promise<T> | null | undefined, otherwise: U): Promise<T | U> {
  if (!work) return otherwise
  const now = new Promise<U>(resolve => setImmediate(() => resolve(otherwise)))
  return Promise.race([work.catch(() => otherwise), now])
}

/** A climb that the deadline cut: what it saw stands, what it did not come to is told as not tried. */
function finish(
  observations: readonly Observation[],
  target: PlannedTarget,
  vpcCidrs: readonly string[] | null,
): readonly Observation[] {
  const scoped = observations.map(o => rescope(o, vpcCidrs))
  const seen = new Set(scoped.filter(o => o.variant === undefined).map(o => o.layer))
  const missing = skipFrom('dns', target, 'no-time').filter(o => !seen.has(o.layer) && !(o.layer === 'dns' && seen.size > 0))
  return [...scoped, ...missing]
}

/** The VPC's CIDRs may have come only after the name was asked. */
function rescope(observation: Observation, vpcCidrs: readonly string[] | null): Observation {
  if (observation.layer !== 'dns' || observation.outcome !== 'answered') return observation
  const scopes = new Set(observation.seen.addresses.map(a => classifyAddress(a, vpcCidrs)))
  const [scope] = scopes
  return scope === undefined
    ? observation
    : { ...observation, seen: { ...observation.seen, scope: scopes.size === 1 ? scope : 'mixed' } }
}

function internetOutcome(checks: readonly VantageCheck[]): Outcome {
  return checks.find(c => c.check === 'internet')?.outcome ?? 'skipped'
}

/** Our clock against the Date of the answers: the middle one, so that one odd server decides nothing. */
function medianSkew(targets: readonly ObservedTarget[]): number | null {
  const skews = targets
    .flatMap(t => t.observations)
    .flatMap(o =>
      o.layer === 'http' && o.outcome === 'answered' && o.seen.clockSkewMs !== undefined ? [o.seen.clockSkewMs] : [],
    )
    .sort((a, b) => a - b)
  return skews[Math.floor(skews.length / 2)] ?? null
}
