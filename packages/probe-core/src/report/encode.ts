// A report as text: indented JSON with its fields in the order of the contract, so that two reports can be compared by eye.

import type { Report } from '../model/report.ts'

/** UTF-8 JSON, `"format": "eniprobe/1"`, ending in a line feed. */
export function encodeReport(report: Report): string {
  return [...encodeReportInParts(report)].join('')
}

/** The same text piece by piece: that of ten thousand targets is larger than all that a run needs. */
export function* encodeReportInParts(report: Report): Iterable<string> {
  const { format, run, vantage, targets, controlPlane, findings, unexplained, ...added } = report
  const fields = Object.entries({ format, run, vantage, targets, controlPlane, findings, unexplained, ...added })
  let before = '{\n'
  for (const [name, value] of fields) {
    if (value === undefined) continue
    yield `${before}  ${JSON.stringify(name)}: `
    yield* Array.isArray(value) && value.length > 0 ? listOf(value) : [indented(value, '  ')]
    before = ',\n'
  }
  yield '\n}\n'
}

function* listOf(values: readonly unknown[]): Iterable<string> {
  let before = '[\n'
  for (const value of values) {
    yield `${before}    ${indented(value, '    ')}`
    before = ',\n'
  }
  yield '\n  ]'
}

/** As it stands within what is indented so far: a line feed inside a string is escaped. */
function indented(value: unknown, by: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`)
}
