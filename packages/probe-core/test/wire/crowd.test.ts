// No storms: what a run with many targets does at once.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { test } from 'node:test'
import type { DnsObservation } from '../../src/model/observation.ts'
import { makeDoors } from '../../src/observe/doors.ts'
import { makeNamesAsked } from '../../src/observe/names.ts'
import { makePace } from '../../src/observe/pace.ts'
import { makePlaces } from '../../src/observe/places.ts'
import { makeQueue } from '../../src/observe/queue.ts'
import { findFileLimit } from '../../src/probe/file-limit.ts'
import { startDeadline } from '../../src/time/deadline.ts'
import { makeContext } from './loopback.ts'

test('one server never has more than sixteen connections of a run, and all targets on it have their turn', async t => {
  let open = 0
  let most = 0
  const server = net.createServer(socket => void socket.resume())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const { port } = server.address() as net.AddressInfo
  const doors = makeDoors()
  const visits = Array.from({ length: 80 }, async () => {
    const door = await doors.enter('127.0.0.1', port)
    const socket = net.connect(port, '127.0.0.1')
    await once(socket, 'connect')
    door.opened()
    open += 1
    most = Math.max(most, open)
    await new Promise(resolve => setTimeout(resolve, 15))
    socket.destroy()
    await once(socket, 'close')
    open -= 1
    door.leave()
    return true
  })
  assert.equal((await Promise.all(visits)).filter(Boolean).length, 80)
  assert.equal(most, 16)
})

test('who hears nothing keeps no door shut, and who was answered keeps it until the end', async () => {
  const doors = makeDoors()
  const silent = await Promise.all(Array.from({ length: 16 }, () => doors.enter('192.0.2.1', 443)))
  const [further] = await Promise.all([doors.enter('192.0.2.1', 443), doors.enter('192.0.2.1', 80)])
  further.opened()
  for (const door of silent) door.leave()
  const inside = await Promise.all(Array.from({ length: 15 }, () => doors.enter('192.0.2.1', 443)))
  for (const door of inside) door.opened()
  let isIn = false
  const late = doors.enter('192.0.2.1', 443).then(door => {
    isIn = true
    return door
  })
  await new Promise(resolve => setTimeout(resolve, 150))
  assert.equal(isIn, false)
  further.leave()
  further.leave()
  await late
})

test('those who wait are let in by turns, thousands of them', async () => {
  const queue = makeQueue(3)
  const order: number[] = []
  let most = 0
  let inside = 0
  await Promise.all(
    Array.from({ length: 5000 }, async (_, at) => {
      await queue.enter()
      inside += 1
      most = Math.max(most, inside)
      order.push(at)
      await Promise.resolve()
      inside -= 1
      queue.leave()
    }),
  )
  assert.equal(most, 3)
  assert.deepEqual(
    order,
    Array.from({ length: 5000 }, (_, at) => at),
  )
  assert.ok(queue.isEmpty())
})

test('a place is given back by who fails, and by who only waits', async () => {
  const places = makePlaces(1)
  await assert.rejects(places.toBegin(() => Promise.reject(new Error('no'))))
  let isDone = false
  const waiting = places
    .toBegin(() => new Promise<void>(resolve => setTimeout(resolve, 400)))
    .then(() => {
      isDone = true
    })
  await places.toBegin(async () => {})
  assert.equal(isDone, false)
  await waiting
})

test('packets to a DNS server never exceed the pace, whatever they are for and however late the process is', async t => {
  const { deadline } = makeContext(t)
  const pace = makePace(deadline)
  const sent: number[] = []
  const send = (packets: number) => () => {
    for (let n = 0; n < packets; n += 1) sent.push(performance.now())
  }
  const all = [
    ...Array.from({ length: 150 }, () => pace.turn().then(send(2))),
    ...Array.from({ length: 100 }, () => pace.soon(1).then(send(1))),
    ...Array.from({ length: 10 }, () => pace.turn(8).then(send(8))),
  ]
  await new Promise(resolve => setTimeout(resolve, 20))
  // Held up for a while: what it could have sent meanwhile must not come at once.
  const until = performance.now() + 400
  while (performance.now() < until);
  await Promise.all(all)
  assert.equal(sent.length, 480)
  // Any window: what may go at once, and the pace for its length, with a packet or two for the clock's own grain.
  for (let from = 0; from < sent.length; from += 1)
    for (let to = from; to < sent.length; to += 20)
      assert.ok(to - from + 1 <= 200 + 0.6 * ((sent[to] ?? 0) - (sent[from] ?? 0)) + 8, `${from} to ${to}`)
})

test('what is under way is asked before what is new, and the end of the time lets all go', async () => {
  const deadline = startDeadline(60)
  const pace = makePace(deadline)
  await pace.turn(200)
  const order: string[] = []
  const asked = [pace.turn(6).then(() => order.push('new')), pace.soon(6).then(() => order.push('again'))]
  await Promise.all(asked)
  assert.deepEqual(order, ['again', 'new'])
  await Promise.all(Array.from({ length: 5000 }, () => pace.turn()))
  assert.ok(deadline.spent())
})

test('a name is asked for once, however many want it', async () => {
  const names = makeNamesAsked()
  let asked = 0
  const answer = { layer: 'dns', outcome: 'silent', waitedMs: 1 } as DnsObservation
  const ask = () => {
    asked += 1
    return { begun: Promise.resolve(), answer: Promise.resolve(answer) }
  }
  const answers = await Promise.all(Array.from({ length: 50 }, () => names.once('a.example', ask).answer))
  assert.equal(asked, 1)
  assert.ok(answers.every(each => each === answer))
  names.once('b.example', ask)
  assert.equal(asked, 2)
  assert.equal(await names.once('a.example', ask).answer, answer)
  assert.equal(asked, 2)
  names.forget('a.example')
  names.once('a.example', ask)
  assert.equal(asked, 3)
})

test('the limit of open files is read as the kernel tells it', () => {
  const limits = `Limit                     Soft Limit           Hard Limit           Units
Max cpu time              unlimited            unlimited            seconds
Max open files            1024                 4096                 files
Max locked memory         8388608              8388608              bytes
`
  assert.equal(findFileLimit(limits), 1024)
  assert.equal(findFileLimit(limits.replace('1024  ', 'unlimited')), undefined)
  assert.equal(findFileLimit(undefined), undefined)
})
