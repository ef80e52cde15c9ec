// No secret leaves the function: not in what it publishes, not in its log, not in its answers and errors. Whoever refuses it repeats all
// that was sent, as AWS does of a signature that does not match.

import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const inside = fileURLToPath(new URL('./secrets-inside.js', import.meta.url))

const secrets = {
  keyId: 'ASIACANARY0000000001',
  secretKey: 'CanarySecretKeyCanarySecretKey0123456789',
  sessionToken: 'CanarySessionTokenCanarySessionToken0123456789',
  containerToken: 'CanaryContainerToken',
  indexToken: 'CanaryIndexTokenCanaryIndexToken',
  urlToken: 'CanaryUrlToken0123456789',
  urlPassword: 'canary-url-password',
  signature: 'CanarySignature0123456789abcdef',
}

const tried = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up'])
const skip = tried.status === 0 ? false : 'needs the right to make a network namespace (unshare --net) and ip'

interface Ran {
  readonly told: readonly { readonly action: string; readonly url: string; readonly body: string }[]
  readonly answered: readonly Readonly<Record<string, unknown>>[]
  readonly all: string
}

function run(publications: 'take' | 'refuse'): Promise<Ran> {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' }
  const args = ['--net', process.execPath, inside, JSON.stringify(secrets), publications]
  return new Promise((resolve, reject) => {
    execFile('unshare', args, { env, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      if (error !== null) return reject(error)
      const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Omit<Ran, 'all'>
      resolve({ ...last, all: stdout + stderr })
    })
  })
}

function assertNoSecret(text: string): void {
  for (const [what, secret] of Object.entries(secrets))
    for (const form of [secret, encodeURIComponent(secret), base64(secret), base64(`aws:${secret}`)])
      assert.ok(!text.includes(form), `${what} is told: ${around(text, form)}`)
  assert.doesNotMatch(text, /Signature=[0-9a-f]{8}|AWS4-HMAC-SHA256 Credential/)
}

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '')

function around(text: string, form: string): string {
  const at = text.indexOf(form)
  return text.slice(Math.max(0, at - 160), at + form.length + 40)
}

test('nothing that is published, logged or answered holds a secret', { skip }, async () => {
  const { told, answered, all } = await run('take')
  for (const action of ['PutLogEvents', 'PUT', 'Publish', 'PutLifecycleEventHookExecutionStatus'])
    assert.ok(
      told.some(each => each.action === action && each.body !== ''),
      `nothing was sent: ${action}`,
    )
  assert.ok(told.some(({ action, url, body }) => action === 'PUT' && url.startsWith('/reports') && body.includes('eniprobe/1')))
  assert.ok(told.some(({ url, body }) => url === '/response' && body.includes('"Status":"FAILED"')))
  assert.match(all, /"CloudWatchMetrics"/)
  assert.deepEqual(
    answered.map(each => each.errorType ?? each.Status ?? each.format),
    ['eniprobe/1', 'eniprobe/1', 'NotReachableError', 'ProbeUsageError', 'FAILED', 'eniprobe/1'],
  )
  assertNoSecret(all)
})

test('nor where every publication is refused, in words that repeat what was sent', { skip }, async () => {
  const { answered, all } = await run('refuse')
  const problems = answered.flatMap(({ published = [] }) => published as readonly { readonly problem?: string }[])
  assert.ok(problems.some(({ problem = '' }) => /AccessDenied/.test(problem)))
  assertNoSecret(all)
})
