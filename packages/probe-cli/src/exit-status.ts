// What the process says to a script that only looks at its exit status.

import type { Report } from '@eniprobe/core'

export const usageStatus = 2
export const bugStatus = 3
export const interruptedStatus = 130

/**
 * 0: every target is healthy, or there are warnings alone. 1: a finding of severity error, a failure without an explanation,
 * or a target nobody could judge: a script must never take "not looked at" for "fine".
 */
export function exitStatusOf(report: Report): 0 | 1 {
  // Somebody's error that is explained, or about which nothing can be said, still stands; one whose name works here does not.
  if (report.why?.answers.some(({ answer }) => answer !== 'healthy-now') === true) return 1
  if (report.findings.some(({ severity }) => severity === 'error') || report.unexplained.length > 0) return 1
  const warned = new Set(report.findings.flatMap(({ targets }) => targets))
  return report.targets.some(({ id, verdict }) => verdict !== 'healthy' && !warned.has(id)) ? 1 : 0
}
