// `compare FILE FILE…`: saved reports side by side. No network. Like diff, it exits with 1 when something differs.

import { basename } from 'node:path'
import { type Comparison, compareReports, diagnose, type NamedReport, type Report, redactReports } from '@eniprobe/core'
import type { Presentation } from '../arguments.ts'
import type { CompareMessages } from '../messages/compare-en.ts'
import type { Messages } from '../messages/en.ts'
import { checkSinks, type Rendering, writeRenderings } from '../present.ts'
import { clean } from '../render/clean.ts'
import { commonOf, loneOf, renderComparison, renderComparisonQuiet } from '../render/comparison.ts'
import { renderComparisonMarkdown } from '../render/comparison-markdown.ts'
import { readReport } from '../saved-report.ts'
import { usage } from '../words.ts'

export async function compareCommand(
  files: readonly string[],
  presentation: Presentation,
  messages: Messages,
  words: CompareMessages,
): Promise<0 | 1> {
  const fit: readonly string[] = ['text', 'json', 'markdown']
  const unfit = presentation.sinks.find(({ format }) => !fit.includes(format))
  if (unfit !== undefined)
    throw usage(
      'unknown-format',
      { en: `a comparison cannot be written as ${unfit.format}`, ja: `比較の結果は ${unfit.format} では書けません` },
      { en: 'use text, json or markdown', ja: 'text、json、markdown のどれかを指定してください' },
    )
  if (files.filter(file => file === '-').length > 1)
    throw usage(
      'extra-word',
      { en: 'standard input can be read once only', ja: '標準入力は一度しか読めません' },
      { en: 'give the other reports as files', ja: 'ほかのレポートはファイルで指定してください' },
    )
  await checkSinks(presentation)
  const read: Report[] = []
  for (const file of files) read.push(await readReport(file))
  const shown = presentation.redact ? redactReports(read) : read
  const named = shown.map((report, index): NamedReport => {
    // A file's name may say whose network it is.
    const name = presentation.redact ? '' : nameOf(files[index] ?? '', files)
    return { name, report: diagnose(report) }
  })
  const told = compareReports(named)
  if (commonOf(told).length === 0) throw nothingInCommon(told)
  const inWords: Rendering = (sink, page) => {
    const comparison = compareReports(named, { language: sink.format === 'json' ? 'en' : messages.language })
    if (sink.format === 'json') return `${JSON.stringify(comparison, null, 2)}\n`
    if (sink.format === 'markdown') return renderComparisonMarkdown(comparison, words)
    const how = { columns: page.columns, paint: page.paint, words }
    return presentation.quiet ? renderComparisonQuiet(comparison, how) : renderComparison(comparison, how)
  }
  await writeRenderings(presentation, messages, inWords)
  return statusOf(told)
}

/** Nothing was compared: neither alike nor different. */
function nothingInCommon(comparison: Comparison): Error {
  const lone = loneOf(comparison)
  const only = (say: (letter: string, ids: string | undefined) => string) =>
    comparison.reports.map(({ letter }) => say(letter, briefly(lone.find(one => one.letter === letter)?.ids ?? []))).join('; ')
  const en = only((letter, ids) => (ids === undefined ? `none in ${letter}` : `only in ${letter}: ${ids}`))
  const ja = only((letter, ids) => (ids === undefined ? `${letter} はなし` : `${letter} だけ: ${ids}`))
  return usage(
    'nothing-in-common',
    {
      en: `no target is in two of these reports, so nothing can be compared (${en})`,
      ja: `二つ以上のレポートに共通する対象がないため、比べられません（${ja}）`,
    },
    {
      en: 'run eniprobe with the same targets in each place',
      ja: 'どの場所でも同じ対象を指定して eniprobe を実行してください',
    },
  )
}

function briefly(ids: readonly string[]): string | undefined {
  if (ids.length === 0) return undefined
  return `${ids.slice(0, 5).map(clean).join(', ')}${ids.length > 5 ? ', …' : ''}`
}

function statusOf(comparison: Comparison): 0 | 1 {
  return comparison.targets.some(({ differs }) => differs) ? 1 : 0
}

/** The shortest name that tells it from the others. */
function nameOf(file: string, files: readonly string[]): string {
  if (file === '-') return 'stdin'
  const name = basename(file)
  return files.filter(other => basename(other) === name).length > 1 ? file : name
}
