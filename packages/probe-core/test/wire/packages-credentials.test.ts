// What the URLs and configurations of package managers hold of credentials: who is sent them, and what a refusal of them means.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type net from 'node:net'
import { test } from 'node:test'
import type { Observation } from '../../src/model/observation.ts'
import type { ObservedTarget } from '../../src/model/target.ts'
import { climb } from '../../src/observe/climb.ts'
import { makePackageKeys } from '../../src/observe/packages/access.ts'
import { html, judged, look, type Serve, serve, topCauses } from './package-indexes.ts'
import { surroundings } from './surroundings.ts'

test('credentials of the URL go to that host over verified TLS, and to no other', async t => {
  const files = await serve(t, 'files.test', (_request, response) => response.end('PK'))
  const index = await serve(t, 'index.test', (_request, response) => html(response, [`https://files.test:${files.port}/pip.whl`]))
  const { http } = await look(t, `https://aws:t%40ken@index.test:${index.port}/simple/`)
  assert.equal(http?.index?.credentials, 'sent')
  assert.equal(index.asked[0]?.authorization, `Basic ${Buffer.from('aws:t@ken').toString('base64')}`)
  assert.deepEqual(
    files.asked.map(a => [a.path, a.authorization, a.headers.range]),
    [['/pip.whl', undefined, 'bytes=0-0']],
  )
})

test('in the clear, and where the certificate does not count, no credentials are sent', async t => {
  const clear = await serve(t, 'index.test', (_request, response) => html(response, []), 'http')
  const inClear = await look(t, `http://u:s3cr3t@index.test:${clear.port}/simple/`)
  assert.equal(inClear.http?.index?.credentials, 'withheld')
  const stranger = await serve(t, 'somebody-else.test', (_request, response) => {
    response.statusCode = 401
    response.end()
  })
  const unchecked = await look(t, `https://u:s3cr3t@index.test:${stranger.port}/simple/`, { isUnchecked: true })
  assert.equal(unchecked.http?.index?.credentials, 'withheld')
  const tls = unchecked.targets[0]?.observations.find(o => o.layer === 'tls')
  assert.ok(tls?.outcome === 'answered' && tls.seen?.trusted === false, 'the manager does not check: no refusal of ours')
  assert.deepEqual(
    [...clear.asked, ...stranger.asked].map(a => a.authorization),
    [undefined, undefined],
  )
  assert.deepEqual(topCauses(unchecked.targets), [], 'less was sent than pip would send: that it is refused proves nothing')
})

const refuse: Serve = (_request, response) => {
  response.statusCode = 401
  response.setHeader('www-authenticate', 'Basic realm="pypi"')
  response.end()
}

test('a refusal of the very credentials of the URL is unauthorized; with a keyring beside them it is only likely', async t => {
  const index = await serve(t, 'index.test', refuse)
  const url = `https://u:wrong@index.test:${index.port}/simple/`
  const { targets } = await look(t, url)
  assert.deepEqual(
    topCauses(targets),
    ['index: package-index-unauthorized likely'],
    'the authority is not public: something may stand between',
  )
  const seenAsPublic = JSON.parse(JSON.stringify(targets).replaceAll('custom-ca', 'public')) as ObservedTarget[]
  assert.deepEqual(topCauses(seenAsPublic), ['index: package-index-unauthorized certain'])
  const withKeyring = await look(t, url, { credentials: 'keyring, not asked' })
  const alike = JSON.parse(JSON.stringify(withKeyring.targets).replaceAll('custom-ca', 'public')) as ObservedTarget[]
  assert.deepEqual(topCauses(alike), ['index: package-index-unauthorized likely'])
})

test('a refusal without credentials is a finding where the manager has none, and none where it may have some', async t => {
  const index = await serve(t, 'index.test', refuse)
  const url = `https://index.test:${index.port}/simple/`
  assert.deepEqual(topCauses((await look(t, url)).targets), ['index: package-index-unauthorized likely'])
  assert.deepEqual(topCauses((await look(t, url, { credentials: 'netrc (/root/.netrc), not read' })).targets), [])
})

