// The comparison as somebody sees it: saved reports of the lab's own shape, the real program, no network.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'

const root = new URL('../../', import.meta.url)
const main = fileURLToPath(new URL('../src/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'eniprobe-compare-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const recorded = readFileSync(new URL('../../../probe-lab/recorded/closed-vpc/report.json', import.meta.url), 'utf8')
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('schema/eniprobe-comparison-1.schema.json', root), 'utf8')),
)

/** The recorded network, and the same one seen from another subnet from which the named target's addresses are silent. */
function saved(name: string, change: (report: ReturnType<typeof JSON.parse>) => void): string {
  const report = JSON.parse(recorded)
  change(report)
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(report))
  return file
}

const works = saved('works.json', () => {})
const silent = saved('silent.json', report => {
  report.vantage.network.subnet = 'subnet-0f0f0f0f0f0f0f0f0'
  report.vantage.network.subnetCidr = '10.10.7.0/24'
  const target = report.targets.find((one: { id: string }) => one.id === 'sts')
  const [dns] = target.observations
  target.observations = [
    dns,
    ...dns.seen.addresses.map((address: string) => ({ layer: 'tcp', address, outcome: 'silent', waitedMs: 3200, tries: 3 })),
  ]
})

function eniprobe(...args: string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: { ...process.env, COLUMNS: '100' } })
}

test('a target that works from one subnet and not from another is told with what that leaves', () => {
  const { status, stdout, stderr } = eniprobe('compare', works, silent)
  assert.equal(stderr, '')
  assert.equal(status, 1)
  assert.match(stdout, /^1 of \d+ targets differs\.\n/)
  assert.match(stdout, /remains +network-acl, /)
  assert.match(stdout, /subnet +A: subnet-\w+; B: subnet-0f0f0f0f0f0f0f0f0/)
  assert.match(stdout, /sts +ok +tcp silent/)
  assert.ok(stdout.split('\n').every(line => line.length <= 100))
})

test('a report beside itself differs in nothing, and the exit status says so', () => {
  const { status, stdout } = eniprobe('compare', works, works, '--quiet')
  assert.equal(status, 0)
  assert.match(stdout, /^Nothing differs: all \d+ targets are alike\.\n$/)
})

test('the JSON of a comparison validates against its published schema', () => {
  const { stdout } = eniprobe('compare', works, silent, works, '--format', 'json')
  assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors))
})

test('masked, it says the same and names nobody', () => {
  const { stdout } = eniprobe('compare', works, silent, '--redact')
  assert.match(stdout, /remains +network-acl, /)
  for (const name of JSON.stringify(JSON.parse(recorded).vantage.network).match(/(?:vpc|subnet|eni|sg)-[0-9a-f]+/g) ?? [])
    assert.ok(!stdout.includes(name), name)
})

test('forty places stand side by side without a line wider than the page', () => {
  const { stdout } = eniprobe('compare', ...Array.from({ length: 39 }, () => works), silent)
  assert.match(stdout, /^ +TARGET +A +B /m)
  assert.match(stdout, /AN: subnet-0f0f/)
  assert.ok(stdout.split('\n').every(line => line.length <= 100))
})

test('reports without a common target are a mistake that is told in one line, not an alikeness', () => {
  const keep = (name: string, ids: readonly string[]) =>
    saved(name, report => {
      report.targets = report.targets.filter((one: { id: string }) => ids.includes(one.id))
    })
  const [one, other] = [keep('one.json', ['sts']), keep('other.json', ['kms', 's3'])]
  const { status, stdout, stderr } = eniprobe('compare', one, other)
  assert.equal(status, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /only in A: sts; only in B: .*kms/)
  assert.equal(stderr.trimEnd().split('\n').length, 1)
  assert.match(eniprobe('compare', one, other, '--lang', 'ja').stderr, /A だけ: sts/)
})

test('targets that one report alone has are named, and not counted as alike', () => {
  const few = saved('few.json', report => {
    report.targets = report.targets.filter((one: { id: string }) => one.id === 'sts')
  })
  const { status, stdout } = eniprobe('compare', works, few)
  assert.equal(status, 0)
  assert.match(stdout, /^Nothing differs: the target is alike\./)
  assert.match(stdout, /Not compared\n {2}only in A {2}/)
  assert.match(eniprobe('compare', works, few, '--format', 'markdown').stdout, /- only in A: `/)
})

test('in Japanese no value of a place is left in English', () => {
  const other = saved('other-place.json', report => {
    report.vantage.internet = 'answered'
    report.vantage.proxy = { url: 'http://10.10.9.9:3128', from: 'HTTPS_PROXY', noProxy: '*' }
  })
  const { stdout } = eniprobe('compare', works, other, '--lang', 'ja')
  assert.match(stdout, /インターネット +A: 無応答; B: 到達可能/)
  assert.match(stdout, /プロキシ +A: なし; B: http/)
})
