// One run: where we stand, what to look at, every target climbed side by side, and the report of what was seen. No judgement.

import { findPartition } from '../catalog/index.ts'
import type { Observation } from '../model/observation.ts'
import { type ObservedReport, reportFormat } from '../model/report.ts'
import type { PlannedTarget } from '../model/target.ts'
import type { NetworkIds, Vantage, VantageCheck } from '../model/vantage.ts'
import type { Lent, SecondOpinion } from '../probe/control-line.ts'
import { findCredentials } from '../probe/credentials.ts'
import { readHostsFile, readResolvConf } from '../probe/dns.ts'
import { readLocalNetwork } from '../probe/interfaces.ts'
import { machineFiles } from '../probe/machine-files.ts'
import { type MetadataResult, probeMetadata } from '../probe/metadata.ts'
import type { Inspector } from '../probe/named-resource.ts'
import type { PackageAccess } from '../probe/packages/source.ts'
import { readSdkSettings } from '../probe/settings.ts'
import { readTrust } from '../probe/trust.ts'
import { startClock } from '../time/clock.ts'
import { startDeadline } from '../time/deadline.ts'
import { makeAccount } from './account.ts'
import { openControlLine } from './control-line.ts'
import { makeDoors } from './doors.ts'
import { makeHearing } from './hearing.ts'
import { findIdentity } from './identity.ts'
import { checkInternet, checkLeaks, findCanary } from './internet.ts'
import { checkInternetByProxy } from './internet-by-proxy.ts'
import { keep, within } from './kept.ts'
import { startLooks } from './look.ts'
import { makeNamesAsked } from './names.ts'
import { once } from './once.ts'
import { makePace } from './pace.ts'
import { makePackageKeys } from './packages/access.ts'
import { makePlaces } from './places.ts'
import { makeHandover } from './resources/handover.ts'
import type { Surroundings } from './surroundings.ts'
import { finishTarget, makeVantage } from './told.ts'
import { checkControls, checkResolver } from './vantage.ts'

export interface ObserveOptions {
  readonly env: NodeJS.ProcessEnv
  readonly version: string
  readonly profile?: string | undefined
  readonly deadlineMs: number
  readonly connectTimeoutMs: number
  readonly concurrency: number
  readonly sign: boolean
  readonly writeChecks?: boolean
  readonly expect?: 'closed' | undefined
  readonly resolvers?: readonly string[] | undefined
  readonly internetCanary?: string | false | undefined
  readonly signal?: AbortSignal | undefined
  /** By URL, what goes with requests to the places of package managers. */
  readonly packageAccess?: ReadonlyMap<string, PackageAccess> | undefined
  /** Decides, once it is known where we stand, what to look at. */
  readonly plan: (place: Place) => readonly PlannedTarget[]
  readonly chooseRegion: (known: { profileRegion?: string | undefined; metadata: MetadataResult | undefined }) => ChosenRegion
  readonly detect: (metadata: MetadataResult | undefined) => Pick<Vantage, 'workload' | 'signs'>
  /** The plan needs to know the workload: metadata is waited for. */
  readonly needsMetadata: boolean
  readonly inspector?: Inspector | undefined
  readonly onPlanned?: (targets: readonly PlannedTarget[]) => void
  readonly onObserved?: (target: string, observation: Observation) => void
  readonly onSettled?: (target: string) => void
  /** Who is asked, once everything has been observed, what the control plane says of it. Made with what this run lends. */
  readonly secondOpinion?: ((lent: Lent) => SecondOpinion) | undefined
}

export interface ChosenRegion {
  readonly region: string | null
  readonly from?: string
  readonly conflicting?: readonly string[]
}

export interface Place {
  readonly region: string | null
  readonly workload: string | null
  readonly settings: NonNullable<Vantage['sdk']>
  readonly network: NetworkIds
  readonly accountId: string | null
}

const vpcResolverAddress = '169.254.169.253'
/** How long, from the start, a run in which everything answers waits for what only adds to it: the canary, metadata, identity. */
const enoughForHealthyMs = 350

const vpcResolverMs = 300
/** Metadata that is there answers in a few ms: where the environment already tells the workload, it is given no more than this. */
const metadataIsThereMs = 200

const noNetwork: NetworkIds = { eni: null, vpc: null, subnet: null, subnetCidr: null, vpcCidrs: null, securityGroups: null }