test('an expired CodeArtifact token is told by its own word, one that is not by another domain', async t => {
  const header = (exp: number) =>
    Buffer.from(JSON.stringify({ ver: 1, isu: exp - 43_200, enc: 'A128GCM', exp, alg: 'A128GCMKW' })).toString('base64url')
  const tokenOf = (at: string) => `${header(Date.parse(at) / 1000)}.k.i.c.t`
  const index = await serve(t, 'index.test', refuse)
  const said = async (token: string) => {
    const { targets } = await look(t, `https://aws:${token}@index.test:${index.port}/pypi/r/simple/`)
    // As if it had been CodeArtifact: no other host's certificate can be had here.
    const alike = targets.map(target => ({ ...target, host: 'd-111122223333.d.codeartifact.eu-west-1.amazonaws.com' }))
    assert.ok(!JSON.stringify(alike).includes(token))
    return judged(alike).findings[0]
  }
  const expired = await said(tokenOf('2026-10-31T00:00:00Z'))
  assert.equal(expired?.causes[0]?.cause, 'package-index-unauthorized')
  assert.match(expired?.causes[0]?.evidence.map(e => e.says).join() ?? '', /ended at 2026-10-31T00:00:00\.000Z/)
  assert.match(expired?.fix.snippets.cli ?? '', /--domain d --domain-owner 111122223333 --repository r$/)
  const other = await said(tokenOf('2026-11-01T06:00:00Z'))
  assert.match(other?.causes[0]?.evidence.map(e => e.says).join() ?? '', /another domain, account or region/)
})

test('a token in the path is asked with and told nowhere, though the answer repeats it', async t => {
  const channel = await serve(t, 'index.test', (request, response) => {
    response.writeHead(302, {
      location: `https://other.test:1${request.url}?again=1`,
      server: `echo ${request.headers.authorization} http`,
    })
    response.end(`<html>${request.url} ${request.headers.authorization} http</html>`)
  })
  const use = { manager: 'conda', role: 'channel' } as const
  const token = await look(t, `https://index.test:${channel.port}/t/tk-s3cr3t/main`, use)
  assert.equal(channel.asked[0]?.path, '/t/tk-s3cr3t/main/noarch/repodata.json')
  assert.equal(token.http?.path, '/t/****/main/noarch/repodata.json')
  const password = await look(t, `https://u:http@index.test:${channel.port}/s3cr3t-free`, { manager: 'pip', role: 'index' })
  assert.equal(password.http?.bodyStart?.includes(' http'), false)
  assert.ok(
    password.targets[0]?.observations.some(o => o.layer === 'http'),
    'codes of ours are no text of theirs',
  )
  assert.ok(!JSON.stringify([token.targets, password.targets]).replaceAll('s3cr3t-free', '').includes('s3cr3t'))
})

test("a proxy of the manager's own is used for its places, credentials of it for nobody else", async t => {
  const seen: (string | undefined)[] = []
  const proxy = createServer((request, response) => {
    seen.push(request.headers['proxy-authorization'])
    response.setHeader('content-type', 'text/html')
    response.end('<a href="x.whl">x</a>')
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  const { port } = proxy.address() as net.AddressInfo
  const keys = makePackageKeys(new Map([['http://index.test/simple/', { proxy: `http://u:s3cr3t@127.0.0.1:${port}` }]]), {
    region: null,
    dnsSuffix: 'x',
  })
  const target = {
    id: 'i',
    kind: 'https',
    service: null,
    host: 'index.test',
    port: 80,
    region: null,
    wantedBy: ['pip'],
    path: '/simple/',
    scheme: 'http',
    packages: { manager: 'pip', role: 'index', configuredBy: 'x' },
  } as const
  const noted: Observation[] = []
  await climb(target, surroundings(t, { env: { NO_PROXY: '*' }, connectTimeoutMs: 1000, packageKeys: keys }), observation =>
    noted.push(observation),
  )
  assert.equal(seen[0], `Basic ${Buffer.from('u:s3cr3t').toString('base64')}`)
  assert.ok(noted.some(o => o.layer === 'http' && o.outcome === 'answered' && o.via === 'proxy'))
  assert.ok(!JSON.stringify(noted).includes('s3cr3t'))
})
