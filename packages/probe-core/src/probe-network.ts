// One run from end to end: from what a caller wants to a judged report. Options in, a report out; nothing is printed.

import type { Observation } from './model/observation.ts'
import { positive } from './model/positive.ts'
import type { ObservedReport, Report } from './model/report.ts'
import { ProbeUsageError } from './model/usage-error.ts'
import type { Place } from './observe/options.ts'
import { observe } from './observe/run.ts'
import { detectWorkload } from './plan/detect.ts'
import { chooseRegion } from './plan/region.ts'
import { shownWord } from './plan/shown-word.ts'
import { isPackageWord, planTargets } from './plan/targets.ts'
import type { Lent, SecondOpinion } from './probe/control-line.ts'
import { machineFiles } from './probe/machine-files.ts'
import type { Inspector } from './probe/named-resource.ts'
import { productVersion } from './probe/user-agent.ts'
import { defaults, type ProbeOptions } from './probe.ts'
import { traceRun } from './tracing.ts'

/** What `probe` promises. @throws ProbeUsageError for a caller's mistake */
export async function probeNetwork(options: ProbeOptions): Promise<Report> {
  wordsOf(options.targets, 'targets')
  wordsOf(options.for, 'for')
  return traceRun((options.targets ?? []).map(shownWord), traced => run(options, traced))
}

/** A program without types gives a single word where a list belongs. */
function wordsOf(given: unknown, name: string): void {
  if (given === undefined || (Array.isArray(given) && given.every(word => typeof word === 'string'))) return
  throw new ProbeUsageError(
    'bad-list',
    { en: `${name} is not a list of words`, ja: `${name} が文字列の配列ではありません` },
    { en: `give an array of strings, like ['sts', 's3']`, ja: `['sts', 's3'] のように、文字列の配列を渡してください` },
  )
}

async function run(options: ProbeOptions, traced: (target: string, observation: Observation) => void): Promise<Report> {
  const { env } = process
  const words = options.targets ?? []
  const workloads = options.for ?? []
  const deadlineMs = positive(options.deadlineMs ?? defaults.deadlineMs, 'deadlineMs')
  const connectTimeoutMs = positive(options.connectTimeoutMs ?? defaults.connectTimeoutMs, 'connectTimeoutMs')
  const concurrency = positive(Math.floor(options.concurrency ?? defaults.concurrency), 'concurrency')
  const { onProgress } = options
  const detected = (workload: string | null) => (words.length === 0 && workload !== null ? [workload] : [])
  // A wrong word is told before anything is sent: where we stand changes hosts, not which words there are.
  planTargets(words, { region: options.region ?? 'us-east-1', workloads })
  const managers = words.map(word => word.trim()).filter(isPackageWord)
  const observed = await observe({
    env,
    version: productVersion(),
    profile: options.profile,
    deadlineMs,
    connectTimeoutMs,
    concurrency,
    sign: options.sign ?? true,
    writeChecks: options.writeChecks ?? false,
    expect: options.expect,
    resolvers: options.resolvers,
    internetCanary: options.internetCanary,
    signal: options.signal,
    readPackages:
      managers.length === 0
        ? undefined
        : async deadline => (await import('./probe/packages/in-time.ts')).readPackagesInTime(managers, env, deadline),
    plan: ({ workload, ...place }: Place) =>
      planTargets(words, {
        ...place,
        workloads,
        detected: detected(workload),
      }),
    chooseRegion: ({ profileRegion, metadata }) =>
      chooseRegion({ option: options.region, env, profileRegion, files: machineFiles, metadata }),
    detect: metadata =>
      detectWorkload({
        env,
        ...machineFiles,
        metadata: { taskLaunchType: metadata?.taskLaunchType, instanceId: metadata?.instanceId },
      }),
    needsMetadata: words.length === 0,
    inspector: inspector(),
    secondOpinion:
      options.confirm === false ? undefined : lent => secondOpinionOf(lent, () => onProgress?.({ kind: 'confirming' })),
    onPlanned: targets => onProgress?.({ kind: 'planned', targets }),
    onObserved: (target, observation) => {
      traced(target, observation)
      onProgress?.({ kind: 'observed', target, observation })
    },
    onSettled: target => onProgress?.({ kind: 'settled', target }),
  })
  onProgress?.({ kind: 'diagnosing' })
  return (await loadDiagnosis()).diagnose(observed)
}

/** Once the network has been looked at: nothing is judged before. */
const loadDiagnosis = () => import('./diagnose/index.ts')

/** Loaded with the first resource that an API may tell the state of. */
function inspector(): Inspector {
  let made: Inspector | undefined
  return {
    inspect: async (target, send) => {
      if (target.kind !== 'resource') return undefined
      const { makeInspector } = await import('./confirm/state/inspector.ts')
      made ??= makeInspector()
      return made.inspect(target, send)
    },
    told: () => made?.told(),
  }
}

/** Loaded when something fails: a run in which all is well has no use for it. Without credentials nobody is asked. */
function secondOpinionOf(lent: Lent, onAsking: () => void): SecondOpinion | undefined {
  if (lent.credentials === null) return undefined
  let made: Promise<SecondOpinion> | undefined
  let findings: Report['findings'] | undefined
  const make = async () => {
    const [{ startSecondOpinion }, { diagnose }] = await Promise.all([import('./confirm/second-opinion.ts'), loadDiagnosis()])
    const diagnosed = (observed: ObservedReport) => {
      findings ??= diagnose(observed).findings
      return findings
    }
    return startSecondOpinion(lent, diagnosed, onAsking)
  }
  const second = () => {
    made ??= make()
    return made
  }
  return {
    onTrouble: () => void second().then(it => it.onTrouble()),
    ask: async observed => {
      findings ??= (await loadDiagnosis()).diagnose(observed).findings
      return findings.length === 0 ? undefined : (await second()).ask(observed)
    },
    close: () => void made?.then(it => it.close()),
  }
}
