import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startDeadline } from '../../src/time/deadline.ts'

test('a part of a deadline ends with the whole, and a wait that it cut says so', async () => {
  const whole = startDeadline(20)
  const part = whole.sub(60_000)
  assert.equal(await part.wait(60_000), false)
  assert.ok(part.spent() && whole.spent())
  assert.equal(part.remainingMs(), 0)
})

test('a caller who gives up spends the deadline at once, even before it began', () => {
  const caller = new AbortController()
  const deadline = startDeadline(60_000, caller.signal)
  assert.equal(deadline.spent(), false)
  caller.abort()
  assert.ok(deadline.spent() && deadline.signal.aborted)
  assert.ok(startDeadline(60_000, caller.signal).spent())
})

test('hundreds of waits at once raise no warning', async t => {
  const warnings: Error[] = []
  const listen = (warning: Error) => warnings.push(warning)
  process.on('warning', listen)
  t.after(() => process.off('warning', listen))
  const deadline = startDeadline(60_000)
  const parts = Array.from({ length: 300 }, () => deadline.sub(60_000))
  // Node emits warnings on the next tick.
  await new Promise(resolve => setImmediate(resolve))
  for (const part of [...parts, deadline]) part.dispose()
  assert.deepEqual(warnings, [])
})

test('work is waited for until the end and no longer; how it fails later is nobody’s concern, and before that it is told', async () => {
  const deadline = startDeadline(60_000)
  assert.equal(await deadline.until(Promise.resolve('done')), 'done')
  await assert.rejects(deadline.until(Promise.reject(new Error('ours'))), /ours/)
  let fail = (_: Error) => {}
  const waited = deadline.until(
    new Promise<string>((_, reject) => {
      fail = reject
    }),
  )
  const over = new AbortController()
  const other = startDeadline(60_000, over.signal)
  const cut = other.until(new Promise<string>(() => {}))
  over.abort()
  assert.equal(await cut, undefined)
  assert.equal(await other.until(Promise.resolve('done')), undefined)
  assert.equal(await other.until(Promise.reject(new Error('late'))), undefined)
  assert.equal(await deadline.until(new Promise<string>(() => {}), 5), undefined)
  const late = deadline.until(new Promise<string>((_, reject) => setTimeout(() => reject(new Error('late')), 20)), 5)
  assert.equal(await late, undefined)
  const timers = () => process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length
  const before = timers()
  assert.equal(await deadline.until(Promise.resolve('in time'), 60_000), 'in time')
  assert.equal(timers(), before)
  fail(new Error('of the work'))
  await assert.rejects(waited, /of the work/)
  deadline.dispose()
})
