// A start-up check: goes on when everything asked for is usable, else fails with an error that a log reader understands.

import { diagnose } from '../diagnose/index.ts'
import type { Finding } from '../model/finding.ts'
import type { Language } from '../model/language.ts'
import type { Report } from '../model/report.ts'
import { type ProbeOptions, probe } from '../probe.ts'
import { isReachable, summarise } from './summary.ts'

export type AssertOptions = Omit<ProbeOptions, 'targets'> & {
  /** `throw` (default) on the first run that shows an error; `report`: only tell, never throw for the network's sake. */
  readonly mode?: 'throw' | 'report'
  /** Of the report and of the error's message. Default `en`. */
  readonly language?: Language
}

/** `message`: the answer, then a line a finding with its cause, targets and fix; errors before warnings. */
export class NotReachableError extends Error {
  readonly code = 'not-reachable'
  readonly report: Report
  readonly findings: readonly Finding[]

  /** @param language of the message's own words; the findings keep that of their diagnosis */
  constructor(report: Report, language: Language = 'en') {
    super(summarise(report, { language }))
    this.name = 'NotReachableError'
    this.report = report
    this.findings = report.findings.filter(f => f.severity === 'error')
  }
}

/**
 * Resolves with the report when no finding is an error and nothing is unexplained. Without any target: what the detected workload
 * needs.
 * @throws NotReachableError with the report; ProbeUsageError for a caller's mistake; once `signal` has ended the run, its reason: what
 *   was not looked at is no fault of the network
 */
export async function assertReachable(targets: readonly string[], options: AssertOptions = {}): Promise<Report> {
  const { mode = 'throw', language = 'en', ...rest } = options
  const told = await probe({ ...rest, targets })
  const report = language === 'en' ? told : diagnose(told, { language })
  if (mode === 'throw' && report.run.interrupted) options.signal?.throwIfAborted()
  if (mode === 'throw' && !isReachable(report)) throw new NotReachableError(report, language)
  return report
}
