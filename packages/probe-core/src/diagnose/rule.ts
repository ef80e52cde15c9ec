// What a rule is: one cause, the symptoms it can show as, and its judgement of one target that shows such a symptom.
//
// Rules compete. For every target the engine asks each rule whose `shows` holds the target's symptom; a rule that says
// nothing (`undefined`) declares that this cause cannot stand behind this target at all. Only when every competitor is
// excluded by an observation, and the fit is `strong`, is a cause certain: so a new rule that forgets an exclusion makes
// the product more modest, never wrongly sure.

import type { CauseCode } from '../model/cause.ts'
import type { Evidence, Fix, NextStep, Phrase, Severity } from '../model/finding.ts'
import type { Said } from '../model/language.ts'
import type { Layer } from '../model/layer.ts'
import { fillIn, type PhraseKey, type PhraseParts } from './phrases/index.ts'
import type { Symptom } from './symptom.ts'
import type { NetworkView, TargetView } from './view.ts'

/**
 * - `strong`: an observation that this cause makes and its look-alikes do not
 * - `plain`: all that is seen is what this cause makes
 * - `weak`: nothing contradicts it, nothing speaks for it
 */
export type Fit = 'strong' | 'plain' | 'weak'

export type Judgement =
  | { readonly fit: Fit; readonly evidence: readonly Evidence[]; readonly against: readonly Evidence[] }
  | { readonly excludedBy: Evidence }
  | undefined

export interface Rule {
  readonly cause: CauseCode
  readonly severity: Severity | ((target: TargetView, network: NetworkView) => Severity)
  readonly shows: readonly Symptom[]
  /** Each target would need a fault of its own (its endpoint, its group): over several targets it is several faults, not one. */
  readonly isOnePerTarget?: true
  judge(target: TargetView, network: NetworkView, symptom: Symptom): Judgement
}

/** A rule about the run as a whole, or about targets that work: it competes with nobody. */
export interface Notice {
  readonly cause: CauseCode
  find(network: NetworkView): readonly NoticeMatch[]
}

export interface NoticeMatch {
  readonly severity: Severity
  readonly targets: readonly string[]
  readonly confidence: 'certain' | 'likely' | 'possible'
  readonly evidence: readonly Evidence[]
  readonly against?: readonly Evidence[]
}

/** How a cause is mended and, while it is not certain, what would settle it. One per cause, beside the rules. */
export interface Remedy {
  readonly fix: (targets: readonly TargetView[], network: NetworkView) => SaidFix
  readonly nextStep: (targets: readonly TargetView[], network: NetworkView) => SaidNextStep
}

/** Words for people are in every language; commands, templates and pages are the same in all. */
export interface SaidFix extends Omit<Fix, 'summary' | 'steps'> {
  readonly summary: string | Said
  readonly steps: readonly (string | Said)[]
}

export interface SaidNextStep extends Omit<NextStep, 'summary'> {
  readonly summary: string | Said
}

export function fits(
  fit: Fit,
  evidence: readonly (Evidence | undefined)[],
  against: readonly (Evidence | undefined)[] = [],
): Judgement {
  return { fit, evidence: given(evidence), against: given(against) }
}

/** The list itself, where nothing is missing: of ten thousand targets, lists with room to grow are most of what is held. */
function given(evidence: readonly (Evidence | undefined)[]): readonly Evidence[] {
  if (evidence.length === 0) return none
  return evidence.every(e => e !== undefined) ? evidence : evidence.filter(e => e !== undefined).slice()
}

const none: readonly Evidence[] = []

export function excluded(excludedBy: Evidence): Judgement {
  return { excludedBy }
}

/** The parts of a sentence; one of them may be sentences of proof themselves, which are then said in the same language. */
type SaidParts<K extends PhraseKey> = {
  readonly [Name in keyof PhraseParts<K>]: PhraseParts<K>[Name] | readonly Evidence[]
}

/** One sentence of proof about a target at a layer. */
export function says<K extends PhraseKey>(target: TargetView, layer: Layer, key: K, parts: SaidParts<K>): Evidence {
  return { target: target.id, layer, ...sentence(key, parts) }
}

/** One sentence of proof about where we stand. */
export function saysOfVantage<K extends PhraseKey>(key: K, parts: SaidParts<K>): Evidence {
  return { target: 'vantage', layer: 'vantage', ...sentence(key, parts) }
}

function sentence<K extends PhraseKey>(key: K, said: SaidParts<K>): { says: string; phrase: Phrase } {
  const parts: Record<string, string | number> = {}
  const inner: Record<string, readonly Phrase[]> = {}
  for (const [name, value] of Object.entries<string | number | readonly Evidence[]>(said)) {
    if (typeof value !== 'object') parts[name] = value
    else {
      parts[name] = value.map(each => each.says).join('; ')
      inner[name] = value.flatMap(each => each.phrase ?? [])
    }
  }
  const phrase: Phrase = { key, parts, ...(Object.keys(inner).length > 0 && { inner }) }
  return { says: fillIn(key, phrase, 'en'), phrase }
}
