// A report as text: indented JSON with its fields in the order of the contract, so that two reports can be compared by eye.

import type { Report } from '../model/report.ts'

/** UTF-8 JSON, `"format": "eniprobe/1"`, ending in a line feed. */
export function encodeReport(report: Report): string {
  const { format, run, vantage, targets, controlPlane, findings, unexplained, ...added } = report
  return `${JSON.stringify({ format, run, vantage, targets, controlPlane, findings, unexplained, ...added }, null, 2)}\n`
}
