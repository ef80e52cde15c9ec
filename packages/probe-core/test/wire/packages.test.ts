// Package indexes made in the test, on loopback: what is asked of them, what their answers lead to, and what is made of it.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, type TestContext, test } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { PackageUse } from '../../src/model/packages.ts'
import type { ObservedTarget, PlannedTarget } from '../../src/model/target.ts'
import { climb } from '../../src/observe/climb.ts'
import { makePackageKeys } from '../../src/observe/packages/access.ts'
import { makePlaces } from '../../src/observe/places.ts'
import { readSource } from '../../src/probe/packages/index.ts'
import { readTrust } from '../../src/probe/trust.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { makeAuthority } from './certificates.ts'
import { surroundings } from './surroundings.ts'

let authority: Awaited<ReturnType<typeof makeAuthority>>
before(async () => {
  authority = await makeAuthority('Root of the Network')
})

type Serve = (request: IncomingMessage, response: ServerResponse) => void

interface Served {
  readonly port: number
  readonly asked: {
    readonly path: string
    readonly authorization: string | undefined
    readonly headers: IncomingMessage['headers']
  }[]
}

async function serve(t: TestContext, name: string, answer: Serve, scheme: 'http' | 'https' = 'https'): Promise<Served> {
  const asked: Served['asked'] = []
  const handle: Serve = (request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization, headers: request.headers })
    answer(request, response)
  }
  const server = scheme === 'https' ? https.createServer(await authority.issue({ name }), handle) : createServer(handle)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as net.AddressInfo).port, asked }
}

interface Looked {
  readonly targets: readonly ObservedTarget[]
  readonly http: ReturnType<typeof httpOf>
}

/** Climbs the place that a configuration names, and whatever its answers lead to. Every `*.test` name is this machine. */
async function look(t: TestContext, url: string, use: Partial<PackageUse> = {}, env: NodeJS.ProcessEnv = {}): Promise<Looked> {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'ca.pem'), authority.pem)
  const given = { manager: 'pip', role: 'index', configuredBy: 'index-url of [global], /etc/pip.conf', ...use } as const
  const read = readSource(url, given)
  assert.ok(read)
  const { url: plain, ...packages } = read.source
  const hosts = new Map(['index.test', 'files.test', 'other.test', 'auth.test'].map(name => [name, ['127.0.0.1']]))
  const targets: ObservedTarget[] = []
  const begin = async (target: PlannedTarget) => {
    const observations: Observation[] = []
    targets.push({ ...target, observations })
    await climb(target, run, observation => observations.push(observation))
  }
  const run = surroundings(t, {
    env,
    connectTimeoutMs: 1000,
    trust: readTrust({ AWS_CA_BUNDLE: join(folder, 'ca.pem') }),
    hosts,
    places: makePlaces(8),
    region: 'eu-west-1',
    packageKeys: makePackageKeys(new Map([[plain, read.access]]), { region: 'eu-west-1', dnsSuffix: 'amazonaws.com' }),
    found: target => (targets.length < 10 ? begin(target) : Promise.resolve()),
  })
  const to = new URL(plain)
  const isClear = to.protocol === 'http:'
  await begin({
    id: 'index',
    kind: 'https',
    service: null,
    host: to.hostname,
    port: Number(to.port) || (isClear ? 80 : 443),
    region: 'eu-west-1',
    wantedBy: ['pip'],
    path: to.pathname,
    ...(isClear && { scheme: 'http' as const }),
    packages,
  })
  return { targets, http: httpOf(targets[0]) }
}

function httpOf(target: ObservedTarget | undefined) {
  const http = target?.observations.find(o => o.layer === 'http' && o.variant === undefined)
  return http?.layer === 'http' && http.outcome === 'answered' ? http.seen : undefined
}

/** As a saved report of such a run, judged. */
function judged(targets: readonly ObservedTarget[]) {
  const vantage = {
    interfaces: [{ name: 'eth0', address: '10.0.0.4', prefixLength: 24 }],
    internet: 'silent',
    region: 'eu-west-1',
  }
  const run = { startedAt: '2026-11-01T00:00:00.000Z' }
  return diagnose(decodeReport(JSON.stringify({ format: 'eniprobe/1', run, vantage, targets })))
}

const topCauses = (targets: readonly ObservedTarget[]) =>
  judged(targets).findings.map(f => `${f.targets.join()}: ${f.causes[0]?.cause} ${f.causes[0]?.confidence}`)

