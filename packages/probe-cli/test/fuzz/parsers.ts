// Report files of a stranger's making, rendered in every format and both languages: what comes out must be harmless wherever it
// is read.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { type Comparison, compareReports, decodeReport, diagnose, type Report, redactReports } from '@eniprobe/core'
import { compareEn } from '../../src/messages/compare-en.ts'
import { compareJa } from '../../src/messages/compare-ja.ts'
import { renderComparison, renderComparisonQuiet } from '../../src/render/comparison.ts'
import { renderComparisonMarkdown } from '../../src/render/comparison-markdown.ts'
import { fileFormats, renderFormat } from '../../src/render/formats.ts'
import { renderJson } from '../../src/render/json.ts'
import { renderQuiet, renderText } from '../../src/render/text.ts'
import { readMetrics } from '../exposition.ts'
import { formatPage, hostileReport, reportNamed, toldReport } from '../format-reports.ts'

/** Not a dependency of this package: its reader of XML is not ours, which is the point. */
const { XMLValidator } = createRequire(new URL('../../../../probe-core/package.json', import.meta.url))('fast-xml-parser')

const reports = [reportNamed('mixed'), reportNamed('proxy'), reportNamed('closed'), toldReport(), hostileReport()]
const plain = reportNamed('healthy')

/** Our own elements with script in them; a stranger's text can add none. */
const ownScripts = countScripts(await renderFormat(plain, 'html', formatPage('en'), { language: 'en', quiet: false }))

function countScripts(html: string): number {
  return html.match(/<script/gi)?.length ?? 0
}

function assertHarmless(format: string, text: string): void {
  const found = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.exec(text)
  assert.equal(
    found,
    null,
    `U+${found?.[0].charCodeAt(0).toString(16)} in ${format}: ${text.slice(found?.index ?? 0).slice(-60)}`,
  )
  if (format === 'html') {
    assert.ok(countScripts(text) <= ownScripts, 'script in html')
    assert.doesNotMatch(text, /(?:href|src)="(?!https:|#|data:)/i)
    // Within quotes all is text: what stands outside of them makes elements and attributes.
    assert.doesNotMatch(text.replace(/="[^"]*"/g, '=""'), /<img|<iframe|<object|<[a-z]+[^<>]*\son[a-z]+\s*=/i)
  }
  // What stands between backticks, or behind a backslash, is shown as it is.
  if (format === 'markdown')
    assert.doesNotMatch(text.replace(/\\[^\n]|(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, ''), /<(?:script|img|svg)|\]\(javascript:/i)
  if (format === 'junit') assert.equal(XMLValidator.validate(text), true)
  if (format === 'prometheus') readMetrics(text)
}

function read(input: Buffer): Report | undefined {
  try {
    return diagnose(decodeReport(input.toString('utf8')))
  } catch (error) {
    assert.equal((error as Error).name, 'ProbeUsageError', String((error as Error).stack))
    return undefined
  }
}

export const parsers = [
  {
    name: 'report in every format',
    samples: reports.map(report => JSON.stringify(report)),
    pieces: [
      '"says":"',
      '"note":"',
      '"cli":"',
      '"outcome":"answered"',
      '```',
      '~~~',
      '\\u001b[31m',
      '\\u202e',
      '|',
      '`',
      '</style>',
      '\\u0000',
    ],
    read: async (input: Buffer) => {
      const report = read(input)
      if (report === undefined) return
      assertHarmless('json', JSON.stringify(JSON.parse(renderJson(report))).replace(/[^\x20-\x7e]/g, ''))
      for (const language of ['en', 'ja'] as const)
        for (const quiet of [false, true]) {
          const page = formatPage(language, { quiet, verbose: !quiet })
          assertHarmless('text', quiet ? renderQuiet(report, page) : renderText(report, page))
          for (const format of fileFormats) assertHarmless(format, await renderFormat(report, format, page, { language, quiet }))
        }
    },
  },
  {
    name: 'compared reports',
    samples: reports.map(report => JSON.stringify(report)),
    pieces: ['"outcome":"silent"', '"host":"', '"id":"', '"addresses":[]', '\\u001b[31m', '<b>', '|'],
    read: (input: Buffer) => {
      const report = read(input)
      if (report === undefined) return
      for (const pair of [[report, plain], redactReports([plain, report])]) {
        const named = pair.map((one, at) => ({ name: at === 0 ? 'one\u001b[31m' : '', report: diagnose(one) }))
        for (const [language, words] of [
          ['en', compareEn],
          ['ja', compareJa],
        ] as const) {
          const comparison: Comparison = compareReports(named, { language })
          const page = { ...formatPage(language), words }
          assertHarmless('markdown', renderComparisonMarkdown(comparison, words))
          assertHarmless('text', renderComparison(comparison, page))
          assertHarmless('text', renderComparisonQuiet(comparison, page))
        }
      }
    },
  },
]
