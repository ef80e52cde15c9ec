// What a person sees, held as golden files (test/golden). GOLDEN=write makes them anew: look at the difference.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { decodeReport, diagnose, type Language, languages, type Report, reportIn } from '@eniprobe/core'
import { en, type Messages } from '../src/messages/en.ts'
import { ja } from '../src/messages/ja.ts'
import { colourPaint, noPaint } from '../src/render/colour.ts'
import { evidenceLines } from '../src/render/evidence.ts'
import { widthOf } from '../src/render/layout.ts'
import type { Page } from '../src/render/page.ts'
import { renderQuiet, renderText } from '../src/render/text.ts'

const here = new URL('../../test/', import.meta.url)
const reportNamed = (name: string) => decodeReport(readFileSync(new URL(`reports/${name}.json`, here), 'utf8'))
/** Recorded in the lab, and of the diagnosis: what people really get. */
const realNames = {
  'closed-vpc': '../../probe-lab/recorded/closed-vpc',
  'no-role': '../../probe-core/test/scenarios/container-behind-hop-limit',
}
const realReport = (name: keyof typeof realNames) =>
  diagnose(decodeReport(readFileSync(new URL(`${realNames[name]}/report.json`, here), 'utf8')))
const messagesOf: Readonly<Record<Language, Messages>> = { en, ja }
const page = (columns: number, more: Partial<Page> = {}): Page => ({
  columns,
  paint: noPaint,
  messages: en,
  verbose: false,
  ...more,
})

function holdGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}.txt`, here)
  if (process.env.GOLDEN === 'write') writeFileSync(file, text)
  assert.equal(text, readFileSync(file, 'utf8'), 'run once with GOLDEN=write and look at the difference')
}

const reports: Readonly<Record<string, Report>> = {
  mixed: reportNamed('mixed'),
  healthy: reportNamed('healthy'),
  interrupted: reportNamed('interrupted'),
  'closed-vpc': realReport('closed-vpc'),
  'no-role': realReport('no-role'),
}

for (const language of languages) {
  const messages = messagesOf[language]
  // Golden files of English carry no mark of it.
  const mark = language === 'en' ? '' : `-${language}`
  for (const [name, report] of Object.entries(reports)) {
    const told = reportIn(report, language)
    for (const columns of [80, 120]) {
      test(`the report "${name}" reads as agreed in ${language} at ${columns} columns`, () => {
        holdGolden(`${name}${mark}-${columns}`, renderText(told, page(columns, { messages })))
      })
    }
    test(`every line of "${name}" in ${language} fits the page, but those somebody will copy`, () => {
      for (const columns of [80, 120]) {
        const lines = renderText(told, page(columns, { messages, verbose: false })).split('\n')
        assert.deepEqual(
          lines.filter(line => widthOf(line) > columns && !/^ {4}\S/.test(line) && !/[!-~]{40}/.test(line)),
          [],
        )
      }
    })
    test(`colours change no letter and no place of "${name}" in ${language}`, () => {
      const coloured = renderText(told, page(80, { messages, paint: colourPaint }))
      assert.match(coloured, /\u001b\[/)
      assert.equal(stripVTControlCharacters(coloured), renderText(told, page(80, { messages })))
    })
  }

  test(`--verbose adds every observation in order of time, every snippet and all evidence, in ${language}`, () => {
    for (const name of ['mixed', 'closed-vpc'])
      holdGolden(
        `${name}-verbose${mark}-120`,
        renderText(reportIn(reports[name] as Report, language), page(120, { messages, verbose: true })),
      )
  })

  test(`--quiet is the answer and one line a finding, in ${language}`, () => {
    for (const name of ['mixed', 'closed-vpc'])
      holdGolden(`${name}-quiet${mark}`, renderQuiet(reportIn(reports[name] as Report, language), page(100, { messages })))
  })
}

test('no label, unit or heading of the English text is left in the Japanese one', () => {
  for (const report of Object.values(reports)) {
    const text = renderText(reportIn(report, 'ja'), page(120, { messages: ja }))
    assert.doesNotMatch(text, /\b(?:because|affects|ruled out|or else|silent|healthy|failing|hangs|likely|possible|certain)\b/)
    assert.doesNotMatch(text, /ERROR \d|WARNING \d|\d s\b/)
  }
})

test('an unexplained failure is said in Japanese in the first line and under its own heading', () => {
  const report = reportIn(reports['closed-vpc'] as Report, 'ja')
  const lines = renderText({ ...report, findings: [], unexplained: ['logs'] }, page(80, { messages: ja })).split('\n')
  assert.match(lines[0] ?? '', /^原因不明の失敗が 1 件あります。/)
  assert.ok(lines.includes('原因不明'))
  assert.ok(lines.some(line => line.startsWith('  logs は失敗していますが')))
})

test('what a stranger put into a report can neither move the cursor nor turn the text', () => {
  const text = renderText(reportNamed('interrupted'), page(80, { verbose: true }))
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
})

test('the columns of the table stand under each other when a name is written in wide letters', () => {
  const report = reportNamed('healthy')
  const [first, ...rest] = report.targets
  assert.ok(first !== undefined)
  const verdicts: readonly (readonly [Messages, string])[] = [
    [en, ' healthy '],
    [ja, ' 正常 '],
  ]
  const wide: Report = { ...report, targets: [{ ...first, id: '日本語の名前' }, ...rest] }
  for (const [messages, verdict] of verdicts) {
    const lines: readonly string[] = renderText(wide, page(80, { messages })).split('\n')
    const places = lines.filter(line => line.includes(verdict)).map(line => widthOf(line.slice(0, line.indexOf(verdict))))
    assert.equal(places.length, 2)
    assert.equal(places[0], places[1])
  }
})

test('a failure that nothing explains is said in the first line and under its own heading', () => {
  const lines = renderText(reportNamed('mixed'), page(120)).split('\n')
  assert.match(lines[0] ?? '', /1 failure is UNEXPLAINED/)
  assert.ok(lines.includes('UNEXPLAINED'))
})

test('a second cause that is as certain as the first stands beside it, and is not offered in its stead', () => {
  const mixed = reportNamed('mixed')
  const [first] = mixed.findings
  assert.ok(first)
  const [best] = first.causes
  assert.ok(best)
  const beside = { ...best, cause: 'network-acl', confidence: 'certain' } as const
  const instead = { ...best, cause: 'path-flaky', confidence: 'possible' } as const
  const text = renderText({ ...mixed, findings: [{ ...first, causes: [best, beside, instead] }] }, page(120))
  assert.match(
    text,
    /and also +A network ACL drops the traffic \(network-acl, certain\)\n +or else +[^\n]*\(path-flaky, possible\)/,
  )
})

test('what is seen alike on several targets is said once, and what differs is kept apart', () => {
  const report = reportNamed('mixed')
  const [found] = report.findings
  const [one, two] = report.targets
  assert.ok(found !== undefined && one !== undefined && two !== undefined)
  const both = { ...found, targets: [one.id, two.id] }
  const lines = (says: (host: string, at: number) => string) =>
    evidenceLines(
      [one, two].map(({ id, host }, at) => ({ target: id, layer: 'tcp' as const, says: says(host, at) })),
      both,
      report.targets,
      page(100),
    )
  assert.deepEqual(
    lines(() => 'nothing'),
    [`${one.id}, ${two.id} tcp: nothing`],
  )
  assert.deepEqual(
    lines((host, at) => `${host} is silent at 10.0.0.${at}, 2001:db8::${at}`),
    [`${one.id} tcp: ${one.host} is silent at 10.0.0.0, 2001:db8::0 (the same of ${two.id})`],
  )
  assert.equal(lines((_, at) => ['ECONNREFUSED', 'EHOSTUNREACH'][at] ?? '').length, 2)
})

const bundle =
  'AWS_CA_BUNDLE names a CA bundle that cannot be used: no TLS connection here succeeds for those that read it (boto3, AWS CLI)'
const proxy = (from: string, port: number) => ({ url: `http://proxy.example:${port}`, from, noProxy: null })

test('a setting that stops other clients stands in the answer, whatever the format, and each proxy says what it is for', () => {
  const sound = reportNamed('healthy')
  const vantage = { ...sound.vantage, stoppers: [bundle], httpProxy: proxy('HTTP_PROXY', 1), allProxy: proxy('ALL_PROXY', 2) }
  const report = diagnose({ ...sound, vantage })
  assert.deepEqual(report.findings, [])
  for (const text of [renderText(report, page(400)), renderQuiet(report, page(400))])
    assert.match(text, /healthy\. AWS_CA_BUNDLE .* \(boto3, AWS CLI\)\.\n/)
  assert.match(renderQuiet(reportIn(report, 'ja'), page(400, { messages: ja })), /正常です。AWS_CA_BUNDLE が指す.*失敗します。\n/)
  assert.match(
    renderText(report, page(400)),
    /proxy\.example:1 \(HTTP_PROXY, for http, which instance metadata is\); NO_PROXY is not set/,
  )
  assert.match(renderText(report, page(400)), /proxy\.example:2 \(ALL_PROXY: curl and pip read it, boto3 does not\)/)
  const both = diagnose({ ...report, vantage: { ...vantage, proxy: proxy('HTTPS_PROXY', 1) } })
  assert.doesNotMatch(renderText(both, page(400)), /for http/)
})
