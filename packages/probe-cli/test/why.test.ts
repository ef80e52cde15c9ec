// `why` as a process, where its text leads nowhere: no network is needed. What it says to what was observed is read from reports.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { decodeReport, diagnose, type Report, readErrors, redactReport, type WhyVerdict } from '@eniprobe/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { readArguments } from '../src/arguments.ts'
import { exitStatusOf } from '../src/exit-status.ts'
import { en } from '../src/messages/en.ts'
import { whyMessages } from '../src/messages/why-en.ts'
import { whyMessagesJa } from '../src/messages/why-ja.ts'
import { encodingOf } from '../src/read-error-text.ts'
import { noPaint } from '../src/render/colour.ts'
import { widthOf } from '../src/render/layout.ts'
import type { Page } from '../src/render/page.ts'
import { renderQuiet, renderText } from '../src/render/text.ts'
import { runProgram } from './run-program.ts'

const root = new URL('../../', import.meta.url)
const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'))
const lambda = '2026-01-01T00:00:30.030Z Task timed out after 30.03 seconds'

function why(args: string[], stdin: string | Buffer = '') {
  return runProgram(['why', ...args], stdin)
}

test('a text that names nothing is told so, without a run, and does not count as fine', async () => {
  for (const args of [[], ['-']]) {
    const { status, stdout, stderr } = await why(args, lambda)
    assert.equal(stderr, '')
    assert.match(stdout, /^In the text: 1 error in 1 line\n {2}1\. {2}Lambda: time was up/)
    assert.match(stdout, /there is nothing to look at/)
    assert.doesNotMatch(stdout, /Where this stands/)
    assert.equal(status, 1)
  }
})

test('its JSON validates, keeps what was read, and is answered the same by diagnose', async () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(readJson('schema/eniprobe-1.schema.json'))
  const { stdout, status } = await why(['--format', 'json'], lambda)
  const report = JSON.parse(stdout)
  assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors))
  assert.equal(report.why.errors[0].tool, 'Lambda')
  assert.deepEqual(report.why.answers, [{ error: 0, answer: 'nothing-to-probe', targets: [], findings: [] }])
  assert.deepEqual(diagnose(decodeReport(stdout)).why, report.why)
  assert.equal(exitStatusOf(decodeReport(stdout)), status)
  report.why.errors[0].errorClass = 'bad-luck'
  assert.equal(validate(JSON.parse(JSON.stringify(report))), false)
  assert.throws(() => decodeReport(JSON.stringify(report)), /why\.errors\[0\]\.errorClass/)
})

test('a text without an error, a file that is not there and one that is none are told in one line, with status 2', async () => {
  const table: [string[], string, RegExp][] = [
    [[], 'all is well\n', /^eniprobe: no error that eniprobe knows stands in standard input \(1 line\): /],
    [['/nonexistent/app.log'], '', /^eniprobe: cannot read \/nonexistent\/app\.log: there is no such file: /],
    [[tmpdir()], '', /EISDIR/],
    [['a', 'b'], '', /one word too many/],
    [['--target', 'x'], '', /unknown option --target/],
  ]
  for (const [args, stdin, said] of table) {
    const { status, stdout, stderr } = await why(args, stdin)
    assert.match(stderr, said)
    assert.equal(stderr.trimEnd().split('\n').length, 1)
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' })
  }
})

test('a file in UTF-16, as PowerShell writes it, is read like any other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-why-'))
  try {
    const file = join(folder, 'error.txt')
    for (const bytes of [
      Buffer.from(`\ufeff${lambda}\r\n`, 'utf16le'),
      Buffer.from(`${lambda}\r\n`, 'utf16le'),
      Buffer.from(`\ufeff${lambda}`, 'utf16le').swap16(),
      Buffer.from(`\ufeff${lambda}`),
    ]) {
      writeFileSync(file, bytes)
      assert.match((await why([file])).stdout, /Lambda: time was up/)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  assert.equal(encodingOf(Buffer.from('short')), 'utf-8')
})

test('it takes what a run takes', () => {
  const command = readArguments(['why', 'app.log', '--region', 'eu-west-1', '--no-sign', '--deadline', '4s', '--format', 'json'])
  assert.ok(command.name === 'why')
  assert.equal(command.file, 'app.log')
  assert.deepEqual(
    { region: command.options.region, sign: command.options.sign, deadlineMs: command.options.deadlineMs },
    { region: 'eu-west-1', sign: false, deadlineMs: 4000 },
  )
  const bare = readArguments(['why'])
  assert.equal(bare.name === 'why' ? bare.file : '', '-')
})

/** The recorded run of a closed VPC: logs, s3 and kms fail there, sts works, secretsmanager is denied. */
const recorded: Report = decodeReport(readFileSync(new URL('../probe-lab/recorded/closed-vpc/report.json', root), 'utf8'))
const answered = (text: string): Report => diagnose({ ...recorded, why: readErrors(text) })
const page: Page = { columns: 100, paint: noPaint, messages: en, verbose: false }

