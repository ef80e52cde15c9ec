// Which language the program speaks, and that it speaks it everywhere: help, lists, explanations, errors, reports; never JSON.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { causeCodes, ProbeUsageError } from '@eniprobe/core'
import { readArguments } from '../src/arguments.ts'
import { findLanguage, languageOf } from '../src/language.ts'
import { causeTextsJa } from '../src/messages/cause-texts-ja.ts'
import { help } from '../src/messages/help-en.ts'
import { help as helpJa } from '../src/messages/help-ja.ts'
import { widthOf } from '../src/render/layout.ts'

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))
const mixed = fileURLToPath(new URL('../../test/reports/mixed.json', import.meta.url))
const isJapanese = (text: string) => /[\u3041-\u30ff\u3400-\u9fff]/.test(text)

function eniprobe(args: readonly string[], locale: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...locale }
  return spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' })
}

test('the locale of the terminal decides: LC_ALL, then LC_MESSAGES, then LANG, the first that is set', () => {
  const table: [Record<string, string>, string][] = [
    [{}, 'en'],
    [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
    [{ LANG: 'ja' }, 'ja'],
    [{ LANG: 'ja-JP' }, 'ja'],
    [{ LANG: 'JA_JP.eucJP' }, 'ja'],
    [{ LANG: 'en_US.UTF-8' }, 'en'],
    [{ LANG: 'javanese' }, 'en'],
    [{ LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'C' }, 'ja'],
    [{ LC_MESSAGES: 'C', LANG: 'ja_JP.UTF-8' }, 'en'],
    [{ LC_ALL: 'C.UTF-8', LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'ja_JP.UTF-8' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: 'ja_JP.UTF-8' }, 'ja'],
    [{ LC_ALL: 'ja_JP.UTF-8', LANG: 'C' }, 'ja'],
    [{ LC_CTYPE: 'ja_JP.UTF-8' }, 'en'],
  ]
  for (const [env, language] of table) assert.equal(languageOf(env), language, JSON.stringify(env))
})

test('--lang outweighs the locale, the last one counts, and what stands behind -- is another program’s', () => {
  const japanese = { LANG: 'ja_JP.UTF-8' }
  assert.equal(findLanguage(['--lang', 'en'], japanese), 'en')
  assert.equal(findLanguage(['logs', '--lang=ja'], {}), 'ja')
  assert.equal(findLanguage(['--lang', 'ja', '--lang', 'en'], {}), 'en')
  assert.equal(findLanguage(['--lang', 'fr'], japanese), 'ja')
  assert.equal(findLanguage(['--lang'], {}), 'en')
  assert.equal(findLanguage(['--', '--lang', 'ja'], {}), 'en')
})

test('another language is refused in one line, in the language of the terminal', () => {
  assert.throws(() => readArguments(['--lang', 'de']), { code: 'unknown-language' })
  const english = eniprobe(['list', 'causes', '--lang', 'de'])
  assert.equal(english.status, 2)
  assert.equal(english.stderr, 'eniprobe: "de" is no language of this version (--lang): use en, ja\n')
  const japanese = eniprobe(['list', 'causes', '--lang', 'de'], { LC_ALL: 'ja_JP.UTF-8' })
  assert.equal(japanese.stderr, 'eniprobe: "de" という言語には対応していません（--lang）: en、ja のどれかを指定してください\n')
})

test('--help is there in both languages, and both show the same commands', () => {
  const commands = (text: string) =>
    text.match(/^ {2}eniprobe(?: [\x21-\x7e]+)*/gm)?.map(line => line.replace(/ \[(?:options\])?$/, ''))
  assert.deepEqual(commands(helpJa), commands(help))
  assert.ok((commands(help)?.length ?? 0) > 14)
  for (const [arguments_, locale] of [
    [['--help'], { LANG: 'ja_JP.UTF-8' }],
    [['--help', '--lang', 'ja'], {}],
    [['--lang=ja', '--help'], {}],
    [['-h', '--lang', 'ja'], {}],
    [['help', '--lang', 'ja'], {}],
  ] as const)
    assert.equal(eniprobe(arguments_, locale).stdout, helpJa)
  assert.equal(eniprobe(['--help', '--lang', 'en'], { LANG: 'ja_JP.UTF-8' }).stdout, help)
  for (const line of `${help}${helpJa}`.split('\n')) assert.ok(widthOf(line) <= 100, line)
})

test('explain and list speak Japanese, with the same codes in the same place', () => {
  const explained = eniprobe(['explain', 'path-mtu', '--lang', 'ja'])
  assert.equal(explained.status, 0)
  assert.match(explained.stdout, /^大きなパケットが途中で失われています（path-mtu）\n/)
  assert.match(explained.stdout, /\n見え方\n/)
  assert.match(explained.stdout, /\n直し方\n/)
  for (const topic of ['causes', 'workloads'] as const) {
    const first = (text: string) => text.split('\n').map(line => line.split(' ')[0])
    const japanese = eniprobe(['list', topic], { LANG: 'ja_JP.UTF-8' }).stdout
    assert.deepEqual(first(japanese), first(eniprobe(['list', topic]).stdout))
    assert.ok(isJapanese(japanese))
  }
  for (const code of causeCodes) assert.ok(Object.values(causeTextsJa[code]).every(isJapanese), code)
})

test('a saved report is told in the language that is asked for, and exits alike', () => {
  const english = eniprobe(['diagnose', mixed])
  const japanese = eniprobe(['diagnose', mixed, '--lang', 'ja'])
  assert.equal(japanese.status, english.status)
  assert.match(english.stdout, /^2 causes \(likely\)/)
  assert.match(japanese.stdout, /^原因 2 件（有力）で、失敗 2 件を説明できます。/)
  assert.match(japanese.stdout, /補足\n {2}efs: 名前に、ここでは分からない ID が含まれます/)
  assert.match(japanese.stdout, /完了を待つ SDK のリモートジョブの場合のみ/)
  assert.match(japanese.stdout, /60 秒 × 5 回 × 1\s+アドレス/)
})

test('JSON is the same to the byte, whatever the language', () => {
  const english = eniprobe(['diagnose', mixed, '--format', 'json'])
  const japanese = eniprobe(['diagnose', mixed, '--format', 'json', '--lang', 'ja'], { LC_ALL: 'ja_JP.UTF-8' })
  assert.equal(japanese.stdout, english.stdout)
  assert.ok(!isJapanese(japanese.stdout.replaceAll(JSON.parse(readFileSync(mixed, 'utf8')).targets.at(-1).host, '')))
})

test('a file that is no report is told in Japanese, by its place and the mend', () => {
  const table: [string[], string, RegExp][] = [
    [
      ['diagnose', '/nowhere/report.json'],
      '',
      /^eniprobe: \/nowhere\/report\.json を読めません（ファイルがありません）: eniprobe --format json で/,
    ],
    [['diagnose', '-'], 'no json', /^eniprobe: 標準入力: JSON ではありません/],
    [['diagnose', '-'], '{}', /^eniprobe: 標準入力: eniprobe\/1 のレポートではありません: "format" がありません/],
    [['diagnose', '-'], '{"format":"eniprobe/1","targets":3}', /^eniprobe: 標準入力: targets: "3" は Array ではありません/],
  ]
  for (const [args, input, expected] of table) {
    const env = { PATH: process.env.PATH ?? '', LANG: 'ja_JP.UTF-8' }
    const { status, stderr } = spawnSync(process.execPath, [main, ...args], { env, input, encoding: 'utf8' })
    assert.equal(status, 2)
    assert.match(stderr, expected)
    assert.equal(stderr.trimEnd().split('\n').length, 1)
  }
})

test('a target that cannot be is refused in Japanese too', () => {
  for (const word of ['logz::', 'kms:', 's3://', 'https://', 'tcp://host', 'tcp://:1', 'https://a:b@c/', 'tcp://a:b:c:1']) {
    const { status, stderr } = eniprobe([word, '--lang', 'ja'])
    assert.equal(status, 2, word)
    assert.ok(isJapanese(stderr.split(': ')[1] ?? ''), stderr)
    assert.ok(isJapanese(stderr.split(': ').at(-1) ?? ''), stderr)
  }
})

test('an error without a language of its own is the same in all', () => {
  const { said, message, hint } = new ProbeUsageError('x', 'a', { en: 'b', ja: 'c' })
  assert.deepEqual(said, { message: { en: 'a', ja: 'a' }, hint: { en: 'b', ja: 'c' } })
  assert.deepEqual([message, hint], ['a', 'b'])
})
