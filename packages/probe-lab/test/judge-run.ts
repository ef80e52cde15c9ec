// What every run of the CLI in the lab owes: a report that validates and diagnoses the same again, an exit status that fits
// it, nothing on standard error, nothing unexplained, and never a wrong `certain`.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { decodeReport, diagnose, type Finding, type Report } from '@eniprobe/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { cliPath, type EniprobeRun } from '../src/world/vpc.ts'

const schema = new URL('../schema/eniprobe-1.schema.json', `file://${cliPath()}`)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(schema, 'utf8')))

/** The report of a run that came to its end. */
export function judgeRun(ran: EniprobeRun): Report {
  assert.equal(ran.stderr, '')
  const report = readReport(ran)
  assert.ok(report.run.complete)
  assert.equal(ran.status, report.findings.some(({ severity }) => severity === 'error') ? 1 : 0, told(report.findings))
  assert.deepEqual(report.unexplained, [])
  return report
}

/** What a report owes however its run ended. */
export function readReport(ran: EniprobeRun): Report {
  assert.ok(ran.report, `no report: ${ran.stderr}`)
  assert.ok(validate(ran.report), JSON.stringify(validate.errors))
  const report = decodeReport(ran.stdout)
  assert.deepEqual(diagnose(report).findings, report.findings)
  return report
}

/** `isTrue`: causes that stand. Whatever else is named may be a suspicion, never certain. */
export function assertNoWrongCertain(report: Report, isTrue: readonly string[]): void {
  const wrong = report.findings
    .flatMap(finding => finding.causes)
    .filter(({ cause, confidence }) => confidence === 'certain' && !isTrue.includes(cause))
  assert.deepEqual(
    wrong.map(({ cause }) => cause),
    [],
    told(report.findings),
  )
}

export function told(findings: readonly Finding[]): string {
  return findings
    .map(({ targets, causes }) => `[${targets.join(' ')}: ${causes.map(one => `${one.cause} ${one.confidence}`).join(', ')}]`)
    .join(' ')
}

/** What was observed beside the plain climbs, each kind once. */
export function variantsOf(report: Report): readonly string[] {
  return [...new Set(report.targets.flatMap(t => t.observations).flatMap(o => (o.variant ? `${o.layer} ${o.variant}` : [])))]
}
