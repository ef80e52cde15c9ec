import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { DnsObservation } from '../../src/model/observation.ts'
import { makeHearing } from '../../src/observe/hearing.ts'
import { makePace } from '../../src/observe/pace.ts'
import { makeContext } from './loopback.ts'

function asking(t: TestContext) {
  const context = makeContext(t)
  return { ...context, connectTimeoutMs: 3000, questions: makePace(context.deadline) }
}

function answered(
  durationMs: number,
  seen: Partial<Extract<DnsObservation, { outcome: 'answered' }>['seen']> = {},
): DnsObservation {
  const all = { addresses: ['192.0.2.1'], resolver: '192.0.2.53', a: 'NOERROR', aaaa: 'NODATA', tries: 1, ...seen }
  return { layer: 'dns', outcome: 'answered', startMs: 0, durationMs, seen: all }
}
const rejected = (code: string): DnsObservation => ({
  layer: 'dns',
  outcome: 'rejected',
  startMs: 0,
  durationMs: 5,
  code,
  seen: { resolver: '192.0.2.53', tries: 1 },
})

test('the yardstick is a multiple of the slowest answer so far', async t => {
  const hearing = makeHearing(asking(t))
  assert.equal(hearing.quietMs(), undefined, 'nobody has answered yet')
  await hearing.lookUp(Promise.resolve(answered(5)))
  await hearing.lookUp(Promise.resolve(answered(80)))
  await hearing.lookUp(Promise.resolve(answered(2)))
  assert.equal(hearing.quietMs(), 320)
  assert.equal(hearing.isCalm(), true)
})

test('an rcode is an answer, an errno and the hosts file are none', async t => {
  const hearing = makeHearing(asking(t))
  await hearing.lookUp(Promise.resolve(rejected('ECONNREFUSED')))
  await hearing.lookUp(Promise.resolve(answered(0, { resolver: 'hosts-file' })))
  assert.equal(hearing.quietMs(), undefined)
  await hearing.lookUp(Promise.resolve(rejected('NXDOMAIN')))
  assert.equal(hearing.quietMs(), 20)
})

const signsOfLoss: Readonly<Record<string, DnsObservation>> = {
  'a lookup that needed a second try': answered(1003, { tries: 2 }),
  'a lookup of which half was answered': answered(5, { aaaa: 'silent' }),
  'a lookup that nobody answered': {
    layer: 'dns',
    outcome: 'silent',
    startMs: 0,
    durationMs: 3000,
    waitedMs: 3000,
    seen: { resolver: '192.0.2.53' },
  },
}
for (const [sign, observation] of Object.entries(signsOfLoss)) {
  test(`${sign} is a sign of loss, after which every silence is waited for in full`, async t => {
    const hearing = makeHearing(asking(t))
    await hearing.lookUp(Promise.resolve(answered(5)))
    await hearing.lookUp(Promise.resolve(observation))
    await hearing.lookUp(Promise.resolve(answered(5)))
    assert.equal(hearing.quietMs(), undefined)
    assert.equal(hearing.isCalm(), false)
  })
}

test('a lookup that is still not answered after a while is a sign of loss while it lasts', async t => {
  const hearing = makeHearing(asking(t))
  await hearing.lookUp(Promise.resolve(answered(5)))
  let end = (_: DnsObservation) => {}
  const late = hearing.lookUp(new Promise(resolve => (end = resolve)))
  assert.equal(hearing.quietMs(), 20)
  await new Promise(resolve => setTimeout(resolve, 1000))
  assert.equal(hearing.quietMs(), undefined)
  end(answered(1000))
  await late
  assert.equal(hearing.quietMs(), 4000, 'a slow server is a slow network, and no loss')
})

test('once a peer has answered over TCP, silence stands out and is waited for', async t => {
  const hearing = makeHearing(asking(t))
  await hearing.lookUp(Promise.resolve(answered(5)))
  hearing.peerAnswered()
  assert.equal(hearing.quietMs(), undefined)
  assert.equal(hearing.isCalm(), true)
})

test('a run about silence itself waits for every one', async t => {
  const hearing = makeHearing(asking(t), true)
  await hearing.lookUp(Promise.resolve(answered(5)))
  assert.equal(hearing.quietMs(), undefined)
})

test('nobody is heard where nobody has answered yet, and nobody is asked', async t => {
  assert.equal(await makeHearing(asking(t)).stillHears(), false)
})

test('sockets beside those that every target has are given while there are some, and again when they come back', async t => {
  const hearing = makeHearing(asking(t))
  let taken = 0
  while (taken < 10_000_000 && hearing.take(5)) taken += 5
  assert.ok(taken > 0 && taken < 10_000_000)
  assert.equal(hearing.take(5), false)
  hearing.giveBack(5)
  assert.equal(hearing.take(5), true)
})

test('where the DNS server and the VPC’s own resolver place a name differently, every silence is heard out', async t => {
  const beside = (seen: Parameters<typeof answered>[1]): DnsObservation => ({ ...answered(5, seen), variant: 'vpc-resolver' })
  const same = makeHearing(asking(t))
  await same.lookUp(Promise.resolve(answered(5, { name: 'a.example', scope: 'public' })))
  await same.lookUp(Promise.resolve(beside({ name: 'a.example', scope: 'public', addresses: ['192.0.2.9'] })))
  await same.lookUp(Promise.resolve(beside({ name: 'b.example', scope: 'private' })))
  assert.equal(same.quietMs(), 20)
  const divided = makeHearing(asking(t))
  await divided.lookUp(Promise.resolve(beside({ name: 'a.example', scope: 'private' })))
  assert.equal(divided.quietMs(), 20)
  await divided.lookUp(Promise.resolve(answered(5, { name: 'a.example', scope: 'public' })))
  assert.equal(divided.quietMs(), undefined)
  assert.equal(divided.isCalm(), true)
})
