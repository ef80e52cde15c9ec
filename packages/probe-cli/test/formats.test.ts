// The formats for files, held as golden files in both languages, and judged by programs that are not ours where these are
// installed. GOLDEN=write makes the files anew: look at the difference.

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { causeCodes, compareReports, type Language, type Report, reportIn } from '@eniprobe/core'
import { readArguments } from '../src/arguments.ts'
import { exitStatusOf } from '../src/exit-status.ts'
import { compareEn } from '../src/messages/compare-en.ts'
import { compareJa } from '../src/messages/compare-ja.ts'
import { en } from '../src/messages/en.ts'
import { presentReport } from '../src/present.ts'
import { renderComparisonMarkdown } from '../src/render/comparison-markdown.ts'
import { type FileFormat, fileFormats, renderFormat } from '../src/render/formats.ts'
import { renderJunit } from '../src/render/junit.ts'
import { prose } from '../src/render/markdown/escape.ts'
import { renderMarkdown } from '../src/render/markdown/report.ts'
import { renderPrometheus } from '../src/render/prometheus.ts'
import { roleOf } from '../src/render/role.ts'
import { readSinks } from '../src/sinks.ts'
import { readMetrics } from './exposition.ts'
import { formatPage, hostileReport, manyTargets, payloads, reportNamed, toldReport } from './format-reports.ts'
import { findProgram, judge } from './judges.ts'

const here = new URL('../../test/', import.meta.url)
const languages: readonly Language[] = ['en', 'ja']
const endings: Readonly<Record<FileFormat, string>> = { markdown: 'md', html: 'html', junit: 'xml', prometheus: 'prom' }
const all: Readonly<Record<string, Report>> = {
  mixed: reportNamed('mixed'),
  healthy: reportNamed('healthy'),
  interrupted: reportNamed('interrupted'),
  proxy: reportNamed('proxy'),
  closed: reportNamed('closed'),
  told: toldReport(),
  hostile: hostileReport(),
  many: manyTargets(300),
}

const render = (report: Report, format: FileFormat, language: Language = 'en') =>
  renderFormat(reportIn(report, language), format, formatPage(language), { language, quiet: false })

for (const name of ['mixed', 'proxy', 'told']) {
  for (const format of fileFormats) {
    // Metrics are for programs: they have no language.
    for (const language of format === 'prometheus' ? languages.slice(0, 1) : languages) {
      test(`the report "${name}" as ${format} (${language}) is as agreed`, async () => {
        const text = await render(all[name] ?? reportNamed('mixed'), format, language)
        const file = new URL(`golden/${name}-${language}.${endings[format]}`, here)
        if (process.env.GOLDEN === 'write') writeFileSync(file, text)
        assert.equal(text, readFileSync(file, 'utf8'), 'run once with GOLDEN=write and look at the difference')
      })
    }
  }
}

test('no format lets a control character or a mark that turns text through', async () => {
  for (const format of fileFormats) {
    const text = await render(hostileReport(), format)
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/, format)
    assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'), `${format} ends in one line feed`)
  }
})

test('a report with nothing in it has a rendering in every format', async () => {
  const { vantage, run, format } = reportNamed('healthy')
  const empty: Report = { format, run, vantage, targets: [], findings: [], unexplained: [] }
  for (const each of fileFormats) assert.notEqual(await render(empty, each), '')
})

test('the name of a file says the format when --format does not, and two go to two files', () => {
  const sink = (file: string) => readSinks([{ name: 'output', value: file }])[0]?.format
  assert.deepEqual(['a.md', 'a.html', 'a.XML', 'a.prom', 'a.json', 'a.txt', 'a'].map(sink), [
    'markdown',
    'html',
    'junit',
    'prometheus',
    'json',
    'text',
    'text',
  ])
  const words = ['logs', '--format', 'html', '--output', 'a.html', '--format', 'junit', '--output', 'b.xml']
  const command = readArguments(words)
  assert.ok(command.name === 'probe')
  assert.deepEqual(command.presentation.sinks, [
    { format: 'html', file: 'a.html' },
    { format: 'junit', file: 'b.xml' },
  ])
  const other = readArguments(['diagnose', 'report.json', '--format', 'html'])
  assert.ok(other.name === 'diagnose')
  assert.deepEqual(other.presentation.sinks, [{ format: 'html', file: null }])
})

