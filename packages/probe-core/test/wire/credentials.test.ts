import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { describe, it, type TestContext } from 'node:test'
import { type CredentialsResult, findCredentials, findOverriddenRole } from '../../src/probe/credentials.ts'
import { serve, startContext } from './local-server.ts'

const secret = 'a-very-secret-value'
const served = JSON.stringify({
  AccessKeyId: 'ASIAEXAMPLE',
  SecretAccessKey: secret,
  Token: 'tok',
  Expiration: '2030-01-01T00:00:00Z',
})

/** An environment with config files of its own, and no metadata service but what `more` names. */
function environment(t: TestContext, more: Record<string, string> = {}, config = '', keys = ''): NodeJS.ProcessEnv {
  const home = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  t.after(() => rmSync(home, { recursive: true }))
  writeFileSync(join(home, 'config'), config)
  writeFileSync(join(home, 'credentials'), keys)
  const files = { HOME: home, AWS_CONFIG_FILE: join(home, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials') }
  return { ...files, AWS_EC2_METADATA_DISABLED: 'true', ...more }
}

/** The SDK's providers read the variables of their own process: this one has those of `env`. It resolves when the process has ended. */
async function findInOwnProcess(env: NodeJS.ProcessEnv, ms = 20_000): Promise<CredentialsResult & { stderr: string }> {
  const source = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href)
  const script = `
    const { findCredentials } = await import(${source('probe/credentials.js')})
    const { startDeadline } = await import(${source('time/deadline.js')})
    const { startClock } = await import(${source('time/clock.js')})
    const found = await findCredentials({ env: process.env }, { deadline: startDeadline(${ms}), clock: startClock() })
    process.stdout.write(JSON.stringify({ ...found, credentials: undefined }))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env })
  const text = (stream: Readable) => stream.setEncoding('utf8').reduce((all: string, part: string) => all + part, '')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { ...JSON.parse(stdout), stderr }
}

describe('the credential chain', () => {
  it('says for every link why it gave nothing', async t => {
    const found = await findCredentials({ env: environment(t) }, startContext(t))
    assert.equal(found.source, null)
    assert.deepEqual(
      found.tried.map(each => each.source),
      ['environment', 'profile', 'web-identity', 'container', 'imds'],
    )
    assert.ok(found.tried.every(each => !each.gave && each.why))
    assert.equal(found.tried[0]?.why, 'AWS_ACCESS_KEY_ID is not set')
  })

  it('leaves aside keys with a line break, as files of variables from Windows bring them', async t => {
    const env = environment(t, { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE\r', AWS_SECRET_ACCESS_KEY: secret })
    const found = await findCredentials({ env }, startContext(t))
    assert.equal(found.source, null)
    assert.match(found.tried[0]?.why ?? '', /^AWS_ACCESS_KEY_ID has a space, a line break/)
  })

  it('stops at the first link that gives, and reports four letters of the key', async t => {
    const env = environment(t, { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE', AWS_SECRET_ACCESS_KEY: secret })
    const found = await findCredentials({ env }, startContext(t))
    assert.deepEqual(found.tried, [{ source: 'environment', gave: true, keyKind: 'AKIA' }])
    assert.equal(found.credentials?.secretAccessKey, secret)
  })

  it('names what half a pair of keys lacks', async t => {
    const found = await findCredentials({ env: environment(t, { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }) }, startContext(t))
    assert.match(found.tried[0]?.why ?? '', /AWS_SECRET_ACCESS_KEY is not/)
  })

  it('leaves the environment aside for a named profile, as the SDK does', async t => {
    const keys = '[other]\naws_access_key_id = AKIAFROMFILE\naws_secret_access_key = x\n'
    const env = environment(t, { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: secret }, '', keys)
    const found = await findCredentials({ env, profile: 'other' }, startContext(t))
    assert.equal(found.source, 'profile')
    assert.equal(found.credentials?.accessKeyId, 'AKIAFROMFILE')
  })

  it('runs the process that a profile names', async t => {
    const answer = JSON.stringify({ Version: 1, AccessKeyId: 'ASIAPROCESS', SecretAccessKey: secret, SessionToken: 'tok' })
    const script = `${process.execPath} -e "process.stdout.write(Buffer.from('${Buffer.from(answer).toString('base64')}','base64'))"`
    const found = await findCredentials(
      { env: environment(t, {}, `[default]\ncredential_process = ${script}\n`) },
      startContext(t),
    )
    assert.equal(found.source, 'process', JSON.stringify(found.tried))
    assert.equal(found.tried.at(-1)?.keyKind, 'ASIA')
  })

  it('says that a single sign-on session is missing, as single sign-on', async t => {
    const config =
      '[default]\nsso_start_url = https://127.0.0.1/start\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = r\n'
    const { tried } = await findInOwnProcess(environment(t, {}, config))
    assert.equal(tried[1]?.source, 'sso')
    assert.match(tried[1]?.why ?? '', /session/i)
  })

  const stopping: readonly (readonly [string, Record<string, string>, string, string, string | undefined])[] = [
    ['half a pair of keys', { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }, '', 'environment', 'certain'],
    ['a secret without its key', { AWS_SECRET_ACCESS_KEY: secret }, '', 'environment', undefined],
    [
      'a web identity token that is not there',
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token', AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/r' },
      '',
      'web-identity',
      'certain',
    ],
    ['a web identity token without a role', { AWS_WEB_IDENTITY_TOKEN_FILE: '/dev/null' }, '', 'web-identity', 'likely'],
    ['a program that is not there', {}, '[default]\ncredential_process = /nowhere/program\n', 'process', 'certain'],
    ['a program that fails', {}, '[default]\ncredential_process = false\n', 'process', 'likely'],
    ['half a pair of keys in a profile', {}, '[default]\naws_access_key_id = AKIAEXAMPLE\n', 'profile', 'certain'],
    ['a profile with a region alone', {}, '[default]\nregion = eu-west-1\n', 'profile', undefined],
    ['no profile', {}, '', 'profile', undefined],
  ]
  for (const [name, more, config, source, stops] of stopping)
    it(`${stops === undefined ? 'lets boto3 pass' : 'says that boto3 stops at'} ${name}`, async t => {
      const { tried } = await findInOwnProcess(environment(t, more, config))
      const link = tried.find(each => each.source === source)
      assert.equal(link?.gave, false)
      assert.equal(link?.stops, stops, link?.why)
    })

  it('does not say of a pipe in the place of a token that anybody stops there', async t => {
    const env = environment(t, { AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/r' })
    const pipe = join(env.HOME ?? '', 'pipe')
    execFileSync('mkfifo', [pipe])
    const { tried } = await findInOwnProcess({ ...env, AWS_WEB_IDENTITY_TOKEN_FILE: pipe })
    assert.deepEqual(tried[2], {
      source: 'web-identity',
      gave: false,
      why: 'AWS_WEB_IDENTITY_TOKEN_FILE cannot be read (ENOTREG)',
    })
  })

  it('takes container credentials with the token in a file, and says when they end', async t => {
    const { url, seen } = await serve(t, (_, response) => response.end(served))
    const env = environment(t, { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/v1/credentials` })
    const file = join(env.HOME ?? '', 'token')
    writeFileSync(file, 'pod-identity-token\n')
    const found = await findCredentials({ env: { ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file } }, startContext(t))
    assert.equal(seen[0]?.headers.authorization, 'pod-identity-token')
    assert.deepEqual(found.tried.at(-1), {
      source: 'container',
      gave: true,
      expiresAt: '2030-01-01T00:00:00.000Z',
      keyKind: 'ASIA',
    })
    assert.ok(!/very-secret|pod-identity-token|ASIAEX/.test(JSON.stringify(found.tried)))
  })

  it('never sends a token to another host in clear', async t => {
    const env = environment(t, {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://203.0.113.1/x',
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 't',
    })
    const found = await findCredentials({ env }, startContext(t))
    assert.match(found.tried.find(each => each.source === 'container')?.why ?? '', /refuse/)
  })

  it('says what a credential server answered that gave none', async t => {
    const { url } = await serve(t, (_, response) => {
      response.writeHead(500)
      response.end(secret)
    })
    const found = await findCredentials({ env: environment(t, { AWS_CONTAINER_CREDENTIALS_FULL_URI: url }) }, startContext(t))
    const container = found.tried.find(each => each.source === 'container')
    assert.match(container?.why ?? '', /answered 500$/)
    assert.match(found.tried.at(-1)?.why ?? '', /left aside/, 'the instance is not asked when the container is configured')
  })

  it('takes an instance role by IMDSv2', async t => {
    const { url } = await serve(t, (request, response) => {
      if (request.method === 'PUT') return response.end('tok')
      if (request.headers['x-aws-ec2-metadata-token'] !== 'tok') response.writeHead(401)
      return response.end(request.url?.endsWith('/example-role') ? served : 'example-role')
    })
    const env = environment(t, { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: url })
    const found = await findCredentials({ env }, startContext(t))
    assert.equal(found.source, 'imds', JSON.stringify(found.tried))
    assert.equal(found.credentials?.sessionToken, 'tok')
  })

  it('does without a token that is lost, unless version 1 is switched off', async t => {
    const { url } = await serve(t, (request, response) => {
      if (request.method === 'PUT') return
      response.end(request.url?.endsWith('/example-role') ? served : 'example-role')
    })
    const env = environment(t, { AWS_EC2_METADATA_DISABLED: 'false', AWS_EC2_METADATA_SERVICE_ENDPOINT: url })
    assert.equal((await findCredentials({ env }, startContext(t))).source, 'imds')
    const strict = await findCredentials({ env: { ...env, AWS_EC2_METADATA_V1_DISABLED: 'true' } }, startContext(t))
    assert.match(strict.tried.at(-1)?.why ?? '', /accepted the connection and did not answer/)
  })

  it('gives up on an STS that does not answer, and lets its process end', async t => {
    const { url, seen } = await serve(t, () => {})
    const env = environment(t, {
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/r',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_STS: url,
    })
    const file = join(env.HOME ?? '', 'web-token')
    writeFileSync(file, 'web-identity-token')
    const { tried, stderr } = await findInOwnProcess({ ...env, AWS_WEB_IDENTITY_TOKEN_FILE: file }, 1500)
    assert.equal(seen.length, 1, 'one attempt was made')
    assert.equal(tried[2]?.gave, false)
    assert.ok(tried[2]?.why, 'and it says why it gave nothing')
    assert.ok(!JSON.stringify(tried).includes('web-identity-token'))
    assert.equal(stderr, '', 'nothing is printed')
  })

  it('ends with the deadline, however slow a provider is', async t => {
    const config = `[default]\ncredential_process = ${process.execPath} -e "setTimeout(() => {}, 60000)"\n`
    const found = await findCredentials({ env: environment(t, {}, config) }, startContext(t, 300))
    assert.equal(found.source, null)
    assert.deepEqual(
      found.tried.slice(1).map(each => each.why),
      ['no answer before the deadline', 'no time was left', 'no time was left', 'no time was left'],
    )
  })

  it('says that environment keys hide a role, but not on Lambda, where they are the role', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' }
    assert.equal(findOverriddenRole({ ...keys, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' }), 'container')
    assert.equal(findOverriddenRole(keys, 'example-role'), 'imds')
    assert.equal(findOverriddenRole(keys), undefined)
    assert.equal(findOverriddenRole({ ...keys, AWS_LAMBDA_FUNCTION_NAME: 'f' }, 'r'), undefined)
  })
})
