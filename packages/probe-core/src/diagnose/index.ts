// The diagnosis: pure, from an observed report to the report. No network, clock, environment or file.

import type { Language } from '../model/language.ts'
import type { ObservedReport, Report } from '../model/report.ts'
import type { Target } from '../model/target.ts'
import { answerErrors } from './answer-errors.ts'
import { findFindings } from './engine.ts'
import { hangsOn, verdictOf, viaOf } from './verdict.ts'
import { NetworkView } from './view.ts'

export interface DiagnoseOptions {
  /** Of the words for people; codes, names and commands have none. Default `en`. */
  readonly language?: Language
}

/**
 * Judges what was observed. The same observations always give the same findings, whatever the order of targets or of
 * addresses, live or saved; an earlier judgement in the report is replaced.
 */
export function diagnose(observed: ObservedReport, options: DiagnoseOptions = {}): Report {
  const network = new NetworkView(observed)
  // Not `{ ...view.target, … }`: V8 in Node 20 gives every object that begins with a spread a shape of its own, larger than the object.
  const targets: readonly Target[] = network.targets.map(view =>
    Object.assign({}, view.target, { verdict: verdictOf(view), via: viaOf(view), hangs: hangsOn(view) }),
  )
  const findings = findFindings(network, options.language ?? 'en')
  const covered = new Set(findings.flatMap(f => f.targets))
  const unexplained = targets
    .filter(t => (t.verdict === 'failing' || t.verdict === 'denied') && !covered.has(t.id))
    .map(t => t.id)
  const { format, run, vantage, controlPlane, stuck } = observed
  const asked = { ...(controlPlane && { controlPlane }), ...(stuck && { stuck }) }
  const why = observed.why && { ...observed.why, answers: answerErrors(observed.why, targets, findings) }
  return { format, run, vantage, targets, ...asked, findings, unexplained, ...(why && { why }) }
}
