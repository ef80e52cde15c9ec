// The library's main call: from what a caller wants to a judged report. Options in, a report out; nothing is printed.

import { diagnose } from './diagnose/index.ts'
import type { Observation } from './model/observation.ts'
import type { Report } from './model/report.ts'
import { ProbeUsageError } from './model/usage-error.ts'
import { observe, type Place } from './observe/run.ts'
import { detectWorkload } from './plan/detect.ts'
import { chooseRegion } from './plan/region.ts'
import { planTargets } from './plan/targets.ts'
import { machineFiles } from './probe/machine-files.ts'
import { productVersion } from './probe/user-agent.ts'

export interface ProbeOptions {
  /** Service ids, URLs, `tcp://HOST:PORT`, `s3://BUCKET` … Without any: what the detected workload needs. */
  readonly targets?: readonly string[]
  /** Workloads whose needs are added. */
  readonly for?: readonly string[]
  readonly region?: string
  /** Named AWS profile. */
  readonly profile?: string
  /** The whole run ends by then. Default 15,000. */
  readonly deadlineMs?: number
  /** Silence longer than this is called silent. Default 3,000. */
  readonly connectTimeoutMs?: number
  /** Targets under way at once. Default 64. */
  readonly concurrency?: number
  /** False: stop at `http`; no credentials are looked up. */
  readonly sign?: boolean
  /** True: also prove write permission on named resources, by requests that can change nothing. */
  readonly writeChecks?: boolean
  readonly expect?: 'closed'
  /** Literal addresses; default those of resolv.conf. */
  readonly resolvers?: readonly string[]
  /** `HOST:PORT`, or false. Default an AWS-owned public host. */
  readonly internetCanary?: string | false
  readonly signal?: AbortSignal
  readonly onProgress?: (event: ProgressEvent) => void
}

export type ProgressEvent =
  | { readonly kind: 'planned'; readonly targets: readonly { readonly id: string; readonly host: string }[] }
  | { readonly kind: 'observed'; readonly target: string; readonly observation: Observation }
  | { readonly kind: 'settled'; readonly target: string }
  | { readonly kind: 'diagnosing' }

export const defaults = { deadlineMs: 15_000, connectTimeoutMs: 3_000, concurrency: 64 } as const

/**
 * Observes and diagnoses. Always resolves by the deadline (or soon after `signal` aborts) with what was seen; facts about the
 * network are data in the report.
 * @throws ProbeUsageError for a caller's mistake: an unknown target, a malformed region, an unreadable profile
 */
export async function probe(options: ProbeOptions = {}): Promise<Report> {
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
    plan: ({ workload, ...place }: Place) => planTargets(words, { ...place, workloads, detected: detected(workload) }),
    chooseRegion: ({ profileRegion, metadata }) =>
      chooseRegion({ option: options.region, env, profileRegion, files: machineFiles, metadata }),
    detect: metadata =>
      detectWorkload({
        env,
        ...machineFiles,
        metadata: { taskLaunchType: metadata?.taskLaunchType, instanceId: metadata?.instanceId },
      }),
    needsMetadata: words.length === 0,
    onPlanned: targets => onProgress?.({ kind: 'planned', targets }),
    onObserved: (target, observation) => onProgress?.({ kind: 'observed', target, observation }),
    onSettled: target => onProgress?.({ kind: 'settled', target }),
  })
  onProgress?.({ kind: 'diagnosing' })
  return diagnose(observed)
}

function positive(value: number, name: string): number {
  if (Number.isFinite(value) && value > 0) return value
  throw new ProbeUsageError('bad-number', `${name} is ${value}`, 'give a number above 0')
}
