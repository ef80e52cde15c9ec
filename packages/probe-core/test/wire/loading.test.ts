import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'

/** Packages that a fresh process has loaded, as ES or CommonJS modules, after `code` ran. */
function packagesLoadedBy(code: string): string[] {
  const hook = `export async function load(url, context, next) { process._rawDebug('loaded ' + url); return next(url, context) }`
  const script = `
    import { createRequire, register } from 'node:module'
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}))
    ${code}
    for (const path of Object.keys(createRequire(import.meta.url).cache)) process._rawDebug('loaded ' + path)`
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const names = [...stderr.matchAll(/^loaded .*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(found => found[1] ?? '')
  return [...new Set(names)].sort()
}

const source = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href)

describe('loading', () => {
  it('none of the AWS SDK is loaded before something is signed', () => {
    const paths = ['aws', 'identity', 'credentials', 'settings', 'metadata'].map(name => source(`probe/${name}.js`))
    const loaded = packagesLoadedBy(paths.map(path => `await import(${path})`).join('\n'))
    assert.deepEqual(
      loaded.filter(name => /^@(?:aws-sdk|smithy)\//.test(name)),
      [],
    )
  })

  it('signing loads the signer and no client', () => {
    const loaded = packagesLoadedBy(`
      const { signRequest } = await import(${source('probe/sign.js')})
      await signRequest({ method: 'GET', host: 'h', path: '/' }, { accessKeyId: 'A', secretAccessKey: 'S' }, { service: 's', region: 'r' })`)
    assert.ok(loaded.includes('@smithy/signature-v4'), loaded.join())
    assert.ok(!loaded.some(name => name.startsWith('@aws-sdk/')), loaded.join())
  })

  it('keys of the environment are found without the SDK', () => {
    const loaded = packagesLoadedBy(`
      const { findCredentials } = await import(${source('probe/credentials.js')})
      const { startDeadline } = await import(${source('time/deadline.js')})
      const { startClock } = await import(${source('time/clock.js')})
      const env = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S' }
      const found = await findCredentials({ env }, { deadline: startDeadline(5000), clock: startClock() })
      if (found.source !== 'environment') throw new Error('not found')`)
    assert.deepEqual(
      loaded.filter(name => name.startsWith('@aws-sdk/')),
      [],
    )
  })
})