function html(response: ServerResponse, links: readonly string[]): void {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(
    `<!DOCTYPE html><html><body>${links.map(link => `<a class="x" href="${link}">f</a>`).join('<br/>\n')}</body></html>`,
  )
}

/** As pypiserver: what it has itself, and a redirect to a public index for the rest. */
const projects: Serve = (request, response) => {
  if (request.url === '/simple/pip/') return html(response, ['/packages/pip-24.0-py3-none-any.whl#sha256=00', '../x'])
  if (request.url?.startsWith('/packages/')) return void response.end('PK')
  response.statusCode = 404
  response.end()
}

test('an index that holds its files itself is healthy, and one project of it was asked for', async t => {
  const index = await serve(t, 'index.test', projects)
  const { targets, http } = await look(t, `https://index.test:${index.port}/simple`)
  assert.deepEqual(http?.index, { form: 'html', entries: 2, credentials: 'none' })
  assert.deepEqual(
    index.asked.map(a => a.path),
    ['/simple/pip/', '/packages/pip-24.0-py3-none-any.whl'],
  )
  assert.match(String(index.asked[0]?.headers.accept), /vnd\.pypi\.simple\.v1\+json/)
  assert.equal(targets.length, 1)
  assert.equal(judged(targets).targets[0]?.verdict, 'healthy')
})

test('files that lie elsewhere are a target of their own: silent while the index answers is its own cause', async t => {
  // Takes connections and says nothing.
  const mute = net.createServer(() => {}).listen(0, '127.0.0.1')
  await new Promise(resolve => mute.once('listening', resolve))
  t.after(() => mute.close())
  const mutePort = (mute.address() as net.AddressInfo).port
  const index = await serve(t, 'index.test', (_request, response) => {
    response.setHeader('content-type', 'application/vnd.pypi.simple.v1+json')
    response.end(
      JSON.stringify({ files: [{ url: `https://files.test:${mutePort}/a/pip-1.whl?X-Amz-Signature=s3cr3t-sig` }], name: 'pip' }),
    )
  })
  const { targets, http } = await look(t, `https://u:s3cr3t-own@index.test:${index.port}/simple/`)
  assert.deepEqual(http?.index, { form: 'json', entries: 1, hosts: [`files.test:${mutePort}`], credentials: 'sent' })
  assert.deepEqual(
    targets.map(target => [target.host, target.path, target.packages?.foundBy]),
    [
      ['index.test', '/simple/', undefined],
      ['files.test', '/a/pip-1.whl', 'index'],
    ],
  )
  assert.ok(!JSON.stringify(targets).includes('s3cr3t'))
  const [finding] = judged(targets).findings
  assert.deepEqual(finding?.targets, [`https://files.test:${mutePort}`])
  assert.ok(
    finding?.causes.some(one => one.cause === 'package-files-elsewhere'),
    topCauses(targets).join(),
  )
  assert.ok(finding?.causes.every(one => one.confidence !== 'certain'))
})

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

test('an index that redirects what it lacks leads to where it redirects, without credentials', async t => {
  const other = await serve(t, 'other.test', (_request, response) => response.end('<html></html>'))
  const index = await serve(t, 'index.test', (_request, response) => {
    response.writeHead(303, { location: `https://u:p@other.test:${other.port}/simple/pip/?t=1` })
    response.end()
  })
  const { targets } = await look(t, `https://u:s3cr3t@index.test:${index.port}/simple/`)
  assert.deepEqual(
    targets.map(target => target.host),
    ['index.test', 'other.test'],
  )
  assert.deepEqual(
    other.asked.map(a => [a.path, a.authorization]),
    [['/', undefined]],
  )
})

test('an index without the known project is read by the first that it lists; its files may be redirects', async t => {
  const files = await serve(t, 'files.test', (_request, response) => response.end('PK'))
  const index = await serve(t, 'index.test', (request, response) => {
    if (request.url === '/root/simple/') return html(response, ['/root/simple/ours/', 'https://elsewhere.test/simple/theirs/'])
    if (request.url === '/root/simple/ours/') return html(response, ['ours-1.0.tar.gz#sha256=1'])
    if (request.url === '/root/simple/ours/ours-1.0.tar.gz')
      response.writeHead(302, { location: `https://files.test:${files.port}/b/ours-1.0.tar.gz?X-Amz-Signature=abc` })
    else response.statusCode = 404
    response.end()
  })
  const { targets, http } = await look(t, `https://u:s3cr3t@index.test:${index.port}/root/simple`)
  assert.equal(http?.status, 404)
  assert.deepEqual(
    index.asked.map(a => a.path),
    ['/root/simple/pip/', '/root/simple/', '/root/simple/ours/', '/root/simple/ours/ours-1.0.tar.gz'],
  )
  // The signature is what lets the file be had: sent to its own host, written nowhere.
  assert.deepEqual(
    files.asked.map(a => [a.path, a.authorization]),
    [['/b/ours-1.0.tar.gz?X-Amz-Signature=abc', undefined]],
  )
  assert.ok(!JSON.stringify(targets).includes('Signature'))
})

