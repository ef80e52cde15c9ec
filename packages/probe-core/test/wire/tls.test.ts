import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, type TestContext, test } from 'node:test'
import tls from 'node:tls'
import type { TlsObservation } from '../../src/model/observation.ts'
import { probeTls } from '../../src/probe/tls.ts'
import { readTrust, type Trust } from '../../src/probe/trust.ts'
import { type Authority, makeAuthority } from './certificates.ts'
import { connect, listen, listenTls, makeContext, silentMs } from './loopback.ts'

const host = 'logs.ap-northeast-1.amazonaws.com'
const dayMs = 86_400_000
let corporate: Authority
let foreign: Authority
let trust: Trust

before(async () => {
  corporate = await makeAuthority('Corporate Root')
  foreign = await makeAuthority('Foreign Root')
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  writeFileSync(join(folder, 'ca.pem'), corporate.pem)
  trust = readTrust({ NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') })
  rmSync(folder, { recursive: true })
})

async function probe(
  t: TestContext,
  port: number,
  options: { serverName?: string; timeoutMs?: number; deadlineMs?: number } = {},
) {
  const socket = await connect(port)
  const to = { serverName: options.serverName ?? host, address: '127.0.0.1', port }
  const result = await probeTls(socket, to, { ...makeContext(t, options.timeoutMs, options.deadlineMs), trust })
  t.after(() => result.socket?.destroy())
  return result
}

function codeOf(observation: TlsObservation): string | undefined {
  return observation.outcome === 'rejected' ? observation.code : observation.outcome
}

test('a server whose certificate holds is answered, with what the certificate says and who trusts it', async t => {
  const port = await listenTls(t, {
    ...(await corporate.issue({ name: host, organization: 'Example' })),
    ALPNProtocols: ['http/1.1'],
  })
  const { observation, socket } = await probe(t, port)
  assert.equal(observation.outcome, 'answered')
  assert.ok(socket)
  const seen = observation.outcome === 'answered' ? observation.seen : {}
  assert.equal(seen.serverName, host)
  assert.equal(seen.version, 'TLSv1.3')
  assert.equal(seen.alpn, 'http/1.1')
  assert.equal(seen.issuer, 'CN=Corporate Root, O=Test Authority, C=JP')
  assert.deepEqual(seen.issuers, ['CN=Corporate Root, O=Test Authority, C=JP'])
  assert.equal(seen.subject, `CN=${host}, O=Example`)
  assert.deepEqual(seen.names, [host])
  assert.equal(seen.trusted, true)
  assert.equal(seen.trustedBy, 'custom-ca')
  assert.match(seen.validTo ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/)
})

test('two connections to one certificate are told with one list of its names', async t => {
  const port = await listenTls(t, await corporate.issue({ name: host }))
  const seen = [await probe(t, port), await probe(t, port)].map(({ observation, socket }) => {
    socket?.destroy()
    return observation.outcome === 'answered' ? observation.seen : {}
  })
  assert.deepEqual(seen[0]?.names, [host])
  assert.equal(seen[0]?.names, seen[1]?.names)
  assert.equal(seen[0]?.issuers, seen[1]?.issuers)
})

test('the socket that is handed up carries the session', async t => {
  const port = await listenTls(t, await corporate.issue({ name: host }), socket => socket.end('over tls'))
  const { socket } = await probe(t, port)
  const text = await new Promise(resolve => socket!.once('data', data => resolve(String(data))))
  assert.equal(text, 'over tls')
})

test('a literal address is verified against the addresses of the certificate', async t => {
  const port = await listenTls(t, await corporate.issue({ name: '127.0.0.1' }))
  const { observation } = await probe(t, port, { serverName: '127.0.0.1' })
  assert.equal(observation.outcome, 'answered')
})

test('a chain of an authority that nobody here trusts is rejected in the words of OpenSSL, and described', async t => {
  const port = await listenTls(t, await foreign.issue({ name: host }))
  const { observation, socket } = await probe(t, port)
  assert.equal(codeOf(observation), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  assert.equal(socket, undefined)
  const seen = observation.outcome === 'rejected' ? observation.seen : {}
  assert.equal(seen?.trusted, false)
  assert.equal(seen?.issuer, 'CN=Foreign Root, O=Test Authority, C=JP')
})

test('a chain sent with its own untrusted root is told apart', async t => {
  const leaf = await foreign.issue({ name: host })
  const port = await listenTls(t, { key: leaf.key, cert: `${leaf.cert}\n${foreign.pem}` })
  const { observation } = await probe(t, port)
  assert.equal(codeOf(observation), 'SELF_SIGNED_CERT_IN_CHAIN')
})

test('untrusted comes before expired and before another host, and all are kept', async t => {
  const leaf = await foreign.issue({
    name: 'other.example',
    from: new Date(Date.now() - 20 * dayMs),
    to: new Date(Date.now() - 10 * dayMs),
  })
  const port = await listenTls(t, { key: leaf.key, cert: `${leaf.cert}\n${foreign.pem}` })
  const { observation } = await probe(t, port)
  assert.equal(codeOf(observation), 'SELF_SIGNED_CERT_IN_CHAIN')
  const seen = observation.outcome === 'rejected' ? observation.seen : {}
  assert.equal(seen?.untrustedBecause, 'SELF_SIGNED_CERT_IN_CHAIN')
  assert.deepEqual(seen?.names, ['other.example'])
  assert.ok(Date.parse(seen?.validTo ?? '') < Date.now())
})

test('a trusted certificate of another host is rejected for its name', async t => {
  const port = await listenTls(t, await corporate.issue({ name: 'other.example' }))
  const { observation } = await probe(t, port)
  assert.equal(codeOf(observation), 'ERR_TLS_CERT_ALTNAME_INVALID')
  assert.equal(observation.outcome === 'rejected' && observation.seen?.trusted, true)
})

test('an expired and a not yet valid certificate of a trusted authority are rejected for their dates', async t => {
  const expired = await corporate.issue({
    name: host,
    from: new Date(Date.now() - 20 * dayMs),
    to: new Date(Date.now() - 10 * dayMs),
  })
  const early = await corporate.issue({
    name: host,
    from: new Date(Date.now() + 10 * dayMs),
    to: new Date(Date.now() + 20 * dayMs),
  })
  const first = await probe(t, await listenTls(t, expired))
  assert.equal(codeOf(first.observation), 'CERT_HAS_EXPIRED')
  assert.equal(first.observation.outcome === 'rejected' && first.observation.seen?.trusted, true)
  const second = await probe(t, await listenTls(t, early))
  assert.equal(codeOf(second.observation), 'CERT_NOT_YET_VALID')
})

test('at most 20 names of a certificate with thousands are kept', async t => {
  const names = Array.from({ length: 2000 }, (_, i) => `n${i}.example`)
  const port = await listenTls(t, await corporate.issue({ name: host, names: [host, ...names] }))
  const { observation } = await probe(t, port)
  assert.equal(observation.outcome, 'answered')
  assert.equal(observation.outcome === 'answered' && observation.seen.names?.length, 20)
})

test('a TLS alert is rejected under its registered name', async t => {
  const port = await listenTls(t, {
    ...(await corporate.issue({ name: host })),
    SNICallback: (_name, done) => done(new Error('no')),
  })
  const alert = await listen(t, socket => socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 112]))))
  assert.match(codeOf((await probe(t, port)).observation) ?? '', /^(ALERT_|ECONNRESET|EOF)/)
  assert.equal(codeOf((await probe(t, alert)).observation), 'ALERT_unrecognized_name')
})

