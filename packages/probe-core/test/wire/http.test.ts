import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import http from 'node:http'
import type net from 'node:net'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type HttpConnection, joinHeaders, openHttp } from '../../src/probe/http.ts'
import { connect, listen, makeContext, silentMs } from './loopback.ts'

async function open(t: TestContext, port: number, redial?: () => Promise<net.Socket | undefined>): Promise<HttpConnection> {
  const connection = await openHttp(
    await connect(port),
    { host: 'service.example', port, scheme: 'http', address: '127.0.0.1' },
    redial ?? (() => connect(port)),
  )
  t.after(() => connection.close())
  return connection
}

/** A server that answers every connection's first bytes with the text given, and leaves it open. */
function raw(t: TestContext, text: string | Buffer, end = false): Promise<number> {
  return listen(t, socket => socket.once('data', () => (end ? socket.end(text) : socket.write(text))))
}

async function listenHttp(t: TestContext, serve: http.RequestListener): Promise<number> {
  const server = http.createServer(serve)
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as net.AddressInfo).port
}

const get = { method: 'GET', path: '/' }

test('an answer of AWS is answered with its marks, its request id and no body text', async t => {
  const port = await listenHttp(t, (_request, response) => {
    response.writeHead(403, {
      'x-amzn-requestid': 'abc-1',
      'x-amzn-errortype': 'AccessDenied',
      'content-type': 'application/json',
      date: new Date().toUTCString(),
    })
    response.end('{"__type":"com.amazon#AccessDenied","message":"no"}')
  })
  const { observation, answer } = await (await open(t, port)).request(
    { method: 'POST', path: '/x?X-Amz-Signature=abc', body: '{}' },
    makeContext(t),
  )
  assert.equal(observation.outcome, 'answered')
  const seen = observation.outcome === 'answered' ? observation.seen : undefined
  assert.equal(seen?.status, 403)
  assert.deepEqual(seen?.awsMarks, ['x-amzn-requestid', 'x-amzn-errortype', 'json-error'])
  assert.equal(seen?.requestId, 'abc-1')
  assert.equal(seen?.bodyStart, undefined)
  assert.equal(seen?.path, '/x')
  assert.ok(Math.abs(seen?.clockSkewMs ?? Number.NaN) < 60_000)
  assert.equal(answer?.status, 403)
  assert.equal(answer?.headers['x-amzn-requestid'], 'abc-1')
})

test('a block page of a web gateway is answered without a mark of AWS and with the start of its text', async t => {
  const port = await raw(
    t,
    'HTTP/1.1 200 OK\r\nServer: Gateway\x07\r\nContent-Type: text/html\r\nContent-Length: 40\r\n\r\n<html>Blocked by \x1b[1mpolicy\x1b[0m \u202e.</html>',
    true,
  )
  const plain = await listenHttp(t, (_request, response) =>
    response.writeHead(200, { server: 'Gateway' }).end('<html>Blocked by \x1b[1mpolicy\x1b[0m</html>'),
  )
  const { observation } = await (await open(t, plain)).request(get, makeContext(t))
  assert.deepEqual(observation.outcome === 'answered' && observation.seen.awsMarks, [])
  assert.equal(observation.outcome === 'answered' && observation.seen.bodyStart, '<html>Blocked by policy</html>')
  const odd = await (await open(t, port)).request(get, makeContext(t))
  assert.equal(odd.observation.outcome === 'rejected' && odd.observation.code, 'HTTP_PARSE_ERROR')
})

test('a redirect is not followed, and its query is not kept', async t => {
  let requests = 0
  const port = await listenHttp(t, (_request, response) => {
    requests++
    response.writeHead(302, { location: 'https://login.example/start?token=secret', 'set-cookie': 'session=secret' }).end()
  })
  const { observation, answer } = await (await open(t, port)).request(get, makeContext(t))
  assert.equal(observation.outcome === 'answered' && observation.seen.location, 'https://login.example/start')
  assert.equal(requests, 1)
  assert.ok(!JSON.stringify(observation).includes('secret'))
  assert.equal(answer?.headers['set-cookie'], undefined)
})

