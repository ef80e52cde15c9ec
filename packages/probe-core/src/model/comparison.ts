// Reports side by side: what differs between places or times, and what that says.

import type { CauseCode } from './cause.ts'
import type { Confidence, Phrase } from './finding.ts'
import type { Layer, Outcome, SkipReason } from './layer.ts'
import type { AddressScope } from './observation.ts'
import type { Verdict, Via } from './target.ts'

export const comparisonFormat = 'eniprobe-comparison/1'

export interface ComparedReport {
  /** A, B, … in the order given. */
  readonly letter: string
  /** The file, or what the caller calls it. */
  readonly name: string
  readonly startedAt: string
  readonly complete: boolean
  readonly region: string | null
  readonly workload: string | null
  readonly vpc: string | null
  readonly subnet: string | null
  readonly address: string | null
  readonly account: string | null
  readonly targets: number
  readonly healthy: number
  readonly errors: number
}

/** A fact of where they stand that is not the same in all: one value a report, null where it is not known. */
export interface PlaceDifference {
  readonly what: PlaceFact
  readonly values: readonly (string | null)[]
}

export type PlaceFact =
  | 'region'
  | 'vpc'
  | 'subnet'
  | 'securityGroups'
  | 'resolvers'
  | 'proxy'
  | 'identity'
  | 'internet'
  | 'clock'
  | 'workload'
  | 'sdk'

export interface SeenStop {
  readonly layer: Layer
  readonly outcome: Outcome
  readonly code?: string
  /** Why it was not tried, where it was `skipped`: no failure. */
  readonly because?: SkipReason
  /** Every layer answered, on other addresses than these of the name. */
  readonly onlyAt?: readonly string[]
}

/** A target as one report saw it. */
export interface SeenTarget {
  readonly verdict: Verdict
  readonly via: Via
  readonly addresses: readonly string[]
  readonly scope: AddressScope | 'mixed' | null
  /** The lowest layer that did not answer, and how; null when all did. */
  readonly stopped: SeenStop | null
  readonly cause: CauseCode | null
  readonly confidence: Confidence | null
}

export interface ComparedTarget {
  readonly id: string
  readonly host: string
  readonly service: string | null
  readonly differs: boolean
  /** One a report; null where it was not looked at. */
  readonly seen: readonly (SeenTarget | null)[]
}

/** What a difference says. It narrows; the findings of each report say what is sure. */
export interface Conclusion {
  readonly targets: readonly string[]
  /** Letters of the reports in which it works, and in which it does not. Of several that fail alike, all. */
  readonly works: readonly string[]
  readonly fails: readonly string[]
  readonly says: string
  readonly phrase: Phrase
  /** Causes that remain for the ones in which it fails, likeliest first. */
  readonly causes: readonly CauseCode[]
  /** Causes that the one in which it works rules out. */
  readonly ruledOut: readonly CauseCode[]
}

/** One cause over many places: which endpoint is missing where. */
export interface SharedCause {
  readonly cause: CauseCode
  /** By target: letters of the reports whose first cause for it this is. */
  readonly where: Readonly<Record<string, readonly string[]>>
}

export interface Comparison {
  readonly format: typeof comparisonFormat
  readonly reports: readonly ComparedReport[]
  readonly places: readonly PlaceDifference[]
  readonly targets: readonly ComparedTarget[]
  readonly conclusions: readonly Conclusion[]
  readonly causes: readonly SharedCause[]
}
