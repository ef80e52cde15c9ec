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
