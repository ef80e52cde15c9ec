// One run: where we stand and what to look at. The first questions go out before what looks at the targets is even loaded.

import type { ObservedReport } from '../model/report.ts'
import type { NetworkIds } from '../model/vantage.ts'
import { type ResolvConf, readResolvConf } from '../probe/dns.ts'
import { type LocalNetwork, readLocalNetwork } from '../probe/interfaces.ts'
import { machineFiles } from '../probe/machine-files.ts'
import { type MetadataResult, probeMetadata } from '../probe/metadata.ts'
import type { ReadPackages } from '../probe/packages/index.ts'
import { readSdkSettings } from '../probe/settings.ts'
import { startClock } from '../time/clock.ts'
import { startDeadline } from '../time/deadline.ts'
import { makeHearing, type RunHearing } from './hearing.ts'
import { type Kept, keep } from './kept.ts'
import type { ChosenRegion, ObserveOptions, Place } from './options.ts'
import { makePace } from './pace.ts'
import { type Asking, checkResolver, vpcResolverAddress } from './vantage.ts'

/** Metadata that is there answers in a few ms: where the environment already tells the workload, it is given no more than this. */
const metadataIsThereMs = 200

const noNetwork: NetworkIds = { eni: null, vpc: null, subnet: null, subnetCidr: null, vpcCidrs: null, securityGroups: null }

/** What is known of this place before any target is looked at, and what has been asked of it. */
export interface Ground {
  readonly startedAt: string
  readonly asking: Asking & { readonly hearing: RunHearing }
  readonly conf: ResolvConf
  readonly resolvers: readonly string[]
  readonly local: LocalNetwork
  readonly chosen: ChosenRegion
  readonly place: Place
  /** By URL, what goes with requests to the places of package managers. */
  readonly packageAccess?: ReadPackages['access']
  /** The CA bundle that the profile names. */
  readonly caBundle?: string
  readonly vpc: Kept<Awaited<ReturnType<typeof checkResolver>>>
  readonly metadata: Kept<MetadataResult>
}

/**
 * Resolves by the deadline with what was seen until then; what was not come to is `skipped: no-time`.
 * @throws ProbeUsageError for a profile or region that cannot be used
 */
export async function observe(options: ObserveOptions): Promise<ObservedReport> {
  const startedAt = new Date().toISOString()
  const clock = startClock()
  // Ends whatever is still under way when the report is made: no socket outlives the run.
  const over = new AbortController()
  const deadline = startDeadline(
    options.deadlineMs,
    options.signal ? AbortSignal.any([options.signal, over.signal]) : over.signal,
  )
  const alone = { deadline, clock, connectTimeoutMs: options.connectTimeoutMs, questions: makePace(deadline) }
  const asking = { ...alone, hearing: makeHearing(alone, options.expect === 'closed') }
  try {
    const ground = await findGround(options, startedAt, asking)
    const targets = options.plan(ground.place)
    options.onPlanned?.(targets)
    // What it brings is most of a run's program: it is read once the first packets are on their way.
    await new Promise(resolve => setImmediate(resolve))
    const { observeTargets } = await import('./observe-targets.ts')
    return await observeTargets(targets, ground, options)
  } finally {
    over.abort()
    deadline.dispose()
  }
}

/** @throws ProbeUsageError before anything is sent */
async function findGround(options: ObserveOptions, startedAt: string, asking: Ground['asking']): Promise<Ground> {
  const { env } = options
  const { deadline } = asking
  const conf = readResolvConf(machineFiles.fileText('/etc/resolv.conf') ?? '')
  const resolvers = options.resolvers?.length ? options.resolvers : conf.nameservers.slice(0, 3)
  const [read, local, packages] = await Promise.all([
    readSdkSettings({ env, profile: options.profile, withinMs: options.deadlineMs }),
    readLocalNetwork(),
    options.readPackages?.(deadline),
  ])
  const { problem } = read
  if (problem) throw problem

  const vpc = keep(checkResolver('vpc-resolver', vpcResolverAddress, asking))
  const metadata = keep(probeMetadata(env, asking))
  const choose = () => options.chooseRegion({ profileRegion: read.profileRegion, metadata: metadata.now })
  let chosen = choose()
  if (options.needsMetadata || chosen.region === null) {
    const isKnown = chosen.region !== null && options.detect(undefined).workload !== null
    const enough = isKnown ? deadline.wait(metadataIsThereMs) : new Promise<never>(() => {})
    await deadline.until(Promise.race([metadata.done, enough]))
    chosen = choose()
  }
  const place = {
    region: chosen.region,
    workload: options.detect(metadata.now).workload,
    settings: { ...read.settings, ...(chosen.conflicting && { conflictingRegions: chosen.conflicting }) },
    network: metadata.now?.network ?? noNetwork,
    accountId: metadata.now?.taskArn?.split(':')[4] ?? null,
    ...(packages && { packages: packages.settings }),
  }
  const packageAccess = packages?.access
  const { caBundle } = read
  return {
    ...(packageAccess && { packageAccess }),
    ...(caBundle && { caBundle }),
    startedAt,
    asking,
    conf,
    resolvers,
    local,
    chosen,
    place,
    vpc,
    metadata,
  }
}
