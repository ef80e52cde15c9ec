import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { findTimes } from '../../src/confirm/state/schedule-times.ts'

/** A Monday. */
const now = Date.parse('2026-11-23T10:00:00Z')

type Row = readonly [expression: string, timeZone: string | undefined, nextAt: string | undefined, lastAt?: string]

const rows: readonly Row[] = [
  // EC2 Auto Scaling: five fields, days of the week from 0 = Sunday.
  ['0 18 * * *', 'Asia/Tokyo', '2026-11-24T09:00:00Z', '2026-11-23T09:00:00Z'],
  ['0 22 * * 1-5', undefined, '2026-11-23T22:00:00Z', '2026-11-20T22:00:00Z'],
  ['0 0 * * 0', 'UTC', '2026-11-29T00:00:00Z', '2026-11-22T00:00:00Z'],
  // Either the day of the month or that of the week.
  ['0 9 1 * MON', 'UTC', '2026-11-30T09:00:00Z', '2026-11-23T09:00:00Z'],
  // Application Auto Scaling: six fields, days of the week from 1 = Sunday.
  ['cron(0 7 ? * MON-FRI *)', 'Asia/Tokyo', '2026-11-23T22:00:00Z', '2026-11-22T22:00:00Z'],
  ['cron(0 18 ? * 2-6 *)', 'UTC', '2026-11-23T18:00:00Z', '2026-11-20T18:00:00Z'],
  ['cron(0 0 ? * 1 *)', 'UTC', '2026-11-29T00:00:00Z', '2026-11-22T00:00:00Z'],
  ['cron(0 0 ? * L *)', 'UTC', '2026-11-28T00:00:00Z', '2026-11-21T00:00:00Z'],
  ['cron(0 9 ? * 6#3 *)', 'UTC', '2026-12-18T09:00:00Z', '2026-11-20T09:00:00Z'],
  ['cron(0 9 ? * 6L *)', 'UTC', '2026-11-27T09:00:00Z', '2026-10-30T09:00:00Z'],
  ['cron(0 0 L * ? *)', 'UTC', '2026-11-30T00:00:00Z', '2026-10-31T00:00:00Z'],
  ['cron(0 9 3W * ? *)', 'UTC', '2026-12-03T09:00:00Z', '2026-11-03T09:00:00Z'],
  ['cron(0/15 * * * ? *)', 'UTC', '2026-11-23T10:15:00Z', '2026-11-23T09:45:00Z'],
  ['cron(5/20 9,12 * * ? *)', 'UTC', '2026-11-23T12:05:00Z', '2026-11-23T09:45:00Z'],
  ['cron(0 10 1 1 ? 2030)', 'UTC', '2030-01-01T10:00:00Z'],
  ['cron(0 10 1 1 ? 2020)', 'UTC', undefined, '2020-01-01T10:00:00Z'],
  ['cron(0 9 31 2 ? *)', 'UTC', undefined],
  // The clocks go from 02:00 to 03:00 on 14 March 2027.
  ['cron(30 8 14 3 ? 2027)', 'America/New_York', '2027-03-14T12:30:00Z'],
  ['at(2026-11-24T07:30:00)', 'Asia/Tokyo', '2026-11-23T22:30:00Z'],
  ['at(2026-11-24T07:30)', undefined, '2026-11-24T07:30:00Z'],
  ['at(2026-11-01T00:00:00)', 'UTC', undefined, '2026-11-01T00:00:00Z'],
  // What is no expression has no times.
  ['cron(0 7 * * *)', 'UTC', undefined],
  ['cron(61 7 ? * MON *)', 'UTC', undefined],
  ['0 18 * * * *', 'UTC', undefined],
  ['rate(5 minutes)', 'UTC', undefined],
  ['every day', 'UTC', undefined],
  ['0 18 * * *', 'Mars/Olympus', undefined],
  ['at(tomorrow)', 'UTC', undefined],
  ['', 'UTC', undefined],
]

describe('the next occurrence of a schedule', () => {
  for (const [expression, timeZone, nextAt, lastAt] of rows)
    it(`${expression || 'nothing'} (${timeZone ?? 'no time zone'}) is ${nextAt ?? 'never'}`, async () => {
      const times = await findTimes({ expression, timeZone, from: undefined, until: undefined }, now)
      assert.deepEqual(times, { ...(nextAt && { nextAt }), ...(lastAt && { lastAt }) })
    })

  it('of a rate is counted from its beginning', async () => {
    const times = (expression: string, from: string) =>
      findTimes({ expression, timeZone: undefined, from, until: undefined }, now)
    assert.deepEqual(await times('rate(6 hours)', '2026-11-22T09:00:00Z'), {
      nextAt: '2026-11-23T15:00:00Z',
      lastAt: '2026-11-23T09:00:00Z',
    })
    assert.deepEqual(await times('rate(1 day)', '2026-11-25T00:00:00Z'), { nextAt: '2026-11-25T00:00:00Z' })
    assert.deepEqual(await times('rate(0 minutes)', '2026-11-22T09:00:00Z'), {})
    assert.deepEqual(await times('rate(1 month)', '2026-11-22T09:00:00Z'), {})
  })

  it('is its start while that is to come, and none after its end', async () => {
    const daily = { expression: '0 18 * * *', timeZone: 'UTC' }
    assert.deepEqual(await findTimes({ ...daily, from: '2026-12-01T00:00:00Z', until: undefined }, now), {
      nextAt: '2026-12-01T00:00:00Z',
    })
    assert.deepEqual(await findTimes({ ...daily, from: undefined, until: '2026-11-23T12:00:00Z' }, now), {
      lastAt: '2026-11-22T18:00:00Z',
    })
    assert.deepEqual(
      await findTimes({ expression: undefined, timeZone: undefined, from: '2026-11-24T00:00:00Z', until: undefined }, now),
      {
        nextAt: '2026-11-24T00:00:00Z',
      },
    )
  })

  it('of garbage is none, and never a throw', async () => {
    const garbage = fc.oneof(
      fc.string(),
      fc.string().map(s => `cron(${s})`),
      fc.string().map(s => `at(${s})`),
      fc.string().map(s => `rate(${s})`),
      fc
        .array(fc.constantFrom('*', '?', 'L', 'W', '#', '/', '1', '99', '-', ','), { maxLength: 12 })
        .map(a => `cron(${a.join(' ')})`),
    )
    await fc.assert(
      fc.asyncProperty(garbage, fc.string(), async (expression, timeZone) => {
        await findTimes({ expression, timeZone, from: undefined, until: undefined }, now)
      }),
      { numRuns: 300 },
    )
  })
})