test('each error is answered by what was observed of its name, at the layer it speaks of', () => {
  const host = (service: string) => `${service}.ap-northeast-1.amazonaws.com`
  const denied = `An error occurred (AccessDenied) when calling the GetSecretValue operation: User: arn:aws:iam::111122223333:user/u is not authorized to perform: secretsmanager:GetSecretValue on resource: x because no identity-based policy allows the secretsmanager:GetSecretValue action`
  const table: [string, WhyVerdict, RegExp][] = [
    [
      `Connect timeout on endpoint URL: "https://${host('logs')}/"`,
      'explained',
      /logs: failing here and now, as the error says\..*interface-endpoint-missing/s,
    ],
    [`getaddrinfo ENOTFOUND ${host('logs')}`, 'fails-otherwise', /at another layer/],
    [`Connect timeout on endpoint URL: "https://${host('sts')}/"`, 'healthy-now', /sts: healthy from here now/],
    [denied, 'decided', /decides it: .*\(identity-policy-denies\)/s],
    [`Connect timeout on endpoint URL: "https://${host('sqs')}/"`, 'not-judged', /Too little was seen/],
    [
      `An error occurred (AccessDenied) when calling the AssumeRole operation: Access denied`,
      'path-healthy',
      /sts: the way there is healthy .* not repeated/,
    ],
    // A general call is refused there too, and it is another call than the one in the error.
    [
      `An error occurred (AccessDeniedException) when calling the GetSecretValue operation: no`,
      'path-healthy',
      /secretsmanager: the way there/,
    ],
    [
      'An error occurred (ResourceNotFoundException) when calling the PutLogEvents operation: x',
      'fails-otherwise',
      /logs: failing/,
    ],
    ['Unable to locate credentials', 'healthy-now', /sts: healthy from here now/],
    ['connect ECONNREFUSED 127.0.0.1:80', 'nothing-to-probe', /the machine it ran on/],
  ]
  for (const [text, verdict, said] of table) {
    const report = answered(text)
    assert.equal(report.why?.answers[0]?.answer, verdict, text)
    assert.match(renderText(report, page).replaceAll(/\s+/g, ' '), new RegExp(said.source, 's'), text)
    assert.match(renderQuiet(report, page), /: /)
    assert.equal(exitStatusOf(report), 1)
  }
  // Without a signed call nobody knows whether there are credentials.
  const unsigned = recorded.targets.map(target => ({
    ...target,
    observations: target.observations.filter(({ layer }) => layer !== 'aws'),
  }))
  const { why } = diagnose({ ...recorded, targets: unsigned, why: readErrors('Unable to locate credentials') })
  assert.equal(why?.answers[0]?.answer, 'not-judged')
})

test('a report of why is a healthy one when all its names work', () => {
  const sts = recorded.targets.filter(({ id }) => id === 'sts')
  const report = diagnose({
    ...recorded,
    targets: sts,
    why: readErrors('Connect timeout on endpoint URL: "https://sts.ap-northeast-1.amazonaws.com/"'),
  })
  assert.deepEqual(
    report.findings.filter(({ severity }) => severity === 'error'),
    [],
  )
  assert.equal(exitStatusOf(report), 0)
})

test('only so many errors are shown, and the rest is said to be there; no line is wider than the page', () => {
  const many = Array.from({ length: 30 }, (_, at) => `connect ECONNREFUSED host-${at}.internal.example:443`).join('\n')
  const report = answered(many)
  for (const columns of [80, 120]) {
    const text = renderText(report, { ...page, columns })
    assert.match(text, /and 25 more \(--verbose shows all\)/)
    assert.match(text, /6 further names in the text not looked at/)
    const section = text.slice(0, text.indexOf('\n\n'))
    for (const line of section.split('\n')) assert.ok(widthOf(line) <= columns, line)
  }
  assert.equal(renderText(report, { ...page, verbose: true }).match(/connection refused/g)?.length, 30)
})

test('nothing of a stranger moves the cursor, whatever a saved report holds', () => {
  const report = answered('connect ECONNREFUSED db.internal.example:5432')
  const evil = JSON.parse(JSON.stringify(report).replaceAll('db.internal', 'db\\u001b[2J.internal'))
  assert.ok(!renderText(evil, page).includes('\u001b'))
  assert.ok(!renderQuiet(evil, page).includes('\u001b'))
})

test('a redacted report keeps every answer, and nothing of what the text said', () => {
  const text = [
    'Connect timeout on endpoint URL: "https://logs.ap-northeast-1.amazonaws.com/"',
    'An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:iam::123456789098:user/jane is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::payroll-2026/may.csv" with an explicit deny in a service control policy',
    'psql: error: connection to server at "payroll.corp.internal.acme.test" (10.20.3.9), port 5432 failed: Connection refused',
    'Failed to connect to server: connect ECONNREFUSED acme-ledger:8080',
  ].join('\n')
  const report = answered(text)
  const redacted = diagnose(redactReport(report))
  const out = JSON.stringify(redacted)
  for (const word of ['123456789098', 'jane', 'payroll', 'acme', '10.20.3.9', 'may.csv'])
    assert.ok(!out.includes(word), `${word} at ${out.slice(out.indexOf(word) - 80, out.indexOf(word) + 80)}`)
  const kinds = ({ why: kept }: Report) => kept?.errors.map(({ errorClass, tool, decided }) => ({ errorClass, tool, decided }))
  assert.deepEqual(kinds(redacted), kinds(report))
  assert.deepEqual(
    redacted.why?.answers.map(({ answer }) => answer),
    report.why?.answers.map(({ answer }) => answer),
  )
  assert.match(renderText(redacted, page), /In the text: 4 errors/)
})

test('both languages say every class and every answer', () => {
  const keys = (value: object, path = ''): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' ? keys(inner, `${path}${key}.`) : [`${path}${key}`],
    )
  assert.deepEqual(keys(whyMessagesJa), keys(whyMessages))
  for (const said of Object.values(whyMessagesJa.classes)) assert.match(said, /[\u3040-\u30ff\u4e00-\u9fff]/)
})
