import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listAllConnections, type Seen } from '../../src/observe/stuck/connections.ts'

/** No process of any machine has it. */
const nobodysInode = 2 ** 52

function hanging(inode: number): Seen {
  const row = {
    protocol: 'tcp',
    local: { address: '10.20.1.10', port: 40_001 },
    remote: { address: '10.20.1.21', port: 443 },
    state: 2,
    queuedBytes: 1,
    unreadBytes: 0,
    timer: 1,
    timerMs: 800,
    retransmits: 2,
    probes: 0,
    uid: 0,
    inode,
  } as const
  return { sighting: { kind: 'connecting', row, firstSeenMs: 0, atLeastMs: 3000 } }
}

test('a socket without a holder that is still there a moment later is told, with what is not known of it', async () => {
  const [told, ...more] = await listAllConnections([hanging(nobodysInode)], process.pid, async () => new Set([nobodysInode]))
  assert.deepEqual([told?.address, told?.process, told?.processUnknown], ['10.20.1.21', null, 'not-found'])
  assert.deepEqual(more, [])
})

test('one that is gone by then ended with the process that held it, and hangs no more', async () => {
  assert.deepEqual(await listAllConnections([hanging(nobodysInode)], process.pid, async () => new Set()), [])
})
