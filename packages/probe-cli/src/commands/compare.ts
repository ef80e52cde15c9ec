// `compare FILE FILE…`: saved reports side by side. No network. Like diff, it exits with 1 when something differs.

import { basename } from 'node:path'
import { type Comparison, compareReports, diagnose, type NamedReport, type Report, redactReports } from '@eniprobe/core'
import type { Presentation } from '../arguments.ts'
import type { CompareMessages } from '../messages/compare-en.ts'
import type { Messages } from '../messages/en.ts'
import { checkSinks, type Rendering, writeRenderings } from '../present.ts'
import { renderComparison, renderComparisonQuiet } from '../render/comparison.ts'
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
  const inWords: Rendering = (sink, page) => {
    const comparison = compareReports(named, { language: sink.format === 'json' ? 'en' : messages.language })
    if (sink.format === 'json') return `${JSON.stringify(comparison, null, 2)}\n`
    if (sink.format === 'markdown') return renderComparisonMarkdown(comparison, words)
    const told = { columns: page.columns, paint: page.paint, words }
    return presentation.quiet ? renderComparisonQuiet(comparison, told) : renderComparison(comparison, told)
  }
  await writeRenderings(presentation, messages, inWords)
  return statusOf(compareReports(named))
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
