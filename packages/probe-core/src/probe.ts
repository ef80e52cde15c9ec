// The library's main call as its users see it: what it takes and gives. The network's side of it is loaded with the first run,
// so that a program that only imports the library starts as fast as without it.

import type { Observation } from './model/observation.ts'
import type { Report } from './model/report.ts'

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
  /** A connection is waited for no longer than this; where nothing answers, silence is called sooner. Default 3,000. */
  readonly connectTimeoutMs?: number
  /** Targets under way at once. Default 64. */
  readonly concurrency?: number
  /** False: stop at `http`; no credentials are looked up. */
  readonly sign?: boolean
  /**
   * False: the control plane (EC2's Describe calls, S3's bucket policies) is not asked to confirm findings. It is asked only for
   * what a finding leaves open, read-only, and never in a run without findings.
   */
  readonly confirm?: boolean
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
  /** The control plane is being asked about what was found. */
  | { readonly kind: 'confirming' }
  | { readonly kind: 'diagnosing' }

export const defaults = { deadlineMs: 15_000, connectTimeoutMs: 3_000, concurrency: 64 } as const

/**
 * Observes and diagnoses. Always resolves by the deadline (or soon after `signal` aborts) with what was seen; facts about the
 * network are data in the report.
 * @throws ProbeUsageError for a caller's mistake: an unknown target, a malformed region, an unreadable profile
 */
export async function probe(options: ProbeOptions = {}): Promise<Report> {
  const { probeNetwork } = await import('./probe-network.ts')
  return probeNetwork(options)
}