/**
 * Resolves by the deadline with what was seen until then; what was not come to is `skipped: no-time`.
 * @throws ProbeUsageError for a profile or region that cannot be used
 */
export async function observe(options: ObserveOptions): Promise<ObservedReport> {
  const { env, connectTimeoutMs } = options
  const startedAt = new Date().toISOString()
  const clock = startClock()
  // Ends whatever is still under way when the report is made: no socket outlives the run.
  const over = new AbortController()
  const deadline = startDeadline(
    options.deadlineMs,
    options.signal ? AbortSignal.any([options.signal, over.signal]) : over.signal,
  )
  const alone = { deadline, clock, connectTimeoutMs, questions: makePace(deadline) }
  const asking = { ...alone, hearing: makeHearing(alone, options.expect === 'closed') }
  let second: SecondOpinion | undefined
  try {
    const conf = readResolvConf(machineFiles.fileText('/etc/resolv.conf') ?? '')
    const resolvers = options.resolvers?.length ? options.resolvers : conf.nameservers.slice(0, 3)
    const [settings, local] = await Promise.all([
      readSdkSettings({ env, profile: options.profile, withinMs: options.deadlineMs }),
      readLocalNetwork(),
    ])
    const { problem } = settings
    if (problem) throw problem

    const vpcCheck = checkResolver('vpc-resolver', vpcResolverAddress, asking)
    const checks = { vpc: keep(vpcCheck), metadata: keep(probeMetadata(env, asking)) }
    const choose = () => options.chooseRegion({ profileRegion: settings.profileRegion, metadata: checks.metadata.now })
    let chosen = choose()
    if (options.needsMetadata || chosen.region === null) {
      const isKnown = chosen.region !== null && options.detect(undefined).workload !== null
      const enough = isKnown ? deadline.wait(metadataIsThereMs) : new Promise<never>(() => {})
      await within(Promise.race([checks.metadata.done, enough]), deadline)
      chosen = choose()
    }
    const { region } = chosen
    const sdk = { ...settings.settings, ...(chosen.conflicting && { conflictingRegions: chosen.conflicting }) }
    const network = checks.metadata.now?.network ?? noNetwork
    const accountId = checks.metadata.now?.taskArn?.split(':')[4] ?? null
    const targets = options.plan({
      region,
      workload: options.detect(checks.metadata.now).workload,
      settings: sdk,
      network,
      accountId,
    })
    options.onPlanned?.(targets)

    const canary = findCanary(options.internetCanary, region === null ? 'aws' : findPartition(region).id)
    const internetCheck = canary && checkInternet(canary, resolvers, asking)
    const internet = keep(internetCheck?.done ?? Promise.resolve(undefined))
    const system = resolvers.filter(r => r !== vpcResolverAddress).map(r => keep(checkResolver('system-resolver', r, asking)))
    const credentials = options.sign
      ? findCredentials({ env, profile: options.profile, region: region ?? undefined }, asking)
      : null
    const known = keep(credentials ?? Promise.resolve(undefined))
    const trust = readTrust(env)
    const plannedHosts = new Set(targets.map(t => t.host))
    let identity: { readonly arn: string; readonly account: string } | null = null
    const account = makeAccount(accountId)
    const run: Surroundings = {
      ...asking,
      env,
      trust,
      hosts: readHostsFile(machineFiles.fileText('/etc/hosts') ?? ''),
      resolvers,
      searchDomains: conf.search,
      ndots: conf.ndots,
      // It is on this very host's link: where it has not answered by then, there is none to ask beside the system's.
      vpcResolver: Promise.race([checks.vpc.done, deadline.wait(vpcResolverMs)]).then(() =>
        checks.vpc.now?.outcome === 'answered' ? vpcResolverAddress : undefined,
      ),
      vpcResolverLate: checks.vpc.done.then(() => (checks.vpc.now?.outcome === 'answered' ? vpcResolverAddress : undefined)),
      passedNames: new Set(),
      vpcCidrs: network.vpcCidrs,
      places: makePlaces(options.concurrency),
      doors: makeDoors(),
      names: makeNamesAsked(),
      region,
      settings: sdk,
      credentials,
      plannedHosts,
      controls: once(() => checkControls(region, plannedHosts, resolvers, network.vpcCidrs, asking)),
      budget: { sweeps: 3, repeats: 2, compares: 3 },
      ...(options.inspector && { inspection: { by: options.inspector, found: new Map() } }),
      troubled: () => second?.onTrouble(),
      writeChecks: options.writeChecks === true,
      account: account.done,
      handover: makeHandover(targets),
      packageKeys: makePackageKeys(
        options.packageAccess,
        { region, dnsSuffix: findPartition(region ?? 'us-east-1').dnsSuffix },
        options.sign,
      ),
      found: target => looking.found(target),
      identified: found => {
        identity ??= found
        account.tell(found.account)
      },
    }
    const lent = { deadline, clock, region, settings: sdk, credentials, timeoutMs: connectTimeoutMs * 2 }
    second = options.secondOpinion?.({ ...lent, open: to => openControlLine(to, run) })

    const closed = options.expect === 'closed'
    const leaks = keep(closed ? checkLeaks(region, plannedHosts, resolvers, asking) : Promise.resolve([]))
    const byProxy = keep(closed && canary ? checkInternetByProxy(canary, run) : Promise.resolve(undefined))
    let isOver = false
    const looking = startLooks(targets, run, options, () => isOver)
    const { looks, seen } = looking
    const asked = keep(findIdentity(targets, run))
    // Where STS is a target, its climb tells; else nobody will any more.
    if (!targets.some(target => target.service === 'sts')) asked.done.then(() => account.tell(undefined))
    await within(looking.ended, deadline)
    const patienceMs = seen().every(isFine) && !closed ? enoughForHealthyMs - clock.sinceStartMs() : connectTimeoutMs
    const adding = [internet, leaks, byProxy, checks.metadata, asked, checks.vpc, ...system].map(each => each.done)
    // Who else this machine could be decides what a refusal means: metadata, which bounds itself, is heard out.
    const isRefused = seen().some(o => o.layer === 'aws' && o.outcome === 'rejected')
    if (isRefused) await within(checks.metadata.done, deadline)
    if (patienceMs > 0) await Promise.race([within(Promise.all(adding), deadline), deadline.wait(patienceMs)])
    const complete = !deadline.spent()
    const controls = run.controls.asked()
    const controlled = controls && keep(controls)
    // What the deadline has just cut tells how far it came.
    await new Promise(resolve => setImmediate(resolve))
    isOver = true

    const vpcCidrs = checks.metadata.now?.network.vpcCidrs ?? null
    const observedTargets = looks.map(({ target, observations }) => finishTarget(target, observations, vpcCidrs))
    const vantage = makeVantage({
      ...options.detect(checks.metadata.now),
      chosen,
      conf,
      resolvers,
      local,
      env,
      trust,
      sdk,
      metadata: checks.metadata.now,
      identity,
      credentials: known.now,
      expect: options.expect,
      targets: [...observedTargets, ...looks.flatMap(look => look.api ?? [])],
      checks: [
        checks.vpc.now,
        ...system.map(each => each.now),
        ...(checks.metadata.now?.checks ?? []),
        ...answeredFirst([internet.now ?? internetCheck?.soFar(), ...(leaks.now ?? [])]),
        byProxy.now,
        ...(controlled?.now ?? []),
      ],
    })
    const { deadlineMs, version } = options
    const told = (): ObservedReport => {
      const interrupted = options.signal?.aborted === true
      const durationMs = Math.round(clock.sinceStartMs())
      const run = { version, startedAt, durationMs, deadlineMs, connectTimeoutMs, complete, ...(interrupted && { interrupted }) }
      const controlPlane = options.inspector?.told()
      return { format: reportFormat, run, vantage, targets: observedTargets, ...(controlPlane && { controlPlane }) }
    }
    const opinion = complete ? await second?.ask(told()) : undefined
    return { ...told(), ...(opinion && { controlPlane: opinion }) }
  } finally {
    second?.close()
    over.abort()
    deadline.dispose()
  }
}

/** Nothing about the network is in doubt: whoever is only denied by AWS needs no canary to be told why. */
function isFine(observation: Observation): boolean {
  if (observation.outcome === 'answered') return true
  if (observation.outcome === 'skipped') return observation.because === 'not-asked'
  return observation.layer === 'aws' && observation.outcome === 'rejected'
}

/** What stands for "the internet" is the way out that was found. */
function answeredFirst(checks: readonly (VantageCheck | undefined)[]): readonly (VantageCheck | undefined)[] {
  const isAnswer = (check: VantageCheck | undefined) => check?.outcome === 'answered'
  return [...checks.filter(isAnswer), ...checks.filter(check => !isAnswer(check))]
}
