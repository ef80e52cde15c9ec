// A report for a program: the contract's JSON, whatever the language and the terminal.

import { encodeReport, type Report } from '@eniprobe/core'

export function renderJson(report: Report): string {
  return encodeReport(report)
}
