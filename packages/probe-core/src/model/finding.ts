// What the observations mean: causes, how sure, what proves them, what would settle the rest, and the fix.

import type { CauseCode } from './cause.ts'
import type { Layer } from './layer.ts'

export type Severity = 'error' | 'warning'
/** `certain`: the evidence excludes every other cause of the catalogue that shows the same. */
export type Confidence = 'certain' | 'likely' | 'possible'

/** A sentence in a language-free form: a message key and its parts. `says` is the English. */
export interface Phrase {
  readonly key: string
  readonly parts?: Readonly<Record<string, string | number>>
  /** Parts that are sentences themselves, one or several. */
  readonly inner?: Readonly<Record<string, readonly Phrase[]>>
}

export interface Evidence {
  /** Target id, or `vantage`. */
  readonly target: string
  readonly layer: Layer | 'vantage'
  readonly says: string
  readonly phrase?: Phrase
}

export interface Cause {
  readonly cause: CauseCode
  readonly confidence: Confidence
  readonly evidence: readonly Evidence[]
  readonly against: readonly Evidence[]
}

export interface Fix {
  readonly summary: string
  readonly steps: readonly string[]
  readonly snippets: { readonly cli?: string; readonly terraform?: string; readonly cloudformation?: string }
  readonly docs: string
}

export interface NextStep {
  readonly summary: string
  readonly command: string
}

export interface Finding {
  readonly id: string
  readonly severity: Severity
  readonly targets: readonly string[]
  /** Best first; never empty. */
  readonly causes: readonly Cause[]
  /** Causes that show the same and were ruled out, each by the observation that does it. */
  readonly excluded?: readonly { readonly cause: CauseCode; readonly by: Evidence }[]
  readonly fix: Fix
  /** Null when one cause is certain. */
  readonly nextStep: NextStep | null
}