test('several requests go over the connection that was handed in', async t => {
  const ports = new Set<number | undefined>()
  const port = await listenHttp(t, (request, response) => {
    ports.add(request.socket.remotePort)
    assert.equal(request.headers['accept-encoding'], 'identity')
    assert.match(request.headers['user-agent'] ?? '', /^eniprobe/)
    response.end('ok')
  })
  const connection = await open(t, port, () => Promise.reject(new Error('no further connection was called for')))
  for (const path of ['/one', '/two'])
    assert.equal((await connection.request({ method: 'GET', path }, makeContext(t))).answer?.status, 200)
  assert.equal(ports.size, 1)
})

test('when the server closed after its answer, the next request dials once more', async t => {
  const port = await listenHttp(t, (_request, response) => response.writeHead(200, { connection: 'close' }).end('ok'))
  let dialled = 0
  const connection = await open(t, port, () => {
    dialled++
    return connect(port)
  })
  assert.equal((await connection.request(get, makeContext(t))).observation.outcome, 'answered')
  assert.equal((await connection.request(get, makeContext(t))).observation.outcome, 'answered')
  assert.equal(dialled, 1)
})

test('when dialling again fails, the request is skipped because a layer below failed', async t => {
  const port = await listenHttp(t, (_request, response) => response.writeHead(200, { connection: 'close' }).end('ok'))
  const connection = await open(t, port, () => Promise.resolve(undefined))
  await connection.request(get, makeContext(t))
  const { observation } = await connection.request(get, makeContext(t))
  assert.equal(observation.outcome === 'skipped' && observation.because, 'below-failed')
})

test('a server that takes the request and says nothing is silent', async t => {
  const port = await listen(t, socket => socket.resume())
  const { observation } = await (await open(t, port)).request(get, makeContext(t, silentMs))
  assert.equal(observation.outcome, 'silent')
})

test('a wait that the deadline cut is skipped for want of time', async t => {
  const port = await listen(t, socket => socket.resume())
  const { observation } = await (await open(t, port)).request(get, makeContext(t, 10_000, silentMs))
  assert.equal(observation.outcome === 'skipped' && observation.because, 'no-time')
})

test('after a silence the next request goes over a new connection', async t => {
  let connections = 0
  const port = await listen(t, socket => {
    if (++connections === 1) socket.resume()
    else socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
  })
  const connection = await open(t, port)
  assert.equal((await connection.request(get, makeContext(t, silentMs))).observation.outcome, 'silent')
  assert.equal((await connection.request(get, makeContext(t))).observation.outcome, 'answered')
})

test('bytes that are not HTTP are a parse error, a reset is ECONNRESET and a close is EOF', async t => {
  const codes: string[] = []
  const garbage = await raw(t, Buffer.from('\x00\xff garbage that is no answer\r\n\r\n', 'latin1'))
  const resets = await listen(t, socket => socket.once('data', () => socket.resetAndDestroy()))
  const closes = await listen(t, socket => socket.once('data', () => socket.end()))
  for (const port of [garbage, resets, closes]) {
    const { observation } = await (await open(t, port)).request(get, makeContext(t))
    codes.push(observation.outcome === 'rejected' ? observation.code : observation.outcome)
  }
  assert.deepEqual(codes, ['HTTP_PARSE_ERROR', 'ECONNRESET', 'EOF'])
})

test('headers without end are cut off at a limit', async t => {
  const port = await listen(t, socket =>
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const more = () => {
        while (!socket.destroyed && socket.write(`x-more: ${'y'.repeat(1000)}\r\n`));
      }
      socket.on('drain', more)
      more()
    }),
  )
  const { observation } = await (await open(t, port)).request(get, makeContext(t))
  assert.equal(observation.outcome === 'rejected' && observation.code, 'HEADERS_TOO_LARGE')
})