test('a server that speaks older TLS only is rejected with an alert or a version code, not called silent', async t => {
  const port = await listenTls(t, {
    ...(await corporate.issue({ name: host })),
    minVersion: 'TLSv1.1',
    maxVersion: 'TLSv1.1',
    ciphers: 'ALL:@SECLEVEL=0',
  })
  const { observation } = await probe(t, port)
  assert.equal(observation.outcome, 'rejected')
})

test('a reset after the ClientHello is ECONNRESET and an orderly close is EOF', async t => {
  const resets = await listen(t, socket => socket.once('data', () => socket.resetAndDestroy()))
  assert.equal(codeOf((await probe(t, resets)).observation), 'ECONNRESET')
  const closes = await listen(t, socket => socket.once('data', () => socket.end()))
  assert.equal(codeOf((await probe(t, closes)).observation), 'EOF')
})

test('a server that takes the ClientHello and says nothing is silent', async t => {
  const port = await listen(t, socket => socket.resume())
  const { observation, socket } = await probe(t, port, { timeoutMs: silentMs })
  assert.equal(observation.outcome, 'silent')
  assert.equal(observation.outcome === 'silent' && observation.seen?.receivedBytes, 0)
  assert.equal(socket, undefined)
})

test('a ServerHello that begins and never ends is silent with the bytes that came', async t => {
  const port = await listen(t, socket =>
    socket.once('data', () => socket.write(Buffer.from([0x16, 3, 3, 0x20, 0, 2, 0, 0x1f, 0xfc]))),
  )
  const { observation } = await probe(t, port, { timeoutMs: silentMs })
  assert.equal(observation.outcome, 'silent')
  assert.equal(observation.outcome === 'silent' && observation.seen?.receivedBytes, 9)
})

test('a wait that the deadline cut is skipped for want of time', async t => {
  const port = await listen(t, socket => socket.resume())
  const { observation } = await probe(t, port, { timeoutMs: 10_000, deadlineMs: silentMs })
  assert.equal(observation.outcome === 'skipped' && observation.because, 'no-time')
})

test('a plain HTTP server is not TLS, and its first bytes are kept as printable text', async t => {
  const port = await listen(t, socket => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n\x1b[31mred')))
  const { observation } = await probe(t, port)
  assert.equal(codeOf(observation), 'NOT_TLS')
  assert.equal(observation.outcome === 'rejected' && observation.seen?.firstBytes, 'HTTP/1.1 400 Bad Request .[31mred')
})

test('a server that greets before any hello is not TLS', async t => {
  const port = await listen(t, socket => socket.write('SSH-2.0-OpenSSH_9.6\r\n'))
  const { observation } = await probe(t, port)
  assert.equal(codeOf(observation), 'NOT_TLS')
  assert.match((observation.outcome === 'rejected' && observation.seen?.firstBytes) || '', /^SSH-2\.0/)
})

test('a connection that was reset between the layers is rejected, never a throw', async t => {
  let far: net.Socket | undefined
  const port = await listen(t, socket => {
    far = socket.resume()
    socket.write('x')
  })
  const socket = await connect(port)
  await new Promise(resolve => socket.once('data', resolve))
  far!.resetAndDestroy()
  await new Promise(resolve => socket.once('close', resolve))
  const { observation } = await probeTls(socket, { serverName: host, address: '127.0.0.1', port }, { ...makeContext(t), trust })
  assert.equal(codeOf(observation), 'ECONNRESET')
})

test('a chain of a bundled root would be called public, and one of neither store by nobody', () => {
  const root = Buffer.from(tls.rootCertificates[0]!.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  assert.equal(trust.trustedBy(root), 'public')
  assert.equal(trust.trustedBy(Buffer.from('none')), undefined)
})
