// The report: the only thing that probes and rules share.

import type { ControlPlane } from './control-plane.ts'
import type { Finding } from './finding.ts'
import type { Stuck } from './stuck.ts'
import type { ObservedTarget, Target } from './target.ts'
import type { Vantage } from './vantage.ts'
import type { Why, WhyReading } from './why.ts'

export const reportFormat = 'eniprobe/1'

export interface Run {
  readonly version: string
  readonly startedAt: string
  readonly durationMs: number
  readonly deadlineMs: number
  readonly connectTimeoutMs?: number
  /** False when the deadline or an interrupt ended it: some observations are `skipped: no-time`. */
  readonly complete: boolean
  readonly interrupted?: boolean
}

/** What `observe` makes: facts, no judgement. */
export interface ObservedReport {
  readonly format: typeof reportFormat
  readonly run: Run
  readonly vantage: Vantage
  readonly targets: readonly ObservedTarget[]
  /** What the control plane told when a finding asked; absent when nobody asked. */
  readonly controlPlane?: ControlPlane
  /** Connections that hung on this machine; absent when nobody looked (`eniprobe stuck` does). */
  readonly stuck?: Stuck
  /** What was read in somebody's error text, when that is why these targets were looked at. */
  readonly why?: WhyReading
}

/** What `diagnose` makes of it. */
export interface Report extends ObservedReport {
  readonly targets: readonly Target[]
  readonly findings: readonly Finding[]
  /** Ids of failing targets that no finding covers. */
  readonly unexplained: readonly string[]
  readonly why?: Why
}
