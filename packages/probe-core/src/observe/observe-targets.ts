// Every target climbed side by side, what is asked beside them, and the report of what was seen. No judgement.

import { findPartition } from '../catalog/index.ts'
import type { Observation } from '../model/observation.ts'
import { type ObservedReport, reportFormat } from '../model/report.ts'
import type { PlannedTarget } from '../model/target.ts'
import type { VantageCheck } from '../model/vantage.ts'
import type { Lent } from '../probe/control-line.ts'
import { type CredentialsResult, findCredentials } from '../probe/credentials.ts'
import { readHostsFile } from '../probe/dns.ts'
import { machineFiles } from '../probe/machine-files.ts'
import { prepareTls } from '../probe/tls.ts'
import { readTrust } from '../probe/trust.ts'
import { makeAccount } from './account.ts'
import { speaksTls } from './connection.ts'
import { makeDoors } from './doors.ts'
import { checkInternet, checkLeaks, findCanary } from './internet.ts'
import { keep } from './kept.ts'
import { type Looks, startLooks } from './look.ts'
import { makeNamesAsked } from './names.ts'
import { once } from './once.ts'
import type { ObserveOptions } from './options.ts'
import { makePackageKeys } from './packages/access.ts'
import { makePlaces } from './places.ts'
import { makeHandover } from './resources/handover.ts'
import type { Ground } from './run.ts'
import type { Surroundings } from './surroundings.ts'
import { finishTarget, makeVantage } from './told.ts'
import { checkControls, checkResolver, vpcResolverAddress } from './vantage.ts'

/** How long, from the start, a run in which everything answers waits for what only adds to it: the canary, metadata, identity. */
const enoughForHealthyMs = 350

const vpcResolverMs = 300

/** Resolves by the deadline with what was seen until then. */
export async function observeTargets(
  targets: readonly PlannedTarget[],
  ground: Ground,
  options: ObserveOptions,
): Promise<ObservedReport> {
  const { asking, place, resolvers } = ground
  const { deadline, clock } = asking
  const { region } = place
  const closed = options.expect === 'closed'

  const canary = findCanary(options.internetCanary, region === null ? 'aws' : findPartition(region).id)
  const internetCheck = canary && checkInternet(canary, resolvers, asking)
  const internet = keep(internetCheck?.done ?? Promise.resolve(undefined))
  const system = resolvers.filter(r => r !== vpcResolverAddress).map(r => keep(checkResolver('system-resolver', r, asking)))
  const credentials = options.sign
    ? findCredentials({ env: options.env, profile: options.profile, region: region ?? undefined }, asking)
    : null
  const known = keep(credentials ?? Promise.resolve(undefined))

  let looking: Looks | undefined
  let identity: { readonly arn: string; readonly account: string } | null = null
  const account = makeAccount(place.accountId)
  const run: Surroundings = {
    ...surroundingsOf(targets, ground, options, credentials),
    account: account.done,
    troubled: () => second?.onTrouble(),
    found: async target => looking?.found(target),
    identified: found => {
      identity ??= found
      account.tell(found.account)
    },
  }
  const open: Lent['open'] = async to => (await import('./control-line.ts')).openControlLine(to, run)
  const lent = { deadline, clock, region, settings: place.settings, credentials, timeoutMs: asking.connectTimeoutMs * 2, open }
  const second = options.secondOpinion?.(lent)
  try {
    const leaks = keep(closed ? checkLeaks(region, run.plannedHosts, resolvers, asking) : Promise.resolve([]))
    const throughProxy = async () =>
      closed && canary ? (await import('./internet-by-proxy.ts')).checkInternetByProxy(canary, run) : undefined
    const byProxy = keep(throughProxy())
    let isOver = false
    looking = startLooks(targets, run, options, () => isOver)
    const { looks, seen } = looking
    // A failure is thrown below; until then nobody listens.
    looking.ended.catch(() => {})
    await prepare(targets, run)
    const identify = async () => credentials && (await import('./identity.ts')).findIdentity(targets, run)
    const asked = keep(identify())
    // Where STS is a target, its climb tells; else nobody will any more.
    if (!targets.some(target => target.service === 'sts')) asked.done.then(() => account.tell(undefined))
    await deadline.until(looking.ended)
    const patienceMs = seen().every(isFine) && !closed ? enoughForHealthyMs - clock.sinceStartMs() : asking.connectTimeoutMs
    const adding = [internet, leaks, byProxy, ground.metadata, asked, ground.vpc, ...system].map(each => each.done)
    // Who else this machine could be decides what a refusal means: metadata, which bounds itself, is heard out.
    const isRefused = seen().some(o => o.layer === 'aws' && o.outcome === 'rejected')
    if (isRefused) await deadline.until(ground.metadata.done)
    if (patienceMs > 0) await Promise.race([deadline.until(Promise.all(adding)), deadline.wait(patienceMs)])
    const complete = !deadline.spent()
    const controls = run.controls.asked()
    const controlled = controls && keep(controls)
    // What the deadline has just cut tells how far it came.
    await new Promise(resolve => setImmediate(resolve))
    isOver = true

    const metadata = ground.metadata.now
    const observedTargets = looks.map(look => finishTarget(look.target, look.observations, metadata?.network.vpcCidrs ?? null))
    const { conf, local, chosen, startedAt } = ground
    const { env, deadlineMs, connectTimeoutMs, version } = options
    const vantage = makeVantage({
      ...options.detect(metadata),
      chosen,
      conf,
      resolvers,
      local,
      env,
      trust: run.trust,
      sdk: place.settings,
      metadata,
      identity,
      credentials: known.now,
      expect: options.expect,
      targets: [...observedTargets, ...looks.flatMap(look => look.api ?? [])],
      checks: [
        ground.vpc.now,
        ...system.map(each => each.now),
        ...(metadata?.checks ?? []),
        ...answeredFirst([internet.now ?? internetCheck?.soFar(), ...(leaks.now ?? [])]),
        byProxy.now,
        ...(controlled?.now ?? []),
      ],
    })
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
  }
}

