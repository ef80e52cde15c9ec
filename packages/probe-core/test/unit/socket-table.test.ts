// The kernel's socket tables, as real kernels printed them, and as no kernel ever would.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readSocketLine, stateOfLine } from '../../src/probe/sockets/socket-table.ts'
import { findHang, unansweredAtLeastMs } from '../../src/probe/sockets/unanswered.ts'

const head =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     '
const lines = {
  connecting:
    '   1: 0100080A:B116 0200080A:01BB 02 00000001:00000000 01:00000164 00000006  1000        0 2329896 2 0000000026079ece 400 0 0 1 -1                   ',
  retransmitting:
    '   2: 0100007F:E936 0100007F:1538 01 00000005:00000000 01:00000016 00000004     0        0 2337886 2 0000000040f60184 326 0 0 1 -1                   ',
  windowClosed:
    '   4: 0100007F:C148 0100007F:1770 01 0039B600:00000000 04:00000009 00000000     0        0 2337889 2 00000000b76107c1 20 0 0 16 -1                   ',
  waiting:
    '   3: 0100007F:1538 0100007F:E936 01 00000000:00000000 00:00000000 00000000     0        0 2337887 1 00000000908ac14b 20 0 0 10 -1                   ',
  listening:
    '   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2337885 1 00000000b8fbf523 100 0 0 10 0                   ',
  timeWait:
    '   1: 0100007F:1538 0100007F:C2DC 06 00000000:00000000 03:00001518 00000000     0        0 0 3 000000005e0b40ad                                      ',
  orphan:
    '   2: 0100007F:E936 0100007F:1538 04 00000005:00000000 01:00000016 00000004     0        0 0 2 0000000040f60184 326 0 0 1 -1                   ',
  mapped:
    '   0: 0000000000000000FFFF00000100080A:AB3C 0000000000000000FFFF00000200080A:20FB 02 00000001:00000000 01:0000006D 00000005     0        0 2365894 2 0000000010ed525e 200 0 0 1 -1',
  six: '   1: 010000FD000000000000000001000000:C9F4 010000FD000000000000000002000000:01BB 02 00000001:00000000 01:0000006D 00000005     0        0 2365893 2 000000004e61c94c 200 0 0 1 -1',
  udp: ' 4829: 010000FD000000000000000001000000:AC38 010000FD000000000000000002000000:0035 01 00000000:00000000 00:00000000 00000000     0        0 2365895 2 00000000592683e5 0',
}
const read = (name: keyof typeof lines) => {
  const row = readSocketLine(lines[name], name === 'udp' ? 'udp' : 'tcp', true)
  assert.ok(row !== undefined, name)
  return row
}

test('a line of the table is read whole: both ends, queues, timer, user and inode', () => {
  assert.deepEqual(read('connecting'), {
    protocol: 'tcp',
    local: { address: '10.8.0.1', port: 45_334 },
    remote: { address: '10.8.0.2', port: 443 },
    state: 2,
    queuedBytes: 1,
    unreadBytes: 0,
    timer: 1,
    timerMs: 3560,
    retransmits: 6,
    probes: 0,
    uid: 1000,
    inode: 2_329_896,
    timeoutMs: 4000,
  })
  assert.deepEqual(read('udp').remote, { address: 'fd00:1::2', port: 53 })
})

test('IPv6 is read by its words, and IPv4 in its clothes is IPv4', () => {
  assert.deepEqual(read('six').local, { address: 'fd00:1::1', port: 51_700 })
  assert.deepEqual(read('six').remote, { address: 'fd00:1::2', port: 443 })
  assert.deepEqual(read('mapped').remote, { address: '10.8.0.2', port: 8443 })
})

test('a machine of the other byte order prints the same address the other way round', () => {
  const swapped = lines.connecting.replaceAll(/([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})(?=:\w{4} )/g, '$4$3$2$1')
  assert.notEqual(swapped, lines.connecting)
  assert.deepEqual(readSocketLine(swapped, 'tcp', false)?.remote, { address: '10.8.0.2', port: 443 })
})

test('the state alone is read as in the whole line, and no heading has one', () => {
  assert.equal(stateOfLine(head), -1)
  assert.equal(readSocketLine(head, 'tcp', true), undefined)
  for (const name of Object.keys(lines) as (keyof typeof lines)[]) assert.equal(stateOfLine(lines[name]), read(name).state, name)
})

