import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { notices } from '../../src/diagnose/notices/index.ts'
import { remedyOf } from '../../src/diagnose/remedies.ts'
import { rules } from '../../src/diagnose/rules/index.ts'
import { type CauseCode, causeCodes } from '../../src/model/cause.ts'
import { symptomsOf } from './symptoms.ts'

describe('the catalogue of causes', () => {
  it('has a rule or a notice for every cause', () => {
    const judged = new Set<CauseCode>([...rules.map(r => r.cause), ...notices.map(n => n.cause)])
    assert.deepEqual(
      causeCodes.filter(c => !judged.has(c)),
      [],
    )
  })

  it('has one rule a cause', () => {
    const codes = rules.map(r => r.cause)
    assert.deepEqual(codes, [...new Set(codes)])
  })

  for (const rule of rules) {
    it(`knows how ${rule.cause} shows`, () => {
      assert.ok(rule.shows.length > 0)
      assert.deepEqual(rule.shows, [...new Set(rule.shows)])
    })
  }

  for (const code of causeCodes) it(`has a remedy for ${code}`, () => assert.ok(remedyOf(code)))

  it('leaves no symptom without a rule', () => {
    const shown = new Set(rules.flatMap(r => r.shows))
    assert.deepEqual(
      symptomsOf().filter(s => !shown.has(s)),
      [],
    )
  })
})
