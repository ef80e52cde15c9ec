// Two languages, one diagnosis: the same causes, keys, parts and commands, and words that are really Japanese.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { findWorkload, workloadIds } from '../../src/catalog/index.ts'
import { remark, remarkIn, remarkKeys } from '../../src/catalog/remarks.ts'
import { diagnose } from '../../src/diagnose/index.ts'
import { fillIn, phrases, phrasesIn } from '../../src/diagnose/phrases/index.ts'
import { remedyOf } from '../../src/diagnose/remedies.ts'
import { reportIn } from '../../src/diagnose/report-in.ts'
import { says } from '../../src/diagnose/rule.ts'
import { NetworkView } from '../../src/diagnose/view.ts'
import { type CauseCode, causeCodes, causesByArea } from '../../src/model/cause.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { encodeReport } from '../../src/report/encode.ts'

const folder = new URL('../../../test/scenarios/', import.meta.url)
const reports: readonly (readonly [string, Report])[] = readdirSync(folder, { withFileTypes: true })
  .filter(entry => existsSync(new URL(`${entry.name}/report.json`, folder)))
  .map(({ name }) => [name, decodeReport(readFileSync(new URL(`${name}/report.json`, folder), 'utf8'))])

const partsOf = (text: string) => [...new Set([...text.matchAll(/\{([A-Za-z]+)\}/g)].map(([, name]) => name))].sort()
/** Remedies of these areas may be told in English alone. */
const englishAreas = [causesByArea.resource, causesByArea.packages]
const isEnglishAlone = (code: CauseCode | undefined) => englishAreas.some(codes => codes.some(each => each === code))
const isJapanese = (text: string) => /[\u3041-\u30ff\u3400-\u9fff]/.test(text)

describe('every sentence of proof', () => {
  for (const [key, japanese] of Object.entries(phrasesIn.ja)) {
    it(`${key} has the same parts in both languages`, () => {
      assert.deepEqual(partsOf(japanese), partsOf(phrases[key as keyof typeof phrases]))
      // One that is its parts alone has no words of its own.
      if (/[A-Za-z]/.test(phrases[key as keyof typeof phrases].replace(/\{[A-Za-z]+\}/g, ''))) assert.ok(isJapanese(japanese))
    })
  }
})

describe('a diagnosis in Japanese', () => {
  assert.ok(reports.length > 70)
  for (const [name, report] of reports) {
    it(`differs from the English one in its words alone: ${name}`, () => {
      const english = diagnose(report)
      const japanese = diagnose(report, { language: 'ja' })
      assert.deepEqual(withoutWords(japanese), withoutWords(english))
    })

    it(`leaves no English sentence to a Japanese reader: ${name}`, () => {
      for (const found of diagnose(report, { language: 'ja' }).findings) {
        for (const text of [...saysOf(found), ...(isEnglishAlone(found.causes[0]?.cause) ? [] : remedyWordsOf(found))])
          assert.ok(isJapanese(text), `${name}: ${text}`)
        // A remedy may hold a command; a sentence of proof holds names and numbers.
        for (const text of saysOf(found))
          assert.doesNotMatch(text, /(?:^|[\s（「])[a-z]{2,} [a-z]{2,} [a-z]{2,}(?:$|[\s.,）」])/, name)
      }
    })

    it(`changes nothing that a program reads: ${name}`, () => {
      const english = diagnose(report)
      const before = encodeReport(english)
      reportIn(english, 'ja')
      assert.equal(encodeReport(english), before)
      assert.equal(reportIn(english, 'en'), english)
    })
  }
})

describe('every remedy', () => {
  const [, report] = reports[0] as (typeof reports)[number]
  const network = new NetworkView(report)
  for (const code of causeCodes) {
    it(`for ${code} is told in both languages`, () => {
      const remedy = remedyOf(code)
      const fix = remedy.fix(network.targets, network)
      const { summary } = remedy.nextStep(network.targets, network)
      for (const said of [fix.summary, ...fix.steps, summary]) {
        if (typeof said === 'string') {
          assert.ok(isEnglishAlone(code), `${code}: ${said}`)
          continue
        }
        assert.ok(isJapanese(said.ja), JSON.stringify(said))
        assert.ok(!isJapanese(said.en), JSON.stringify(said))
        for (const [placeholder] of said.ja.matchAll(/<[a-z-]+>/g)) assert.ok(said.en.includes(placeholder), placeholder)
      }
    })
  }
})

describe('a sentence that holds others', () => {
  const [, report] = reports[0] as (typeof reports)[number]
  const target = new NetworkView(report).targets[0]
  assert.ok(target !== undefined)
  const connects = says(target, 'tcp', 'tcp.connects', { host: 'db.internal' })
  const even = says(target, 'tcp', 'sweep.even', { count: 8 })

  it('says them in its own language, and its parts stay English', () => {
    const { says: english, phrase } = says(target, 'aws', 'aws.policyArn', { arn: [connects, even] })
    assert.equal(english, `AWS names the policy: ${connects.says}; ${even.says}`)
    assert.deepEqual(phrase?.parts, { arn: `${connects.says}; ${even.says}` })
    assert.ok(phrase !== undefined)
    assert.equal(
      fillIn('aws.policyArn', phrase, 'ja'),
      'AWS が示したポリシー: db.internal への TCP 接続はできます。送信元ポートを変えても、結果は変わりません（8 回接続）',
    )
  })

  it('fills nothing in that a name only looks like', () => {
    const { phrase } = says(target, 'tcp', 'tcp.connects', { host: '{host} {constructor}' })
    assert.ok(phrase !== undefined)
    assert.equal(fillIn('tcp.connects', phrase, 'ja'), '{host} {constructor} への TCP 接続はできます')
  })
})

