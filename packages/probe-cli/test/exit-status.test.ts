import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeReport, type Finding, type Report, type Verdict } from '@eniprobe/core'
import { exitStatusOf } from '../src/exit-status.ts'

function reportOf(verdicts: Verdict[], severities: Finding['severity'][], unexplained: string[] = []): Report {
  const finding = (severity: string, index: number) => ({
    id: `f${index}`,
    severity,
    targets: [`t${index}`],
    causes: [{ cause: 'path-flaky', confidence: 'likely', evidence: [], against: [] }],
    fix: { summary: '', steps: [], snippets: {}, docs: '' },
    nextStep: null,
  })
  return decodeReport(
    JSON.stringify({
      format: 'eniprobe/1',
      targets: verdicts.map((verdict, index) => ({ id: `t${index}`, host: 'h', verdict, observations: [] })),
      findings: severities.map(finding),
      unexplained,
    }),
  )
}

test('the exit status is 0 only when everything is healthy or merely warned about', () => {
  const table: [Report, number, string][] = [
    [reportOf(['healthy', 'healthy'], []), 0, 'all healthy'],
    [reportOf([], []), 0, 'nothing to look at'],
    [reportOf(['healthy'], ['warning']), 0, 'a warning on a healthy target'],
    [reportOf(['denied'], ['warning']), 0, 'a warning on a denied target'],
    [reportOf(['failing'], ['error']), 1, 'an error'],
    [reportOf(['healthy'], ['error']), 1, 'an error on a healthy target (a leak)'],
    [reportOf(['failing'], [], ['t0']), 1, 'a failure without an explanation'],
    [reportOf(['healthy', 'unknown'], []), 1, 'a target nobody could judge'],
  ]
  for (const [report, status, why] of table) assert.equal(exitStatusOf(report), status, why)
})
