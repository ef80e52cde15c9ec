// What a person sees, held as golden files (test/golden). GOLDEN=write makes them anew: look at the difference.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { decodeReport } from '@eniprobe/core'
import { en } from '../src/messages/en.ts'
import { colourPaint, noPaint } from '../src/render/colour.ts'
import { evidenceLines } from '../src/render/evidence.ts'
import { widthOf } from '../src/render/layout.ts'
import type { Page } from '../src/render/page.ts'
import { renderQuiet, renderText } from '../src/render/text.ts'

const here = new URL('../../test/', import.meta.url)
const reportNamed = (name: string) => decodeReport(readFileSync(new URL(`reports/${name}.json`, here), 'utf8'))
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

for (const name of ['mixed', 'healthy', 'interrupted']) {
  for (const columns of [80, 120]) {
    test(`the report "${name}" reads as agreed at ${columns} columns`, () => {
      holdGolden(`${name}-${columns}`, renderText(reportNamed(name), page(columns)))
    })
  }
}

test('--verbose adds every observation in order of time, every snippet and all evidence', () => {
  holdGolden('mixed-verbose-120', renderText(reportNamed('mixed'), page(120, { verbose: true })))
})

test('--quiet is the answer and one line a finding', () => {
  holdGolden('mixed-quiet', renderQuiet(reportNamed('mixed'), page(100)))
})

test('colours change no letter and no place', () => {
  for (const name of ['mixed', 'healthy', 'interrupted']) {
    const coloured = renderText(reportNamed(name), page(80, { paint: colourPaint }))
    assert.match(coloured, /\u001b\[/)
    assert.equal(stripVTControlCharacters(coloured), renderText(reportNamed(name), page(80)))
  }
})

test('no line is wider than the page, but those somebody will copy', () => {
  for (const columns of [80, 120]) {
    for (const name of ['mixed', 'healthy', 'interrupted']) {
      const wide = renderText(reportNamed(name), page(columns))
        .split('\n')
        .filter(line => widthOf(line) > columns && !/^ {4}\S/.test(line) && !/\S{40}/.test(line))
      assert.deepEqual(wide, [])
    }
  }
})

test('what a stranger put into a report can neither move the cursor nor turn the text', () => {
  const text = renderText(reportNamed('interrupted'), page(80, { verbose: true }))
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
})

test('the columns of the table stand under each other when a name is written in wide letters', () => {
  const report = reportNamed('healthy')
  const [first, ...rest] = report.targets
  assert.ok(first !== undefined)
  const lines = renderText({ ...report, targets: [{ ...first, id: '日本語の名前' }, ...rest] }, page(80)).split('\n')
  const places = lines.filter(line => / healthy /.test(line)).map(line => widthOf(line.slice(0, line.indexOf(' healthy '))))
  assert.equal(places.length, 2)
  assert.equal(places[0], places[1])
})

test('a failure that nothing explains is said in the first line and under its own heading', () => {
  const lines = renderText(reportNamed('mixed'), page(120)).split('\n')
  assert.match(lines[0] ?? '', /1 failure is UNEXPLAINED/)
  assert.ok(lines.includes('UNEXPLAINED'))
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