test('what hangs is told by how it hangs, and a connection that may only wait is none', () => {
  assert.equal(findHang(read('connecting')), 'connecting')
  assert.equal(findHang(read('retransmitting')), 'retransmitting')
  assert.equal(findHang(read('windowClosed')), 'window-closed')
  assert.equal(findHang(read('udp')), 'dns-question')
  for (const name of ['waiting', 'listening', 'timeWait', 'orphan'] as const) assert.equal(findHang(read(name)), undefined, name)
})

test('a far side that confirms no probe either is as silent as one that confirms no data', () => {
  assert.equal(findHang({ ...read('windowClosed'), probes: 1 }), 'window-closed')
  assert.equal(findHang({ ...read('windowClosed'), probes: 2 }), 'retransmitting')
  assert.equal(findHang({ ...read('windowClosed'), queuedBytes: 0 }), undefined)
})

test('an answer that has come and is not yet read is no open question, nor is another port', () => {
  assert.equal(findHang({ ...read('udp'), unreadBytes: 120 }), undefined)
  assert.equal(findHang({ ...read('udp'), remote: { address: '10.0.0.2', port: 123 } }), undefined)
})

/** What one socket showed, every half second after connect(), on a kernel that repeats the first timeout four times. */
const recorded: readonly (readonly [afterMs: number, timerTicks: number, retransmits: number, timeoutTicks: number])[] = [
  [500, 0x31, 0, 100],
  [1500, 0x32, 1, 100],
  [2500, 0x34, 2, 100],
  [3500, 0x35, 3, 100],
  [4500, 0x37, 4, 100],
  [5500, 0x9d, 5, 200],
  [7000, 0x06, 5, 200],
  [7500, 0x164, 6, 400],
  [10_000, 0x68, 6, 400],
]

test('the timers tell how long a connect hangs, never too long, and within a fifth of a second', () => {
  for (const [afterMs, ticks, retransmits, timeoutTicks] of recorded) {
    const row = { ...read('connecting'), timerMs: ticks * 10, retransmits, timeoutMs: timeoutTicks * 10 }
    const told = unansweredAtLeastMs(row)
    assert.ok(told <= afterMs + 20 && told >= afterMs - 200, `${told} ms told after ${afterMs} ms`)
  }
})

test('a kernel that doubles from the first timeout on is told right as well', () => {
  // 1 + 2 + 4 s have passed, and half of the fourth timeout of 8 s.
  const row = { ...read('connecting'), retransmits: 3, timeoutMs: 8000, timerMs: 4000 }
  assert.equal(unansweredAtLeastMs(row), 11_000)
})

test('timers that are not retransmissions, or say nothing, tell no time', () => {
  assert.equal(unansweredAtLeastMs(read('windowClosed')), 0)
  const { timeoutMs: _, ...untold } = read('connecting')
  assert.equal(unansweredAtLeastMs(untold), 0)
  // A timer that is further away than its own timeout can be nothing but a lie.
  assert.ok(unansweredAtLeastMs({ ...read('connecting'), timerMs: 1e9, retransmits: 0 }) >= 0)
  assert.ok(unansweredAtLeastMs({ ...read('connecting'), retransmits: 0xffffffff }) < 100 * 4000)
})

test('no text makes the reader throw or hang, and what it returns is in range', () => {
  const bytes = '0123456789ABCDEFabcdef: \t.-'
  const text = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.string({ unit: fc.constantFrom(...bytes), maxLength: 400 }),
    fc
      .tuple(fc.constantFrom(...Object.values(lines)), fc.nat(160), fc.string({ maxLength: 6 }))
      .map(([line, at, put]) => line.slice(0, at) + put + line.slice(at + put.length)),
  )
  fc.assert(
    fc.property(text, fc.boolean(), (line, isLittleEndian) => {
      stateOfLine(line)
      const row = readSocketLine(line, 'tcp', isLittleEndian)
      if (row === undefined) return
      assert.ok(row.remote.port >= 0 && row.remote.port <= 65_535)
      for (const number of [row.state, row.queuedBytes, row.timer, row.timerMs, row.retransmits, row.uid, row.inode])
        assert.ok(Number.isFinite(number) && number >= 0)
      findHang(row)
      const told = unansweredAtLeastMs(row)
      assert.ok(Number.isFinite(told) && told >= 0)
    }),
    { numRuns: 3000 },
  )
  const startedAt = performance.now()
  readSocketLine(`0: ${'0'.repeat(1_000_000)}`, 'tcp', true)
  readSocketLine(' '.repeat(1_000_000), 'tcp', true)
  stateOfLine(`${'0: '.repeat(300_000)}`)
  assert.ok(performance.now() - startedAt < 5000)
})
