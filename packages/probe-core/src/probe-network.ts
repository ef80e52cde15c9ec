// One run from end to end: from what a caller wants to a judged report. Options in, a report out; nothing is printed.

import { makeInspector } from './confirm/state/inspector.ts'
import { diagnose } from './diagnose/index.ts'
import type { Observation } from './model/observation.ts'
import type { ObservedReport, Report } from './model/report.ts'
import { observe, type Place } from './observe/run.ts'
import { detectWorkload } from './plan/detect.ts'
import { positive } from './plan/durations.ts'
import { chooseRegion } from './plan/region.ts'
import { shownWord } from './plan/shown-word.ts'
import { isPackageWord, planTargets } from './plan/targets.ts'
import type { Lent, SecondOpinion } from './probe/control-line.ts'
import { machineFiles } from './probe/machine-files.ts'
import { readPackagesInTime } from './probe/packages/in-time.ts'
import { productVersion } from './probe/user-agent.ts'
import { defaults, type ProbeOptions } from './probe.ts'
import { traceRun } from './tracing.ts'

/** What `probe` promises. @throws ProbeUsageError for a caller's mistake */
export function probeNetwork(options: ProbeOptions): Promise<Report> {
  return traceRun((options.targets ?? []).map(shownWord), traced => run(options, traced))
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
  const packages = managers.length === 0 ? undefined : await readPackagesInTime(managers, env, deadlineMs, options.signal)
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
    packageAccess: packages?.access,
    plan: ({ workload, ...place }: Place) =>
      planTargets(words, {
        ...place,
        workloads,
        detected: detected(workload),
        ...(packages && { packages: packages.settings }),
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
    inspector: makeInspector(),
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
  return diagnose(observed)
}

/** Loaded when something fails: a run in which all is well has no use for it. */
function secondOpinionOf(lent: Lent, onAsking: () => void): SecondOpinion {
  let made: Promise<SecondOpinion> | undefined
  let findings: Report['findings'] | undefined
  const diagnosed = (observed: ObservedReport) => {
    findings ??= diagnose(observed).findings
    return findings
  }
  const make = () => {
    made ??= import('./confirm/second-opinion.ts').then(m => m.startSecondOpinion(lent, diagnosed, onAsking))
    return made
  }
  return {
    onTrouble: () => void make().then(second => second.onTrouble()),
    ask: async observed => (diagnosed(observed).length === 0 ? undefined : (await make()).ask(observed)),
    close: () => void made?.then(second => second.close()),
  }
}
