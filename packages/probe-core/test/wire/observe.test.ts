// The climb of one target against real sockets of loopback: what is noted, what is closed, and what a failure takes with it.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import net from 'node:net'
import { type TestContext, test } from 'node:test'
import tls from 'node:tls'
import type { Observation } from '../../src/model/observation.ts'
import type { PlannedTarget } from '../../src/model/target.ts'
import { ProbeUsageError } from '../../src/model/usage-error.ts'
import { startBeside } from '../../src/observe/beside.ts'
import { climb } from '../../src/observe/climb.ts'
import { findCanary } from '../../src/observe/internet.ts'
import { makePace } from '../../src/observe/pace.ts'
import type { Surroundings } from '../../src/observe/surroundings.ts'
import { LocalResourceError } from '../../src/probe/local-resource-error.ts'
import { readTrust } from '../../src/probe/trust.ts'
import { makeAuthority } from './certificates.ts'
import { makeContext } from './loopback.ts'
import { surroundings } from './surroundings.ts'

const aim = (more: Partial<PlannedTarget>): PlannedTarget => ({
  id: 'x',
  kind: 'https',
  service: null,
  host: '127.0.0.1',
  port: 443,
  region: null,
  wantedBy: [],
  ...more,
})

async function climbOf(target: PlannedTarget, run: Surroundings): Promise<Observation[]> {
  const noted: Observation[] = []
  await climb(target, run, observation => noted.push(observation))
  return noted
}

const outline = (observations: readonly Observation[]) =>
  observations.map(o => `${o.layer} ${o.outcome === 'skipped' ? o.because : o.outcome === 'rejected' ? o.code : o.outcome}`)

async function listen(t: TestContext, server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return (server.address() as net.AddressInfo).port
}

test('a need that is no one host is told as not asked, at every layer', async t => {
  const noted = await climbOf(aim({ host: '', kind: 'service', service: 'logs' }), surroundings(t))
  assert.deepEqual(
    outline(noted),
    ['dns', 'tcp', 'tls', 'http', 'aws'].map(layer => `${layer} not-asked`),
  )
})

test('what stands above a refused connection is skipped, once each', async t => {
  const port = await listen(t, net.createServer())
  const noted = await climbOf(aim({ port: port === 1 ? 2 : 1 }), surroundings(t))
  assert.deepEqual(outline(noted), ['tcp ECONNREFUSED', 'tls below-failed', 'http below-failed'])
})

test('a doubt for which this machine has no socket is left out, and a defect is thrown at the end', async () => {
  const noted: Observation[] = []
  const beside = startBeside(observation => noted.push(observation))
  beside.add(Promise.reject(new LocalResourceError('EMFILE')))
  beside.add(Promise.resolve([{ layer: 'tcp', outcome: 'skipped', because: 'no-time' }]))
  await beside.ended()
  assert.equal(noted.length, 1)
  beside.add(Promise.reject(new TypeError('a defect')))
  // A turn of the loop: an unhandled rejection would end the test's process here.
  await new Promise(resolve => setImmediate(resolve))
  await assert.rejects(beside.ended(), TypeError)
})

test('a handshake that is asked again in a smaller form leaves no connection behind', async t => {
  const host = 'logs.example.com'
  const authority = await makeAuthority('Test Root')
  const secureContext = tls.createSecureContext(await authority.issue({ name: host }))
  const open = new Set<net.Socket>()
  let large = 0
  const server = net.createServer(socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => {})
    socket.once('data', hello => {
      socket.pause()
      socket.unshift(hello)
      const isLarge = hello.length > 1000
      if (isLarge) large += 1
      const answer = () => new tls.TLSSocket(socket, { isServer: true, secureContext }).on('error', () => {})
      // The large form is answered late: after the small one has won.
      if (isLarge) setTimeout(answer, 600)
      else answer()
    })
  })
  const port = await listen(t, server)
  const run = surroundings(t, { hosts: new Map([[host, ['127.0.0.1']]]), trust: trustOf(authority.pem) })
  const noted = await climbOf(aim({ kind: 'tls', scheme: 'tls', host, port }), run)
  assert.ok(large >= 1)
  const handshake = noted.filter(o => o.layer === 'tls' && o.variant === undefined)
  assert.deepEqual(outline(handshake), ['tls answered'])
  while (open.size > 0) await once([...open][0] as net.Socket, 'close')
})

