import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { makePace } from '../../src/observe/pace.ts'
import { readSdkSettings } from '../../src/probe/settings.ts'
import { findHere } from '../../src/stuck/candidates.ts'
import { startClock } from '../../src/time/clock.ts'
import { startDeadline } from '../../src/time/deadline.ts'

function home(t: TestContext, config: string): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'config'), config)
  return { HOME: folder, AWS_CONFIG_FILE: join(folder, 'config') }
}

describe('the settings that name endpoints', () => {
  it('are empty where nothing is set', async t => {
    const { settings, profile, problem } = await readSdkSettings({ env: home(t, '') })
    assert.deepEqual([settings, profile, problem], [{}, 'default', undefined])
  })

  it('are told to be unreadable where no time is left to read them, and nothing else is', async t => {
    const env = home(t, '[default]\nregion = eu-west-1')
    const { problem, profileRegion } = await readSdkSettings({ env, withinMs: 0 })
    assert.match(problem?.message ?? '', /cannot be read in time/)
    assert.equal(profileRegion, undefined)
    assert.equal((await readSdkSettings({ env, withinMs: 2000 })).profileRegion, 'eu-west-1')
  })

  it('come from the config file', async t => {
    const config = `[default]
region = eu-west-1
sts_regional_endpoints = legacy
use_dualstack_endpoint = true
endpoint_url = https://all.example
services = mine

[services mine]
s3 =
  endpoint_url = https://s3.example:8443/base
elastic_beanstalk =
  endpoint_url = https://eb.example
`
    const env = home(t, config)
    const { settings, profileRegion } = await readSdkSettings({ env })
    const file = env.AWS_CONFIG_FILE
    assert.equal(profileRegion, 'eu-west-1')
    assert.deepEqual(settings, {
      useDualstack: true,
      stsRegionalEndpoints: 'legacy',
      endpointUrls: { '*': 'https://all.example', s3: 'https://s3.example:8443/base', elastic_beanstalk: 'https://eb.example' },
      endpointUrlsFrom: {
        '*': `endpoint_url of [default], ${file}`,
        s3: `endpoint_url of s3 in [services mine], ${file}`,
        elastic_beanstalk: `endpoint_url of elastic_beanstalk in [services mine], ${file}`,
      },
    })
  })

  it('of the environment win over the file, and credentials in a URL are dropped', async t => {
    const env = {
      ...home(t, '[default]\nuse_fips_endpoint = true\nendpoint_url = https://file.example\n'),
      AWS_USE_FIPS_ENDPOINT: 'false',
      AWS_STS_REGIONAL_ENDPOINTS: 'regional',
      AWS_ENDPOINT_URL: 'https://user:pass@env.example',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:8000',
    }
    const { settings } = await readSdkSettings({ env })
    assert.deepEqual(settings, {
      useFips: false,
      stsRegionalEndpoints: 'regional',
      endpointUrls: { '*': 'https://env.example', dynamodb: 'http://localhost:8000' },
      endpointUrlsFrom: { '*': 'AWS_ENDPOINT_URL', dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB' },
    })
  })

  it('of the environment for all services hide what the file says of one, as in the SDKs', async t => {
    const config = '[default]\nservices = mine\n[services mine]\ns3 =\n  endpoint_url = https://s3.example\n'
    const env = { ...home(t, config), AWS_ENDPOINT_URL: 'https://env.example' }
    const { settings } = await readSdkSettings({ env })
    assert.deepEqual(settings.endpointUrls, { '*': 'https://env.example' })
  })

  it('of a named profile are told by its section, in the file that says it', async t => {
    const env: NodeJS.ProcessEnv = { ...home(t, '[profile p]\nendpoint_url = https://all.example\n'), AWS_PROFILE: 'p' }
    const { settings } = await readSdkSettings({ env })
    assert.deepEqual(settings.endpointUrlsFrom, { '*': `endpoint_url of [profile p], ${env.AWS_CONFIG_FILE}` })
    const keys = join(env.HOME ?? '', 'keys')
    writeFileSync(keys, '[p]\nendpoint_url = https://other.example\n')
    const other = await readSdkSettings({ env: { ...env, AWS_SHARED_CREDENTIALS_FILE: keys } })
    assert.deepEqual(other.settings.endpointUrls, { '*': 'https://other.example' })
    assert.deepEqual(other.settings.endpointUrlsFrom, { '*': `endpoint_url of [p], ${keys}` })
  })

  it('are never waited for: a pipe in the place of the file is named, and nothing is read of a device', async t => {
    const env = home(t, '')
    const pipe = join(env.HOME ?? '', 'pipe')
    execFileSync('mkfifo', [pipe])
    const { problem } = await readSdkSettings({ env: { ...env, AWS_CONFIG_FILE: pipe } })
    assert.match(problem?.message ?? '', /is a pipe or a device/)
    assert.equal((await readSdkSettings({ env: { ...env, AWS_CONFIG_FILE: '/dev/zero' } })).problem?.code, 'config-unreadable')
    assert.equal((await readSdkSettings({ env: { ...env, AWS_CONFIG_FILE: '/dev/null' } })).problem, undefined)
  })

  it('are those of a profile that is there: no name of a property of every object is one', async t => {
    for (const profile of ['__proto__', 'constructor', 'toString'])
      assert.equal((await readSdkSettings({ env: home(t, ''), profile })).problem?.code, 'profile-missing')
  })

  it('that are to be ignored are', async t => {
    const env = { ...home(t, ''), AWS_ENDPOINT_URL: 'https://env.example', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }
    assert.deepEqual((await readSdkSettings({ env })).settings, {})
  })

  it('say that a named profile is not there, and what mends it', async t => {
    const { problem } = await readSdkSettings({ env: home(t, '[default]\n'), profile: 'other' })
    assert.equal(problem?.code, 'profile-missing')
    assert.match(problem?.hint ?? '', /\[profile other\]/)
  })

  it('say that a folder in the place of the file cannot be read', async t => {
    const env = { ...home(t, ''), AWS_CONFIG_FILE: tmpdir() }
    assert.equal((await readSdkSettings({ env })).problem?.code, 'config-unreadable')
  })

  it('end whatever needs them with one line where the profile is not there', async () => {
    const deadline = startDeadline(5000)
    const run = { deadline, clock: startClock(), connectTimeoutMs: 100, questions: makePace(deadline) }
    await assert.rejects(findHere({ profile: 'no-such-profile' }, run), {
      name: 'ProbeUsageError',
      message: /^--profile names the profile "no-such-profile", which is not there \(\//,
    })
    deadline.dispose()
  })
})