test("npm's tarballs, a mirror list's mirrors and docker's tokens lead on in the same way", async t => {
  const files = await serve(t, 'files.test', (_request, response) => response.end('x'))
  const registry = await serve(t, 'index.test', (_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        versions: { '1.0.2': { dist: { tarball: `https://files.test:${files.port}/wrappy/-/wrappy-1.0.2.tgz` } } },
      }),
    )
  })
  const npm = await look(t, `https://index.test:${registry.port}/npm/`, { manager: 'npm', role: 'registry' })
  assert.deepEqual(
    registry.asked.map(a => a.path),
    ['/npm/wrappy'],
  )
  assert.deepEqual(
    npm.targets.map(target => target.path),
    ['/npm/', '/wrappy/-/wrappy-1.0.2.tgz'],
  )

  const mirrors = await serve(t, 'index.test', (_request, response) =>
    response.end(`https://files.test:${files.port}/guids/1/x86_64/\n`),
  )
  const dnf = await look(t, `https://index.test:${mirrors.port}/mirror.list`, { manager: 'dnf', role: 'mirror-list' })
  assert.deepEqual(
    dnf.targets.map(target => target.packages?.role),
    ['mirror-list', 'repository'],
  )
  assert.equal(files.asked.at(-1)?.path, '/guids/1/x86_64/repodata/repomd.xml')

  const images = await serve(t, 'index.test', (_request, response) => {
    response.writeHead(401, { 'www-authenticate': `Bearer realm="https://auth.test:${files.port}/token",service="r"` })
    response.end()
  })
  const docker = await look(t, `https://index.test:${images.port}/`, { manager: 'docker', role: 'image-registry' })
  assert.deepEqual(
    images.asked.map(a => a.path),
    ['/v2/'],
  )
  assert.deepEqual(
    docker.targets.map(target => target.host),
    ['index.test', 'auth.test'],
  )
  assert.ok(!topCauses(docker.targets).some(cause => cause.startsWith('index:')), '401 is how a registry greets')
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

test('an index that moved from http to https is followed there as a place of its own', async t => {
  const secure = await serve(t, 'index.test', (_request, response) => html(response, []))
  const clear = await serve(
    t,
    'index.test',
    (request, response) => {
      response.writeHead(301, { location: `https://index.test:${secure.port}${request.url}` })
      response.end()
    },
    'http',
  )
  const { targets } = await look(t, `http://index.test:${clear.port}/simple/`)
  assert.deepEqual(
    targets.map(target => target.port),
    [clear.port, secure.port],
  )
})

test('hostile answers are read and left: endless pages, links to metadata, thousands of hosts', async t => {
  const index = await serve(t, 'index.test', (request, response) => {
    response.setHeader('content-type', 'text/html')
    if (request.url === '/endless/pip/')
      return void new Promise<void>(() => {
        const more = () => {
          while (!response.destroyed && response.write('<a '.repeat(10_000))) {}
        }
        response.on('drain', more)
        more()
      })
    const links = [
      'http://169.254.169.254/latest/x.whl',
      'javascript:alert(1)',
      'https://%zz/',
      'https://u:p@\u0000/',
      ...Array.from({ length: 5000 }, (_, i) => `https://h${i}.test:1/x.whl`),
    ]
    response.end(`${'<base href="'.repeat(2000)}${links.map(link => `<a href=${link}>`).join('')}`)
  })
  const endless = await look(t, `https://index.test:${index.port}/endless/`)
  assert.equal(endless.http?.index?.form, 'html')
  const many = await look(t, `https://index.test:${index.port}/many/`)
  assert.ok(many.targets.length <= 4, String(many.targets.length))
  assert.ok(many.targets.every(target => !target.host.startsWith('169.254.')))
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