function trustOf(pem: string) {
  return { ...readTrust({}), ca: [pem], trustedBy: () => 'custom-ca' as const }
}

test('plain http goes to the proxy by its whole URL, with the credentials of the proxy and not by CONNECT', async t => {
  const asked: string[] = []
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.host} ${request.headers['proxy-authorization']}`)
    response.end('ok')
  })
  const port = await listen(t, proxy)
  const run = surroundings(t, { env: { HTTP_PROXY: `http://user:pass@127.0.0.1:${port}` } })
  const noted = await climbOf(aim({ scheme: 'http', host: 'intranet.example', port: 80, path: '/health?x=1' }), run)
  assert.deepEqual(asked, [
    `GET http://intranet.example:80/health?x=1 intranet.example Basic ${Buffer.from('user:pass').toString('base64')}`,
  ])
  assert.deepEqual(outline(noted), ['tcp answered', 'http answered'])
  assert.ok(noted.every(o => o.via === 'proxy'))
  assert.doesNotMatch(JSON.stringify(noted), /pass|dXNlc/)
})

test('a URL in the clear is never sent a signature, whatever name of AWS it carries and whatever answers', async t => {
  const host = 'logs.eu-west-1.amazonaws.com'
  const signed: boolean[] = []
  const port = await listen(
    t,
    createServer((request, response) => {
      signed.push(request.headers.authorization !== undefined || request.headers['x-amz-security-token'] !== undefined)
      response
        .writeHead(400, { 'x-amzn-requestid': '0f3b1c52-0000-4000-8000-000000000000' })
        .end('{"__type":"UnknownOperationException"}')
    }),
  )
  const run = surroundings(t, {
    hosts: new Map([[host, ['127.0.0.1']]]),
    region: 'eu-west-1',
    credentials: Promise.resolve({
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x'.repeat(40) },
      source: 'environment',
      tried: [],
    }),
  })
  const noted = await climbOf(aim({ kind: 'https', scheme: 'http', service: 'logs', host, port, region: 'eu-west-1' }), run)
  assert.deepEqual(signed, [false])
  assert.deepEqual(
    noted.filter(o => o.layer === 'aws' && o.outcome === 'answered'),
    [],
  )
})

test('a proxy that cannot be found is told with every layer above it', async t => {
  const run = surroundings(t, { env: { HTTPS_PROXY: 'http://no-such-proxy:3128' } })
  const noted = await climbOf(aim({ host: '127.0.0.1', port: 1 }), run)
  const plain = noted.filter(o => o.variant === undefined)
  assert.deepEqual(outline(plain), ['dns ENORESOLVER', 'tcp below-failed', 'tls below-failed', 'http below-failed'])
  assert.deepEqual(outline(noted.filter(o => o.variant === 'direct')), ['tcp ECONNREFUSED'])
})

test('names are asked for at a pace that a VPC resolver takes, and a spent deadline holds nobody', async t => {
  const { deadline } = makeContext(t)
  const { turn } = makePace(deadline)
  const beganAt = performance.now()
  await Promise.all(Array.from({ length: 100 }, turn))
  const burstMs = performance.now() - beganAt
  await Promise.all(Array.from({ length: 60 }, turn))
  // 60 at 300 a second; the time that the burst itself took is credit.
  assert.ok(performance.now() - beganAt >= 195, 'the first hundred go at once, the rest evenly')
  assert.ok(burstMs < performance.now() - beganAt)
  const spent = deadline.sub(1)
  await spent.wait(5)
  const late = makePace(spent)
  await Promise.all(Array.from({ length: 2000 }, late.turn))
})

test('a canary is a name or an address with a port', () => {
  assert.deepEqual(findCanary('example.com:443', 'aws'), { host: 'example.com', port: 443 })
  assert.deepEqual(findCanary('[2001:db8::1]:443', 'aws'), { host: '2001:db8::1', port: 443 })
  assert.equal(findCanary(false, 'aws'), undefined)
  for (const wrong of ['example.com', 'example.com:0', 'example.com:70000', ':443', 'a b:443'])
    assert.throws(() => findCanary(wrong, 'aws'), ProbeUsageError, wrong)
})
