// A report made fit for a terminal: whatever a stranger's server or a file put into it, it can move no cursor and turn no text.

import type { Report } from '@eniprobe/core'

/** Control characters (C0 but line feed, C1, DEL) and the marks that turn writing direction. */
const unprintable = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

export function cleanReport(report: Report): Report {
  return cleanAll(report) as Report
}

/** The same of any other piece of a report. */
export function cleanText(value: unknown): unknown {
  return cleanAll(value)
}

export function clean(text: string): string {
  return text.replaceAll('\t', '  ').replaceAll(unprintable, '')
}

function cleanAll(value: unknown): unknown {
  if (typeof value === 'string') return clean(value)
  if (typeof value !== 'object' || value === null) return value
  // What is clean stays as it is: a second copy of ten thousand targets would be most of what a run takes.
  if (Array.isArray(value)) {
    const all = value.map(cleanAll)
    return all.every((each, at) => each === value[at]) ? value : all
  }
  const fields = Object.entries(value)
  const all = fields.map(([key, inner]) => [key, cleanAll(inner)] as const)
  return all.every(([, each], at) => each === fields[at]?.[1]) ? value : Object.fromEntries(all)
}
