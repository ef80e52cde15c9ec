import assert from 'node:assert/strict'
import net from 'node:net'
import { test } from 'node:test'
import { openTunnel } from '../../src/probe/proxy.ts'
import { probeTls } from '../../src/probe/tls.ts'
import { readTrust } from '../../src/probe/trust.ts'
import { makeAuthority } from './certificates.ts'
import { connect, listen, listenTls, makeContext, silentMs } from './loopback.ts'

const to = { host: 'logs.ap-northeast-1.amazonaws.com', port: 443, authorization: 'Basic dXNlcjpzZWNyZXQtcGFzc3dvcmQ=' }

/** A small proxy: what CONNECT asks for is ignored, everything is joined to `targetPort`. */
function listenProxy(t: Parameters<typeof listen>[0], targetPort: number, seen: string[] = []) {
  return listen(t, socket =>
    socket.once('data', head => {
      seen.push(head.toString('latin1'))
      const far = net.connect({ host: '127.0.0.1', port: targetPort }, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.pipe(far).pipe(socket)
      })
      far.on('error', () => socket.destroy())
    }),
  )
}

test('a tunnel that opens is answered with a socket to speak to the target on', async t => {
  const heads: string[] = []
  const target = await listen(t, socket => socket.write('banner'))
  const { observation, socket } = await openTunnel(await connect(await listenProxy(t, target, heads)), to, makeContext(t))
  t.after(() => socket?.destroy())
  assert.equal(observation.outcome, 'answered')
  assert.equal(observation.via, 'proxy')
  assert.equal(observation.outcome === 'answered' && observation.seen.method, 'CONNECT')
  assert.equal(observation.outcome === 'answered' && observation.seen.path, `${to.host}:443`)
  assert.match(heads[0] ?? '', /^CONNECT logs\.ap-northeast-1\.amazonaws\.com:443 HTTP\/1\.1\r\nHost: logs/)
  assert.ok(heads[0]?.includes(`Proxy-Authorization: ${to.authorization}\r\n`))
  const text = await new Promise(resolve => socket!.once('data', data => resolve(String(data))))
  assert.equal(text, 'banner')
})

test('bytes of the target that come with the head of the proxy are not lost', async t => {
  const port = await listen(t, socket => socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\nearly')))
  const { socket } = await openTunnel(await connect(port), to, makeContext(t))
  t.after(() => socket?.destroy())
  const text = await new Promise(resolve => socket!.once('data', data => resolve(String(data))))
  assert.equal(text, 'early')
})

test('TLS goes through the tunnel of a plain and of an https proxy', async t => {
  const authority = await makeAuthority('Any Root')
  const target = await listenTls(t, await authority.issue({ name: to.host }))
  const trust = readTrust({})
  const plain = await connect(await listenProxy(t, target))
  const tlsProxy = await listenTls(t, await authority.issue({ name: '127.0.0.1' }), socket =>
    socket.once('data', () => {
      const far = net.connect({ host: '127.0.0.1', port: target }, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        socket.pipe(far).pipe(socket)
      })
      far.on('error', () => socket.destroy())
      t.after(() => far.destroy())
    }),
  )
  const { connect: connectTls } = await import('node:tls')
  const secure = connectTls({ host: '127.0.0.1', port: tlsProxy, rejectUnauthorized: false })
  await new Promise(resolve => secure.once('secureConnect', resolve))
  for (const socket of [plain, secure]) {
    const tunnel = await openTunnel(socket, to, makeContext(t))
    assert.equal(tunnel.observation.outcome, 'answered')
    const { observation } = await probeTls(
      tunnel.socket!,
      { serverName: to.host, address: '127.0.0.1', port: 443, via: 'proxy' },
      { ...makeContext(t), trust },
    )
    // The handshake reached the target: its certificate came, of an authority that nobody trusts.
    assert.equal(observation.outcome === 'rejected' && observation.seen?.subject, `CN=${to.host}`)
    assert.equal(observation.via, 'proxy')
  }
})

for (const status of [403, 407, 502]) {
  test(`a proxy that answers ${status} is rejected with that status and the start of its page`, async t => {
    const page = `<html>denied, Proxy-Authorization: ${to.authorization}</html>`
    const port = await listen(t, socket =>
      socket.once('data', () =>
        socket.write(`HTTP/1.1 ${status} No\r\nServer: squid\r\nContent-Length: ${page.length}\r\n\r\n${page}`),
      ),
    )
    const { observation, socket } = await openTunnel(await connect(port), to, makeContext(t))
    assert.equal(observation.outcome === 'rejected' && observation.code, String(status))
    assert.equal(observation.outcome === 'rejected' && observation.seen?.server, 'squid')
    assert.match((observation.outcome === 'rejected' && observation.seen?.bodyStart) || '', /^<html>denied/)
    assert.ok(!JSON.stringify(observation).includes('dXNlcjpzZWNyZXQ'))
    assert.equal(socket, undefined)
  })
}

test('a refusal whose page never ends is still the refusal', async t => {
  const port = await listen(t, socket => socket.once('data', () => socket.write('HTTP/1.1 403 No\r\n\r\nhalf')))
  const { observation } = await openTunnel(await connect(port), to, makeContext(t))
  assert.equal(observation.outcome === 'rejected' && observation.code, '403')
})

test('a mute proxy is silent', async t => {
  const port = await listen(t, socket => socket.resume())
  const { observation } = await openTunnel(await connect(port), to, makeContext(t, silentMs))
  assert.equal(observation.outcome, 'silent')
})

test('a proxy that hangs up, and one that does not speak HTTP, are told apart', async t => {
  const closes = await listen(t, socket => socket.once('data', () => socket.end()))
  const closed = await openTunnel(await connect(closes), to, makeContext(t))
  assert.equal(closed.observation.outcome === 'rejected' && closed.observation.code, 'EOF')
  const talks = await listen(t, socket => socket.write('\x05\x00 something else'))
  const talked = await openTunnel(await connect(talks), to, makeContext(t))
  assert.equal(talked.observation.outcome === 'rejected' && talked.observation.code, 'HTTP_PARSE_ERROR')
})

test('a head without end is cut off at a limit', async t => {
  const port = await listen(t, socket => socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(5000)}`)))
  const { observation } = await openTunnel(await connect(port), to, makeContext(t))
  assert.equal(observation.outcome === 'rejected' && observation.code, 'HEADERS_TOO_LARGE')
})