/** What takes its time to load is loaded while names are being asked: not while a handshake's time is being taken. */
async function prepare(targets: readonly PlannedTarget[], run: Pick<Surroundings, 'trust'>): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
  if (targets.some(speaksTls)) prepareTls(run.trust)
}

type Told = 'account' | 'troubled' | 'found' | 'identified'

/** What every climb shares, but for what climbs tell one another. */
function surroundingsOf(
  targets: readonly PlannedTarget[],
  { asking, conf, resolvers, place, packageAccess, caBundle, vpc }: Ground,
  options: ObserveOptions,
  credentials: Promise<CredentialsResult> | null,
): Omit<Surroundings, Told> {
  const { env, inspector } = options
  const { region, network } = place
  const plannedHosts = new Set(targets.map(t => t.host))
  const vpcAddress = () => (vpc.now?.outcome === 'answered' ? vpcResolverAddress : undefined)
  return {
    ...asking,
    env,
    trust: readTrust(env, caBundle),
    hosts: readHostsFile(machineFiles.fileText('/etc/hosts') ?? ''),
    resolvers,
    searchDomains: conf.search,
    ndots: conf.ndots,
    // It is on this very host's link: where it has not answered by then, there is none to ask beside the system's.
    vpcResolver: Promise.race([vpc.done, asking.deadline.wait(vpcResolverMs)]).then(vpcAddress),
    vpcResolverLate: vpc.done.then(vpcAddress),
    passedNames: new Set(),
    vpcCidrs: network.vpcCidrs,
    places: makePlaces(options.concurrency),
    doors: makeDoors(),
    names: makeNamesAsked(),
    region,
    settings: place.settings,
    credentials,
    plannedHosts,
    controls: once(() => checkControls(region, plannedHosts, resolvers, network.vpcCidrs, asking)),
    budget: { sweeps: 3, repeats: 2, compares: 3 },
    ...(inspector && { inspection: { by: inspector, found: new Map() } }),
    writeChecks: options.writeChecks === true,
    handover: makeHandover(targets),
    packageKeys: makePackageKeys(
      packageAccess,
      { region, dnsSuffix: findPartition(region ?? 'us-east-1').dnsSuffix },
      options.sign,
    ),
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
