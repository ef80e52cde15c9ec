// Text from a file, of anybody's making, as a report. It trusts nothing: size, shape, and keys that would change a prototype.

import { type BaseIssue, safeParse } from 'valibot'
import { isRecord } from '../model/json.ts'
import type { Said } from '../model/language.ts'
import type { Report } from '../model/report.ts'
import { reportFormat } from '../model/report.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import { reportShape } from './schema.ts'

/** A run over every service of the catalogue is about 2 MB. */
const longestText = 32 * 1024 * 1024

/**
 * Reads what `encodeReport` wrote, or a report written by hand: what it leaves out is `null`, empty, or the default of
 * the contract; without findings it is read as observed and not yet judged. Fields this version does not know are kept.
 * @throws ProbeUsageError `report-too-large` | `report-not-json` | `report-other-format` | `report-malformed`; the message
 *   names the place (`targets[3].observations[0].outcome`)
 */
export function decodeReport(text: string): Report {
  if (text.length > longestText)
    throw new ProbeUsageError(
      'report-too-large',
      { en: 'the report is larger than 32 MB', ja: 'レポートが 32 MB を超えています' },
      { en: 'save fewer targets in one report', ja: '一つのレポートに入れる対象を減らしてください' },
    )
  const json = parse(text)
  const format = isRecord(json) ? json.format : undefined
  if (format !== reportFormat) {
    const found =
      typeof format === 'string'
        ? { en: `its format is ${quoted(format)}`, ja: `format は ${quoted(format)} です` }
        : { en: 'it has no "format"', ja: '"format" がありません' }
    throw new ProbeUsageError(
      'report-other-format',
      { en: `not an ${reportFormat} report: ${found.en}`, ja: `${reportFormat} のレポートではありません: ${found.ja}` },
      { en: 'give a file written by eniprobe --format json', ja: 'eniprobe --format json で書いたファイルを指定してください' },
    )
  }
  const read = safeParse(reportShape, json, { abortEarly: true })
  if (!read.success) throw malformed(read.issues[0])
  const { output } = read
  const ids = new Set<string>()
  for (const [index, { id }] of output.targets.entries()) {
    if (ids.has(id))
      throw refused({
        en: `targets[${index}].id: ${quoted(id)} is there twice`,
        ja: `targets[${index}].id: ${quoted(id)} が 2 回あります`,
      })
    ids.add(id)
  }
  const targets = output.targets.map(target => ({ ...target, kind: target.kind ?? kindOf(target.id, target.service) }))
  // The shape has been checked field by field; the two types differ only in how they spell an absent field.
  return { ...output, targets } as unknown as Report
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''), (key, value) => (key === '__proto__' ? undefined : value))
  } catch (error) {
    // RangeError: nested deeper than the stack. V8's own words quote the text, which may be anything: only the place is kept.
    const place =
      error instanceof SyntaxError ? /at position \d+(?: \(line \d+ column \d+\))?/.exec(error.message)?.[0] : 'nested too deeply'
    throw new ProbeUsageError(
      'report-not-json',
      {
        en: `not JSON${place === undefined ? '' : ` (${place})`}`,
        ja: `JSON ではありません${place === undefined ? '' : `（${place}）`}`,
      },
      { en: 'give a file written by eniprobe --format json', ja: 'eniprobe --format json で書いたファイルを指定してください' },
    )
  }
}

function kindOf(id: string, service: string | null): string {
  return /^(tcp|tls|https):/.exec(id)?.[1] ?? (service === null ? 'https' : 'service')
}

function malformed(issue: BaseIssue<unknown>): ProbeUsageError {
  const place = (issue.path ?? [])
    .map(({ key, type }) => (type === 'array' ? `[${String(key)}]` : `.${String(key).slice(0, 40)}`))
    .join('')
    .replace(/^\./, '')
  const expected = issue.expected ?? 'something else'
  if (issue.received === 'undefined') return refused({ en: `${place}: is missing`, ja: `${place}: ありません` })
  const received = quoted(issue.received)
  return refused({
    en: `${place}: ${received} is not ${inWords(expected).en}`,
    ja: `${place}: ${received} は${inWords(expected).ja}ではありません`,
  })
}

/** `("a" | "b")` as people write it; the cause codes are too many for one line. */
function inWords(expected: string): Said {
  if (!expected.startsWith('('))
    return expected.startsWith('"') ? { en: expected, ja: ` ${expected} ` } : { en: `a ${expected}`, ja: ` ${expected} ` }
  const known = expected.slice(1, -1).split(' | ')
  return known.length > 12
    ? { en: 'a code of this version', ja: 'この版のコード' }
    : { en: `one of ${known.join(', ')}`, ja: ` ${known.join(', ')} のどれか` }
}

function refused(what: Said): ProbeUsageError {
  const safe = (text: string) => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 400)
  return new ProbeUsageError(
    'report-malformed',
    { en: safe(what.en), ja: safe(what.ja) },
    { en: 'mend the report, or save it again', ja: 'レポートを直すか、もう一度保存してください' },
  )
}

function quoted(text: string): string {
  return text.startsWith('"') ? text.slice(0, 60) : `"${text.slice(0, 60)}"`
}