test('files of several formats are written whole, side by side', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-formats-'))
  try {
    const sinks = fileFormats.map(format => ({ format, file: join(folder, `report.${endings[format]}`) }))
    await presentReport(reportNamed('mixed'), { sinks, quiet: true, verbose: false, noColor: true, redact: false }, en)
    for (const { format, file } of sinks) {
      assert.ok(existsSync(file), format)
      // What --quiet shortens is the ticket alone: a program and a page have no haste.
      if (format !== 'markdown') assert.equal(readFileSync(file, 'utf8'), await render(reportNamed('mixed'), format))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a ticket says of every finding whom it is asked of, from where to where, and what proves it', () => {
  const report = reportNamed('closed')
  const text = renderMarkdown(report, formatPage('en'))
  const sections = text.split('\n## ').filter(section => /^\d+\. /.test(section))
  assert.equal(sections.length, report.findings.length)
  for (const section of sections) {
    for (const part of [
      '**Asked of**',
      '**What is asked**',
      '**What proves it**',
      '**Connections**: From `10.20.1.10`',
      'TCP 443',
    ])
      assert.ok(section.includes(part), `${section.slice(0, 40)} has ${part}`)
  }
  assert.match(text, /```sh\neniprobe sts logs s3 /)
  assert.match(renderMarkdown(toldReport(), formatPage('en')), /`vpce-0a9b8c7d6e5f40312`: /)
})

test('every cause is taken to somebody who can mend it', () => {
  for (const cause of causeCodes) assert.ok(formatPage('en').formats.roles[roleOf(cause)].length > 5, cause)
  const table = [
    ['endpoint-security-group', 'network'],
    ['firewall-drops-name', 'firewall'],
    ['custom-dns-bypasses-vpc', 'dns'],
    ['scp-denies', 'organization'],
    ['bucket-policy-denies', 'resource'],
    ['clock-skew', 'workload'],
    ['internet-reachable', 'security'],
  ] as const
  for (const [cause, role] of table) assert.equal(roleOf(cause), role)
})

test('--quiet keeps of a ticket the answer and the table of what is asked', () => {
  const text = renderMarkdown(reportNamed('closed'), formatPage('en', { quiet: true }))
  assert.match(text, /## What is asked/)
  assert.equal(text.match(/^## /gm)?.length, 1)
})

test('in a ticket hostile text stays inside code and inside its cell', () => {
  assertContained(renderMarkdown(hostileReport(), formatPage('en')))
})

test('in a comparison for a ticket too, the names of the files among it', () => {
  const hostile = hostileReport()
  for (const name of [...payloads, '@octo-team.json', 'a|b', '#12']) {
    const named = [
      { name, report: hostile },
      { name: 'https://example.com/', report: reportNamed('healthy') },
    ]
    for (const [language, words] of [
      ['en', compareEn],
      ['ja', compareJa],
    ] as const) {
      const text = renderComparisonMarkdown(compareReports(named, { language }), words)
      assertContained(text)
      assert.match(text, /^\| B \| `https:\/\/example\.com\/` \|/m)
    }
  }
})

/** Outside of code there is no markup, link, mention or issue number but ours. */
function assertContained(text: string): void {
  let fence = ''
  let columns = 0
  for (const line of text.split('\n')) {
    const found = /^(`{3,})/.exec(line)?.[1]
    if (fence !== '') {
      if (line === fence) fence = ''
      continue
    }
    if (found !== undefined && !line.slice(found.length).includes('`')) {
      fence = found
      continue
    }
    // A row has as many cells as its head.
    const cells = line.startsWith('|') ? line.split('|').length : 0
    if (cells > 0 && columns > 0) assert.equal(cells, columns, line)
    columns = cells
    const outside = withoutCode(line)
    assert.doesNotMatch(
      outside,
      /<(?!https:\/\/docs\.aws\.amazon\.com\/[\w./#-]+>)|\]\(|!\[|https?:\/\/(?!docs\.aws)|@\w|www\.|#\d/,
      line,
    )
  }
  assert.equal(fence, '', 'every fence is closed')
}

test('GitHub makes no link, picture or element of what a stranger wrote in a ticket', t => {
  const reader = findProgram('cmark-gfm')
  if (reader === undefined) return t.skip('cmark-gfm is not installed')
  // --unsafe: raw HTML would come through as it stands.
  const read = (text: string) => judge(reader, ['--unsafe', '-e', 'table', '-e', 'autolink', '-e', 'strikethrough'], text).says
  for (const language of languages) {
    const page = read(renderMarkdown(hostileReport(), formatPage(language)))
    const elements = new Set([...page.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, element]) => element))
    const own = ['h1', 'h2', 'p', 'ul', 'ol', 'li', 'strong', 'code', 'pre', 'table', 'thead', 'tbody', 'tr', 'th', 'td']
    assert.deepEqual(
      [...elements].filter(element => !own.includes(element ?? '')),
      [],
      language,
    )
  }
  assert.match(read('<b>bold</b> http://example.com'), /<b>.*<a href/)
})

test('prose in a ticket keeps its words: what is taken out of code again is the sentence', () => {
  for (const payload of payloads.filter(each => !/[\ud800-\udfff\u0000]/.test(each))) {
    const line = payload.replaceAll(/\s+/g, ' ').trim()
    assert.equal(withCodeOpened(prose(payload)), line)
  }
  assert.equal(prose('a :smile: (of) @somebody.'), 'a `:smile`: (of) `@somebody`.')
  assert.equal(prose('the endpoint of sts does (10.20.1.41), 3.2 s'), 'the endpoint of sts does (`10.20.1.41`), 3.2 s')
})

test('a test result fails where the exit status does, and counts what it says it counts', () => {
  for (const [name, report] of Object.entries(all)) {
    const xml = renderJunit(report, formatPage('en'))
    const count = (what: string) => Number(new RegExp(`<testsuite [^>]*\\b${what}="(\\d+)"`).exec(xml)?.[1])
    assert.equal(xml.match(/<testcase /g)?.length ?? 0, count('tests'), name)
    assert.equal(xml.match(/<failure /g)?.length ?? 0, count('failures'), name)
    assert.equal(xml.match(/<skipped /g)?.length ?? 0, count('skipped'), name)
    const unjudged = report.targets.some(
      ({ id, verdict }) => verdict === 'unknown' && !report.findings.some(({ targets }) => targets.includes(id)),
    )
    // "Not looked at" is a 1 to a script; test results have a word of their own for it.
    if (!unjudged) assert.equal(count('failures') > 0, exitStatusOf(report) === 1, name)
  }
})

test('a finding that hits no target is a test case of its own', () => {
  const report = reportNamed('mixed')
  const [found] = report.findings
  assert.ok(found !== undefined)
  const xml = renderJunit({ ...report, findings: [...report.findings, { ...found, targets: [] }] }, formatPage('en'))
  assert.match(xml, /<testcase classname="eniprobe.finding" name="interface-endpoint-missing" time="0.000">\s*<failure /)
})

test('test results are valid against the schema that Ant and Jenkins share', t => {
  const xmllint = findProgram('xmllint')
  if (xmllint === undefined) return t.skip('xmllint is not installed')
  const schema = fileURLToPath(new URL('junit.xsd', here))
  for (const [name, report] of Object.entries(all)) {
    for (const language of languages) {
      const { status, says } = judge(xmllint, ['--noout', '--schema', schema, '-'], renderJunit(report, formatPage(language)))
      assert.equal(status, 0, `${name}: ${says}`)
    }
  }
  const broken = renderJunit(reportNamed('mixed'), formatPage('en')).replace(/ tests="\d+"/, '')
  assert.notEqual(judge(xmllint, ['--noout', '--schema', schema, '-'], broken).status, 0)
})

test('promtool finds nothing to say about the metrics', t => {
  const promtool = findProgram('promtool')
  if (promtool === undefined) return t.skip('promtool is not installed')
  for (const [name, report] of Object.entries(all)) {
    const { status, says } = judge(promtool, ['check', 'metrics'], renderPrometheus(report))
    assert.deepEqual([status, says], [0, ''], name)
  }
  assert.notEqual(
    judge(promtool, ['check', 'metrics'], `${renderPrometheus(reportNamed('mixed'))}eniprobe_up{x="} 1\n`).status,
    0,
  )
})

test('metrics read back line by line: each declared once, no series twice, labels as they went in', () => {
  for (const [name, report] of Object.entries(all)) {
    const { types, series } = readMetrics(renderPrometheus(report))
    assert.ok(types.size > 8, name)
    assert.equal(new Set(series.map(({ key }) => key)).size, series.length, `${name} has no series twice`)
    assert.equal(series.find(({ metric }) => metric === 'eniprobe_up')?.value, exitStatusOf(report) === 0 ? 1 : 0)
  }
  const { series } = readMetrics(renderPrometheus(hostileReport()))
  const targets = series.filter(({ metric }) => metric === 'eniprobe_target_healthy').map(({ labels }) => labels.target)
  assert.ok(targets.some(target => target?.includes('"><img src=x onerror="window.broken=1">')))
  assert.equal(targets.length, hostileReport().targets.length)
})

function withoutCode(line: string): string {
  return line.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '')
}

function withCodeOpened(line: string): string {
  return line.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, (_, __, inner: string) =>
    /^ .*`|`.* $/.test(inner) ? inner.slice(1, -1) : inner,
  )
}