describe('what a report remarks in English', () => {
  it('is said in Japanese, with its parts', () => {
    assert.equal(remarkIn(remark('noRegion', {}), 'ja'), 'リージョンが分からないため、名前を組み立てられません')
    assert.equal(remarkIn(remark('hangs', { seconds: 60, attempts: 5, count: 3 }), 'ja'), '60 秒 × 5 回 × 3 アドレス')
    assert.equal(
      remarkIn(remark('endpointOnly', { service: 'rds', form: 'rds' }), 'ja'),
      '調べるのは rds のエンドポイントだけで、rds のリソースそのものは調べません',
    )
    assert.equal(remarkIn(remark('notSet', { name: 'AWS_PROFILE' }), 'en'), 'AWS_PROFILE is not set')
    const both = `${remark('managerCannotRead', { manager: 'conda', file: '/my home/.condarc' })}; ${remark('queryLeftOut', {})}`
    assert.equal(
      remarkIn(both, 'ja'),
      'conda が /my home/.condarc を読めません。URL のクエリは秘密を含むかもしれないため、省いています',
    )
    assert.equal(remarkIn(`${both}; and more`, 'ja'), `${both}; and more`)
  })

  it('is made from its key wherever it is said: English that is written out would lose its Japanese unseen', () => {
    const sources = readdirSync(new URL('../../../src/', import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => readFileSync(new URL(`../../../src/${name}`, import.meta.url), 'utf8'))
      .join('\n')
    const unused = remarkKeys.filter(key => !sources.includes(`'${key}'`))
    assert.ok(remarkKeys.length > 60)
    assert.deepEqual(unused, [])
  })

  it('is said to its end where one remark holds another', () => {
    const answer = remark('acceptedOnly', { host: '169.254.169.254' })
    const refusal = remark('askedForToken', { answer })
    const why = remark('withoutToken', { refusal, rest: remark('noRoleAttached', {}) })
    assert.equal(
      remarkIn(why, 'ja'),
      '169.254.169.254 は接続を受け付けましたが、応答しませんでした（セッショントークンの要求）。トークンなしでは、インスタンスにロールが付いていません',
    )
    const file = '/home/my name/.aws/config'
    assert.equal(
      remarkIn(remark('noProfile', { profile: 'my team', file, otherFile: '/home/me/.aws/credentials' }), 'ja'),
      'プロファイル "my team" が /home/my name/.aws/config にも /home/me/.aws/credentials にもありません',
    )
  })

  it('is left as it is where it is not ours: a server’s words, an older version’s, a hostile file’s', () => {
    for (const text of [
      'The security token included in the request is invalid',
      'A call without a token answered on EC2, or did not answer',
      'specify one or the other',
      'Access without permission',
      'the proxy of your company is not set',
      ' is not set',
      '',
      `${'x'.repeat(5000)} is not set`,
      `${' is set, '.repeat(200)}`,
    ])
      assert.equal(remarkIn(text, 'ja'), text)
  })

  it('is short work, however it is made', () => {
    const hostile = `${'"; ×  attempts × '.repeat(110)} addresses`
    for (let n = 0; n < 2000; n += 1) assert.equal(remarkIn(hostile, 'ja'), hostile)
  })

  it('names every feature of the catalogue in Japanese, also several of them', () => {
    const features = workloadIds().flatMap(id =>
      (findWorkload(id)?.needs('ap-northeast-1') ?? []).flatMap(({ when }) => (when === 'always' ? [] : [when])),
    )
    assert.ok(features.length > 100)
    for (const feature of features) {
      const said = remarkIn(feature, 'ja')
      // A name of a product has no Japanese; words about it have.
      assert.ok(isJapanese(said) || !/ (?:the|in|of|with|from|to|by|or|calls?|uses?|reads?) /.test(feature), feature)
    }
    assert.equal(remarkIn('role assumption; Canvas, SQL cells', 'ja'), 'ロールの引き受け、または Canvas、SQL セル')
    assert.equal(remarkIn('role assumption; something new', 'ja'), 'role assumption; something new')
  })
})

/** All that a language must not change. */
function withoutWords(report: Report): unknown {
  return JSON.parse(
    JSON.stringify(report, (key, value) => {
      if (key === 'says' || key === 'summary') return typeof value
      return key === 'steps' ? value.length : value
    }),
  )
}

/** Sentences that are little more than what a server or a library said. */
const quoting = ['credentials.tried', 'aws.refused', 'http.body', 'tls.http', 'tls.notTls']

/** Each sentence of proof, without those that quote. */
function saysOf({ causes, excluded }: Finding): readonly string[] {
  const evidence = [...causes.flatMap(c => [...c.evidence, ...c.against]), ...(excluded ?? []).map(e => e.by)]
  return evidence.filter(e => !quoting.includes(e.phrase?.key ?? '')).map(e => e.says)
}

function remedyWordsOf({ fix, nextStep }: Finding): readonly string[] {
  return [fix.summary, ...fix.steps, ...(nextStep === null ? [] : [nextStep.summary])]
}
