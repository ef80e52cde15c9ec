import assert from 'node:assert/strict'
import net from 'node:net'
import { type TestContext, test } from 'node:test'
import type { Hearing } from '../../src/probe/early-silence.ts'
import { probeTcp } from '../../src/probe/tcp.ts'
import { closedPort, listen, makeContext, silentMs } from './loopback.ts'

/** A listening port of 127.0.0.1 that drops every further SYN: its queue of unaccepted connections is full. */
async function silentPort(t: TestContext): Promise<number | undefined> {
  const { spawn } = await import('node:child_process')
  // Node accepts as soon as it can, so another process holds the listening socket and stops itself
  // in the very turn in which it tells its port (writing to a pipe is synchronous): it never accepts.
  const script = `const s=require('net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},()=>{process.stdout.write(String(s.address().port));process.kill(process.pid,'SIGSTOP')})`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  t.after(() => child.kill('SIGKILL'))
  const port = await new Promise<number>(resolve => child.stdout.once('data', data => resolve(Number(data))))
  // Fill the queue until a connection stays without an answer.
  for (let filled = 0; filled < 16; filled++) {
    const { observation, socket } = await probeTcp({ address: '127.0.0.1', port }, { ...makeContext(t, silentMs), tries: 1 })
    if (socket) t.after(() => socket.destroy())
    else return observation.outcome === 'silent' ? port : undefined
  }
  return undefined
}

test('an open port is answered with the socket for the layer above', async t => {
  const port = await listen(t, socket => socket.end('hello'))
  const { observation, socket } = await probeTcp({ address: '127.0.0.1', port, host: 'localhost' }, makeContext(t))
  assert.equal(observation.outcome, 'answered')
  assert.ok(socket)
  assert.equal(socket.remotePort, port)
  assert.equal(observation.outcome === 'answered' && observation.seen.localPort, socket.localPort)
  const text = await new Promise(resolve => socket.once('data', data => resolve(String(data))))
  assert.equal(text, 'hello')
  socket.destroy()
})

test('a closed port is rejected with ECONNREFUSED at the first try', async t => {
  const { observation, socket } = await probeTcp({ address: '127.0.0.1', port: await closedPort() }, makeContext(t))
  assert.equal(observation.outcome === 'rejected' && observation.code, 'ECONNREFUSED')
  assert.equal(observation.outcome === 'rejected' && observation.seen?.tries, 1)
  assert.equal(socket, undefined)
})

test('a silence is tried from three sockets within one timeout, and raises one suspicion', async t => {
  const port = await silentPort(t)
  if (port === undefined) return t.skip('this kernel does not drop a SYN when the queue of a listener is full')
  let suspicions = 0
  const { observation } = await probeTcp(
    { address: '127.0.0.1', port },
    { ...makeContext(t, silentMs), onSuspicion: () => suspicions++ },
  )
  assert.equal(observation.outcome, 'silent')
  assert.equal(observation.outcome === 'silent' && observation.tries, 3)
  assert.equal(suspicions, 1)
})

test('a silence cut short by the deadline is skipped for want of time', async t => {
  const port = await silentPort(t)
  if (port === undefined) return t.skip('this kernel does not drop a SYN when the queue of a listener is full')
  const { observation } = await probeTcp({ address: '127.0.0.1', port }, makeContext(t, 10_000, silentMs))
  assert.equal(observation.outcome === 'skipped' && observation.because, 'no-time')
})

test('an answer raises no suspicion', async t => {
  const port = await listen(t, () => {})
  const { observation, socket } = await probeTcp(
    { address: '127.0.0.1', port },
    { ...makeContext(t), onSuspicion: () => assert.fail('suspected') },
  )
  assert.equal(observation.outcome, 'answered')
  socket?.destroy()
})

test('a chosen local port is the one that is used, and a taken one is said to be so', async t => {
  const port = await listen(t, () => {})
  const localPort = await closedPort()
  const { observation, socket } = await probeTcp(
    { address: '127.0.0.1', port, localPort, variant: 'source-port' },
    makeContext(t),
  )
  assert.equal(observation.outcome === 'answered' && observation.seen.localPort, localPort)
  const again = await probeTcp({ address: '127.0.0.1', port, localPort, variant: 'source-port' }, makeContext(t))
  assert.equal(again.observation.outcome, 'rejected')
  assert.match((again.observation.outcome === 'rejected' && again.observation.code) || '', /^EADDR(INUSE|NOTAVAIL)$/)
  socket?.destroy()
})

test('a name in place of an address is a mistake of the caller, not a lookup', async t => {
  await assert.rejects(probeTcp({ address: 'localhost', port: 1 }, makeContext(t)), RangeError)
})

