import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { makeClientHello, probeHello, probeOtherName } from '../../src/probe/hello.ts'
import { type Credentials, makeAuthority } from './certificates.ts'
import { closedPort, listen, listenTls, makeContext, silentMs } from './loopback.ts'

const host = 'logs.ap-northeast-1.amazonaws.com'
let credentials: Credentials

before(async () => {
  credentials = await (await makeAuthority('Any Root')).issue({ name: host })
})

for (const size of ['small', 'large'] as const) {
  for (const version of ['TLSv1.3', 'TLSv1.2'] as const) {
    test(`a ${version} server of another make answers the ${size} hello with a ServerHello`, async t => {
      const names: string[] = []
      const port = await listenTls(t, {
        ...credentials,
        minVersion: version,
        maxVersion: version,
        SNICallback: (name, done) => {
          names.push(name)
          done(null)
        },
      })
      const seen = await probeHello({ address: '127.0.0.1', port, serverName: host, size }, makeContext(t))
      assert.equal(seen.outcome, 'answered')
      assert.equal(seen.variant, `${size}-hello`)
      assert.equal(seen.outcome === 'answered' && seen.seen.version, version)
      assert.deepEqual(names, [host])
    })
  }
}

test('OpenSSL reads the large hello as a post-quantum one, where it knows the group', async t => {
  const groups = spawnSync('openssl', ['list', '-kem-algorithms'], { encoding: 'utf8' })
  if (groups.error) return t.skip('no openssl command here')
  if (!groups.stdout.includes('X25519MLKEM768')) return t.skip('this openssl does not know X25519MLKEM768 (3.5 does)')
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'server.pem'), `${credentials.key}${credentials.cert}`)
  const port = await closedPort()
  const server = spawn('openssl', [
    's_server',
    '-accept',
    `127.0.0.1:${port}`,
    '-cert',
    join(folder, 'server.pem'),
    '-groups',
    'X25519MLKEM768',
  ])
  t.after(() => server.kill())
  await new Promise(resolve => server.stdout.once('data', resolve))
  const large = await probeHello({ address: '127.0.0.1', port, serverName: host, size: 'large' }, makeContext(t))
  assert.equal(large.outcome, 'answered')
})

test('the small hello fits one segment of any path and the large one does not fit one of 1500', () => {
  const small = makeClientHello({ serverName: host, size: 'small' })
  const large = makeClientHello({ serverName: host, size: 'large' })
  assert.ok(small.length < 600)
  assert.ok(large.length > 1700)
  for (const hello of [small, large]) assert.equal(hello.readUInt16BE(3), hello.length - 5)
})

test('every coefficient of the post-quantum key is below the modulus that a strict server checks', () => {
  const hello = makeClientHello({ serverName: host, size: 'large' })
  const at = hello.indexOf(Buffer.from([0x11, 0xec, 0x04, 0xc0]))
  assert.ok(at > 0)
  const key = hello.subarray(at + 4, at + 4 + 1152)
  for (let i = 0; i < key.length; i += 3) {
    assert.ok((key[i]! | ((key[i + 1]! & 0x0f) << 8)) < 3329)
    assert.ok(((key[i + 1]! >> 4) | (key[i + 2]! << 4)) < 3329)
  }
})

test('an alert is rejected under its name: a TLS answer all the same', async t => {
  const port = await listenTls(t, { ...credentials, minVersion: 'TLSv1.3', ciphers: 'TLS_AES_128_CCM_SHA256' })
  const seen = await probeHello({ address: '127.0.0.1', port, serverName: host, size: 'small' }, makeContext(t))
  assert.equal(seen.outcome === 'rejected' && seen.code, 'ALERT_handshake_failure')
})

test('a path that drops large hellos only is seen as such', async t => {
  const port = await listen(t, socket =>
    socket.once('data', bytes => {
      if (bytes.length < 1000) socket.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))
    }),
  )
  const to = { address: '127.0.0.1', port, serverName: host }
  const small = await probeHello({ ...to, size: 'small' }, makeContext(t))
  const large = await probeHello({ ...to, size: 'large' }, makeContext(t, silentMs))
  assert.equal(small.outcome, 'rejected')
  assert.equal(large.outcome, 'silent')
  assert.ok(large.outcome === 'silent' && (large.seen?.helloBytes ?? 0) > 1700)
})

test('the other name goes out by a small hello of its own variant', async t => {
  let received = ''
  const port = await listen(t, socket =>
    socket.once('data', bytes => {
      received = bytes.toString('latin1')
      socket.resetAndDestroy()
    }),
  )
  const seen = await probeOtherName({ address: '127.0.0.1', port, serverName: 'harmless.example' }, makeContext(t))
  assert.equal(seen.variant, 'other-sni')
  assert.equal(seen.outcome === 'rejected' && seen.code, 'ECONNRESET')
  assert.ok(received.includes('harmless.example'))
})

test('a close, and bytes that are no TLS, are told apart', async t => {
  const closes = await listen(t, socket => socket.once('data', () => socket.end()))
  const closed = await probeHello({ address: '127.0.0.1', port: closes, serverName: host, size: 'small' }, makeContext(t))
  assert.equal(closed.outcome === 'rejected' && closed.code, 'EOF')
  const talks = await listen(t, socket => socket.write('220 mail.example ESMTP\r\n'))
  const talked = await probeHello({ address: '127.0.0.1', port: talks, serverName: host, size: 'small' }, makeContext(t))
  assert.equal(talked.outcome === 'rejected' && talked.code, 'NOT_TLS')
  assert.equal(talked.outcome === 'rejected' && talked.seen?.firstBytes, '220 mail.example ESMTP')
})

test('a further connection that does not open says nothing about TLS', async t => {
  const seen = await probeHello(
    { address: '127.0.0.1', port: await closedPort(), serverName: host, size: 'small' },
    makeContext(t),
  )
  assert.equal(seen.outcome === 'skipped' && seen.because, 'below-failed')
})
