// A report as text: indented JSON with its fields in the order of the contract, so that two reports can be compared by eye.

import type { Report } from '../model/report.ts'

/** UTF-8 JSON, `"format": "eniprobe/1"`, ending in a line feed. */
export function encodeReport(report: Report): string {
  return [...encodeReportInParts(report)].join('')
}

/** The same text piece by piece: that of ten thousand targets is larger than all that a run needs. */
export function* encodeReportInParts(report: Report): Iterable<string> {
  const { format, run, vantage, targets, controlPlane, findings, unexplained, ...added } = report
  yield* partsOf({ format, run, vantage, targets, controlPlane, findings, unexplained, ...added }, '', 0)
  yield '\n'
}

/** Down to each target, and to each piece of evidence of a finding: these are as many as there are targets. */
const parted: Readonly<Record<string, number>> = { targets: 2, findings: 6 }

/** `depth`: how far down it is taken apart; all that is below is written at once. */
function* partsOf(value: unknown, by: string, depth: number, name = ''): Iterable<string> {
  const isWhole = name !== '' && depth === 0
  if (isWhole || typeof value !== 'object' || value === null) return yield indented(value, by)
  const isList = Array.isArray(value)
  const further = `${by}  `
  const [opened, closed] = isList ? ['[', ']'] : ['{', '}']
  let before = opened
  for (const key of isList ? value.keys() : Object.keys(value)) {
    const each: unknown = value[key as keyof typeof value]
    if (!isList && each === undefined) continue
    yield `${before}\n${further}${isList ? '' : `${JSON.stringify(key)}: `}`
    yield* partsOf(each, further, name === '' ? (parted[key] ?? 0) : depth - 1, name || String(key))
    before = ','
  }
  yield before === opened ? `${opened}${closed}` : `\n${by}${closed}`
}

/** As it stands within what is indented so far: a line feed inside a string is escaped. In a list, nothing is null. */
function indented(value: unknown, by: string): string {
  return (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${by}`)
}
