// A start-up check: goes on when everything asked for is usable, else fails with an error that a log reader understands.

import type { Finding } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import { type ProbeOptions, probe } from '../probe.ts'

export type AssertOptions = Omit<ProbeOptions, 'targets'> & {
  /** `throw` (default) on the first run that shows an error; `report`: only tell, never throw for the network's sake. */
  readonly mode?: 'throw' | 'report'
}

/** `message`: the answer, then a line a finding with its cause, targets and fix. */
export class NotReachableError extends Error {
  readonly code = 'not-reachable'
  readonly report: Report
  readonly findings: readonly Finding[]

  constructor(report: Report) {
    super(describe(report))
    this.name = 'NotReachableError'
    this.report = report
    this.findings = report.findings.filter(f => f.severity === 'error')
  }
}

/**
 * Resolves with the report when no finding is an error and nothing is unexplained.
 * @throws NotReachableError with the report; ProbeUsageError for a caller's mistake
 */
export async function assertReachable(targets: readonly string[], options: AssertOptions = {}): Promise<Report> {
  const { mode = 'throw', ...rest } = options
  const report = await probe({ ...rest, targets })
  if (mode === 'throw' && !isReachable(report)) throw new NotReachableError(report)
  return report
}

/** Every target can be used, as far as was seen: warnings do not count. What was not seen in time is no success. */
export function isReachable(report: Report): boolean {
  const failed = report.findings.some(f => f.severity === 'error') || report.unexplained.length > 0
  return !failed && report.targets.every(t => t.verdict !== 'unknown')
}

function describe(report: Report): string {
  const errors = report.findings.filter(f => f.severity === 'error')
  const lines = errors.map(finding => {
    const [top] = finding.causes
    return `${finding.targets.join(', ')}: ${top?.cause ?? 'unexplained'} (${top?.confidence ?? 'possible'}). ${finding.fix.summary}`
  })
  const unknown = report.targets.filter(t => t.verdict === 'unknown').map(t => t.id)
  if (report.unexplained.length > 0) lines.push(`${report.unexplained.join(', ')}: failing, and no known cause explains it.`)
  if (unknown.length > 0) lines.push(`${unknown.join(', ')}: not enough was seen in time.`)
  const bad = report.targets.filter(t => t.verdict !== 'healthy').length
  return [`${bad} of ${report.targets.length} targets cannot be used from here:`, ...lines].join('\n')
}
