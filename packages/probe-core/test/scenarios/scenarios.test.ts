import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { decodeReport } from '../../src/report/decode.ts'
import type { Expected } from './made/scenario.ts'

const folder = new URL('../../../test/scenarios/', import.meta.url)
const names = readdirSync(folder).filter(name => existsSync(new URL(`${name}/report.json`, folder)))

function read(name: string, file: string): string {
  return readFileSync(new URL(`${name}/${file}`, folder), 'utf8')
}

function check(report: Report, expected: Expected): void {
  const findings = report.findings.filter(f => f.targets.includes(expected.target))
  for (const [id, verdict] of Object.entries(expected.verdicts ?? {})) {
    assert.equal(report.targets.find(t => t.id === id)?.verdict, verdict, `verdict on ${id}`)
  }
  assert.deepEqual(report.unexplained, [])
  if (expected.first.length === 0) return assert.deepEqual(findings.map(list), [])
  const [finding] = findings
  assert.ok(finding, `no finding speaks of ${expected.target}`)
  const [top] = finding.causes
  assert.ok(top && expected.first.includes(top.cause), `first of ${list(finding)}, where ${expected.first.join(' or ')} is meant`)
  if (expected.certain) assert.equal(top.confidence, 'certain', list(finding))
  for (const cause of expected.named ?? []) assert.ok(finding.causes.some(c => c.cause === cause), `${cause} among ${list(finding)}`)
  for (const cause of expected.notCertain ?? []) assert.ok(!finding.causes.some(c => c.cause === cause && c.confidence === 'certain'), list(finding))
  const { nextStep } = expected
  if (nextStep !== undefined) assert.ok(finding.nextStep?.command.includes(nextStep), `${nextStep} in ${finding.nextStep?.command}`)
}

function list(finding: Finding): string {
  return finding.causes.map(c => `${c.cause} (${c.confidence})`).join(', ')
}

describe('what has happened to others is named for what it was', () => {
  for (const name of names) {
    const expected: Expected & { minimal?: Partial<Expected> } = JSON.parse(read(name, 'expected.json'))
    it(`${name}: ${expected.about}`, () => check(diagnose(decodeReport(read(name, 'report.json'))), expected))

    const { minimal } = expected
    if (minimal === undefined) continue
    it(`${name}, from a report with the fields of the example only`, () => {
      const { certain: _, ...known } = expected
      check(diagnose(decodeReport(read(name, 'minimal.json'))), { ...known, ...minimal })
    })
  }
})