test('a reset that comes while nobody listens crashes nothing', async t => {
  const port = await listen(t, socket => socket.resetAndDestroy())
  const { socket } = await probeTcp({ address: '127.0.0.1', port }, makeContext(t))
  if (socket && !socket.destroyed) await new Promise(resolve => socket.once('close', resolve))
  assert.ok(socket === undefined || socket instanceof net.Socket)
})

/** A network that answers at once, loses nothing, and in which nobody answers over TCP, but for what `more` says. */
function hearing(more: Partial<Hearing> = {}): Hearing & { readonly peers: number; readonly taken: number } {
  const kept = { peers: 0, taken: 0 }
  return {
    peerAnswered: () => kept.peers++,
    isCalm: () => true,
    quietMs: () => 10,
    stillHears: () => Promise.resolve(true),
    take: sockets => {
      kept.taken += sockets
      return true
    },
    giveBack: sockets => {
      kept.taken -= sockets
    },
    ...more,
    get peers() {
      return kept.peers
    },
    get taken() {
      return kept.taken
    },
  }
}

test('where nobody answers over TCP a silence of eight sockets is called before the timeout, and says so', async t => {
  const port = await silentPort(t)
  if (port === undefined) return t.skip('this kernel does not drop a SYN when the queue of a listener is full')
  const network = hearing()
  const { observation } = await probeTcp({ address: '127.0.0.1', port }, { ...makeContext(t, 15_000), hearing: network })
  assert.ok(observation.outcome === 'silent')
  assert.equal(observation.early, true)
  assert.equal(observation.tries, 8)
  assert.ok(observation.waitedMs >= 1500 && observation.waitedMs < 15_000, `${observation.waitedMs} ms`)
  assert.deepEqual([network.peers, network.taken], [0, 0], 'the sockets that it took are given back')
})

const reasonsToWait: Readonly<Record<string, Partial<Hearing>>> = {
  'a peer has answered, or packets are lost': { quietMs: () => undefined },
  'a peer answers while it is being asked whether anybody is heard': lateWord(),
  'nobody is heard any more': { stillHears: () => Promise.resolve(false) },
  'the network is slower than the timeout leaves time for': { quietMs: () => 900 },
  'no socket is to spare': { take: () => false },
}
for (const [reason, network] of Object.entries(reasonsToWait)) {
  test(`a silence is waited for in full where ${reason}`, async t => {
    const port = await silentPort(t)
    if (port === undefined) return t.skip('this kernel does not drop a SYN when the queue of a listener is full')
    const timeoutMs = 1800
    const context = { ...makeContext(t, timeoutMs), hearing: hearing(network) }
    const { observation } = await probeTcp({ address: '127.0.0.1', port }, context)
    assert.ok(observation.outcome === 'silent')
    assert.equal(observation.early, undefined)
    assert.ok(observation.waitedMs >= timeoutMs * 0.9)
  })
}

test('a silence is waited for in full where this machine was too busy to spread its tries', async t => {
  const port = await silentPort(t)
  if (port === undefined) return t.skip('this kernel does not drop a SYN when the queue of a listener is full')
  const busy = setTimeout(() => {
    const untilMs = performance.now() + 1000
    while (performance.now() < untilMs);
  }, 700)
  t.after(() => clearTimeout(busy))
  const { observation } = await probeTcp({ address: '127.0.0.1', port }, { ...makeContext(t, 2500), hearing: hearing() })
  assert.ok(observation.outcome === 'silent')
  assert.equal(observation.early, undefined)
})

/** Calm until it is asked whether anybody is heard. */
function lateWord(): Partial<Hearing> {
  let isAsked = false
  return {
    quietMs: () => (isAsked ? undefined : 10),
    stillHears: () => {
      isAsked = true
      return Promise.resolve(true)
    },
  }
}

test('a connection and a reset both tell that a peer answers, and what nobody on the path says does not', async t => {
  const network = hearing()
  const context = { ...makeContext(t), hearing: network }
  const { socket } = await probeTcp({ address: '127.0.0.1', port: await listen(t, () => {}) }, context)
  socket?.destroy()
  assert.equal(network.peers, 1)
  await probeTcp({ address: '127.0.0.1', port: await closedPort() }, context)
  assert.equal(network.peers, 2)
  await probeTcp({ address: '255.255.255.255', port: 1 }, context)
  assert.equal(network.peers, 2)
})

test('a silence from a chosen port is called after the kernel has repeated its SYN, and is one try', async t => {
  const port = await silentPort(t)
  if (port === undefined) return t.skip('this kernel does not drop a SYN when the queue of a listener is full')
  const to = { address: '127.0.0.1', port, localPort: await closedPort(), variant: 'source-port' } as const
  const { observation } = await probeTcp(to, { ...makeContext(t, 15_000), hearing: hearing() })
  assert.ok(observation.outcome === 'silent')
  assert.equal(observation.early, true)
  assert.equal(observation.tries, 1)
  assert.ok(observation.waitedMs >= 1200, `${observation.waitedMs} ms`)
})
