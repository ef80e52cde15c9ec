import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProbeUsageError } from '../../src/model/usage-error.ts'
import { readDuration } from '../../src/plan/durations.ts'

test('durations are read in the unit they are written in', () => {
  const table: [string, number][] = [
    ['15s', 15_000],
    ['500ms', 500],
    ['2m', 120_000],
    ['1.5s', 1500],
    ['1h', 3_600_000],
    ['0.001s', 1],
  ]
  for (const [text, expected] of table) assert.equal(readDuration(text, '--deadline'), expected, text)
})

test('what is no duration is refused with its option and a mend', () => {
  const table: [string, RegExp][] = [
    ['3', /add a unit: 3s for seconds/],
    ['0', /at least 1ms/],
    ['0s', /at least 1ms/],
    ['0.4ms', /at least 1ms/],
    ['-1s', /write a number and a unit/],
    ['', /write a number and a unit/],
    ['1d', /write a number and a unit/],
    ['1e3s', /write a number and a unit/],
    ['Infinitys', /write a number and a unit/],
    ['999h', /24 days or less/],
  ]
  for (const [text, hint] of table) {
    assert.throws(
      () => readDuration(text, '--deadline'),
      error =>
        error instanceof ProbeUsageError &&
        error.code === 'bad-duration' &&
        /--deadline/.test(error.message) &&
        hint.test(error.hint),
      text,
    )
  }
})