test('a head that drips and never ends is incomplete, not silent', async t => {
  const port = await listen(t, socket =>
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nx-')
      const drip = setInterval(() => socket.write('a'), 20)
      socket.once('close', () => clearInterval(drip))
    }),
  )
  const { observation } = await (await open(t, port)).request(get, makeContext(t, silentMs))
  assert.equal(observation.outcome === 'rejected' && observation.code, 'HTTP_INCOMPLETE')
})

test('a body that does not end in time still counts as the answer that began', async t => {
  const port = await raw(t, 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nfirst')
  const { observation, answer } = await (await open(t, port)).request(get, makeContext(t, silentMs))
  assert.equal(observation.outcome === 'answered' && observation.seen.status, 200)
  assert.equal(answer?.truncated, true)
  assert.equal(answer?.body.toString(), 'first')
})

test('a giant body is cut at 256 KiB', async t => {
  const port = await listenHttp(t, (_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x')));
    }
    response.on('drain', more)
    more()
  })
  const { answer } = await (await open(t, port)).request(get, makeContext(t))
  assert.equal(answer?.body.length, 256 * 1024)
  assert.equal(answer?.truncated, true)
})

test('a compressed bomb that was not asked for is not unpacked', async t => {
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024))
  const port = await listenHttp(t, (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
  const { answer } = await (await open(t, port)).request(get, makeContext(t))
  assert.ok(answer!.body.length <= 256 * 1024)
  assert.equal(answer!.body[0], 0x1f)
})

test('an answer to an upgrade that nobody asked for is a parse error', async t => {
  const port = await raw(t, 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')
  const { observation } = await (await open(t, port)).request(get, makeContext(t))
  assert.equal(observation.outcome, 'rejected')
})

test('a header that a request may not carry is a mistake of the caller', async t => {
  const port = await listenHttp(t, (_request, response) => response.end('ok'))
  const connection = await open(t, port)
  await assert.rejects(connection.request({ method: 'GET', path: 'no-slash' }, makeContext(t)))
})

test('headers with the names of things that every object has are headers', async t => {
  const port = await raw(t, 'HTTP/1.1 200 OK\r\n__proto__: x\r\nconstructor: y\r\nConstructor: z\r\nContent-Length: 2\r\n\r\nok')
  const { answer } = await (await open(t, port)).request(get, makeContext(t))
  assert.equal(answer?.body.toString(), 'ok')
  assert.deepEqual(Object.entries(answer?.headers ?? {}), [
    ['__proto__', 'x'],
    ['constructor', 'y, z'],
    ['content-length', '2'],
  ])
  assert.deepEqual({ ...joinHeaders(['Set-Cookie', 'secret', 'A', '1', 'a', '2']) }, { a: '1, 2' })
})

test('what a request carries is not printed by Node, whatever NODE_DEBUG asks for', async () => {
  const script = `
    import { once } from 'node:events'
    import http from 'node:http'
    import { connect } from 'node:net'
    const server = http.createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address()
    const { openHttp } = await import(${JSON.stringify(new URL('../../src/probe/http.js', import.meta.url).href)})
    const { startDeadline } = await import(${JSON.stringify(new URL('../../src/time/deadline.js', import.meta.url).href)})
    const { startClock } = await import(${JSON.stringify(new URL('../../src/time/clock.js', import.meta.url).href)})
    const dial = async () => { const socket = connect(port, '127.0.0.1'); await once(socket, 'connect'); return socket }
    const connection = await openHttp(await dial(), { host: 'h', port, scheme: 'http', address: '127.0.0.1' }, dial)
    const headers = { authorization: 'planted-signature', 'x-amz-security-token': 'planted-token' }
    const context = { deadline: startDeadline(5000), clock: startClock(), timeoutMs: 2000 }
    const { answer } = await connection.request({ method: 'POST', path: '/?planted-query', headers, body: 'planted-body' }, context)
    process._rawDebug('status ' + answer.status)
    process.exit(0)`
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, NODE_DEBUG: 'http,net,stream,timer' },
  })
  assert.match(stderr, /^status 200$/m)
  assert.match(stderr, /^HTTP \d+/m, 'Node prints nothing at all')
  assert.doesNotMatch(stderr, /planted/)
})
