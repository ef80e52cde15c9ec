// A report made fit for a terminal: whatever a stranger's server or a file put into it, it can move no cursor and turn no text.

import type { Report } from '@eniprobe/core'

/** Control characters (C0 but line feed, C1, DEL) and the marks that turn writing direction. */
const unprintable = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

export function cleanReport(report: Report): Report {
  return clean(report) as Report
}

/** The same of any other piece of a report. */
export function cleanText(value: unknown): unknown {
  return clean(value)
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\t', '  ').replaceAll(unprintable, '')
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]))
}
