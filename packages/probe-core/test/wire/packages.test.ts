// Package indexes made in the test, on loopback: what is asked of them, what their answers lead to, and what is made of it.
import assert from 'node:assert/strict'
import net from 'node:net'
import { test } from 'node:test'
import { html, judged, look, projects, serve, topCauses } from './package-indexes.ts'

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
