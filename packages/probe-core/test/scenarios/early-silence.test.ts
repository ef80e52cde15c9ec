// Every recorded report once more, as if its silences had been called before the connect timeout.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ObservedReport, Report } from '../../src/model/report.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { encodeReport } from '../../src/report/encode.ts'

const folder = new URL('../../../test/scenarios/', import.meta.url)
const reports = readdirSync(folder)
  .map(name => new URL(`${name}/report.json`, folder))
  .filter(file => existsSync(file))
  .map(file => decodeReport(readFileSync(file, 'utf8')))

const isSilence = (o: Observation) => o.layer === 'tcp' && o.outcome === 'silent' && o.variant === undefined && o.via === undefined

function calledEarly(report: Report): ObservedReport {
  const targets = report.targets.map(target => ({
    ...target,
    observations: target.observations.map(o => (isSilence(o) ? ({ ...o, waitedMs: 1500, early: true } as Observation) : o)),
  }))
  return { ...report, targets }
}

const isCertain = (finding: Report['findings'][number]) => finding.causes[0]?.confidence === 'certain'

test('a silence called early changes how sure a finding is and never what it says', () => {
  let lessSure = 0
  for (const report of reports) {
    const whole = diagnose(report)
    const early = diagnose(calledEarly(report))
    const causes = ({ findings }: Report) => findings.map(f => [f.severity, f.targets, f.causes.map(c => c.cause)])
    assert.deepEqual(causes(early), causes(whole))
    assert.deepEqual(
      early.targets.map(t => t.verdict),
      whole.targets.map(t => t.verdict),
    )
    for (const [index, finding] of early.findings.entries()) {
      const before = whole.findings[index]
      assert.ok(before)
      const silent = report.targets.filter(t => finding.targets.includes(t.id) && t.observations.some(isSilence))
      if (isCertain(finding)) {
        const isTold = report.controlPlane !== undefined
        assert.ok(silent.length === 0 || isTold, `certain by a silence that was called early: ${finding.causes[0]?.cause}`)
      }
      if (isCertain(before) && !isCertain(finding)) {
        lessSure += 1
        assert.ok(silent.length > 0)
        assert.ok(finding.nextStep?.command, 'who is not certain says what would tell')
      }
    }
  }
  assert.ok(lessSure > 0, 'some recorded finding is certain by silence')
})

test('a report that holds early silences diagnoses the same when it was saved', () => {
  for (const report of reports) {
    const live = diagnose(calledEarly(report))
    assert.deepEqual(diagnose(decodeReport(encodeReport(live))), live)
  }
})
