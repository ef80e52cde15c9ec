import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../../src/model/report.ts'
import { encodeReport, encodeReportInParts } from '../../src/report/encode.ts'

const odd = {
  format: 'eniprobe/1',
  run: { empty: [], none: {}, left: undefined, deep: { list: [1, [2, { a: 'x\ny' }]] } },
  vantage: null,
  targets: Array.from({ length: 50 }, (_, at) => ({
    id: `t${at}`,
    observations: [{ seen: { text: 'a\n"b"\u2028' } }],
    not: undefined,
  })),
  controlPlane: { calls: [] },
  findings: [
    { id: 'f1', causes: [{ cause: 'x', evidence: [{ says: 's', phrase: { parts: { a: 1 } } }, undefined], against: [] }] },
  ],
  unexplained: ['t1', 't\n2'],
  why: { errors: [] },
} as unknown as Report

test('a report written piece by piece is the very text of one written whole, in the order of the contract', () => {
  assert.equal(encodeReport(odd), `${JSON.stringify(odd, null, 2)}\n`)
})

test('no piece of a report grows with the number of its targets, nor with the evidence of a finding', () => {
  const evidence = Array.from({ length: 5000 }, () => ({ target: 't1', layer: 'tcp', says: 'x'.repeat(100) }))
  const findings = [{ id: 'f1', causes: [{ cause: 'x', evidence, against: evidence }] }]
  const targets = Array.from({ length: 5000 }, (_, at) => ({ id: `t${at}`, observations: [{ seen: { text: 'y'.repeat(100) } }] }))
  const pieces = [...encodeReportInParts({ ...odd, targets, findings } as unknown as Report)]
  assert.ok(Math.max(...pieces.map(({ length }) => length)) < 1000)
})
