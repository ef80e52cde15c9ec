// Where a secret could come from, or go, beside an ordinary run: other processes, logs, saved reports, crashes, what the library
// publishes, and what Node tells of itself.
import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { combine, type Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { cliPath, type Vpc } from '../src/world/vpc.ts'
import { assertNoSecret, keyId, keys, secrets, webIdentity } from './canaries.ts'

const home = '/run/lab/home'
const formats = ['text', 'json', 'markdown', 'html', 'junit', 'prometheus'] as const
const packages = dirname(dirname(dirname(cliPath())))
const logs = 'https://logs.ap-northeast-1.amazonaws.com'
const inUrl = `https://app.internal/?token=${secrets.urlToken}`
const named = inUrl.replace('//', `//user:${secrets.urlPassword}@`)

/** In every format, in the clear and masked; with what stands on standard error. */
async function toldBy(vpc: Vpc, words: readonly string[], input?: string): Promise<string> {
  let told = ''
  for (const masked of [[], ['--redact']]) {
    const sinks = formats.flatMap(format => ['--format', format, '--output', `${home}/told.${format}`])
    const script = `"$@"; status=$?; cat ${home}/told.*; exit $status`
    const argv = ['sh', '-c', script, 'sh', process.execPath, cliPath(), ...words, '--verbose', ...masked, ...sinks]
    const ran = await vpc.run(argv, input === undefined ? {} : { input })
    assert.ok(ran.status === 0 || ran.status === 1, `exit ${ran.status}: ${ran.stderr}`)
    assert.ok(ran.stdout.includes('<!doctype html>') && ran.stdout.includes('eniprobe/1'), ran.stderr)
    told += ran.stdout + ran.stderr
  }
  return told
}

describe('no secret is told', { concurrency: 4 }, () => {
  test('of other processes that hang, whatever their command lines and environments hold', async t => {
    const vpc = await vpcLab(t, combine(keys, faults.endpointSecurityGroup('logs'), faults.targetSecurityGroup()))
    if (!vpc) return
    const url = `${logs}/?X-Amz-Credential=${keyId}%2F20260101&X-Amz-Signature=${secrets.presigned}&X-Amz-Security-Token=${secrets.sessionToken}`
    const clients = [
      `curl -s -m 60 -u me:${secrets.urlPassword} -H 'Authorization: Bearer ${secrets.urlToken}' '${url}'`,
      `HTTPS_PROXY=http://user:${secrets.proxyPassword}@10.20.3.9:5432 AWS_SECRET_ACCESS_KEY=${secrets.secretKey} ${process.execPath} -e "require('net').connect({host:'db.internal',port:5432})" -- --password=${secrets.netrcPassword} ${secrets.registryToken}`,
      `PIP_INDEX_URL=https://aws:${secrets.indexToken}@logs.ap-northeast-1.amazonaws.com/ python3 -c "import socket;socket.create_connection(('logs.ap-northeast-1.amazonaws.com',443))" postgres://me:${secrets.urlPassword}@db.internal/`,
    ]
    const waiting = `for i in $(seq 100); do [ $(grep -c ' 02 ' /proc/net/tcp) -ge 3 ] && break; sleep 0.1; done`
    await vpc.run(['sh', '-c', `${clients.map(client => `${client} > /dev/null 2>&1 < /dev/null &`).join('\n')}\n${waiting}`])
    const told = await toldBy(vpc, ['stuck', '--deadline', '12s'])
    assert.match(told, /"command": ?"curl/)
    assert.match(told, /db\.internal|10\.20\.3\.9/)
    assertNoSecret(told)
  })

  test('of a command that is watched', async t => {
    const vpc = await vpcLab(t, combine(keys, faults.targetSecurityGroup()))
    if (!vpc) return
    const client = `setTimeout(() => process.exit(), 8000); require('net').connect({host:'db.internal',port:5432})`
    const argv = ['stuck', '--verbose', '--format', 'json', '--output', `${home}/told.json`, '--', process.execPath, '-e', client]
    const command = [...argv, '--', `--password=${secrets.urlPassword}`, named]
    const ran = await vpc.run(['sh', '-c', `"$@"; cat ${home}/told.json`, 'sh', process.execPath, cliPath(), ...command])
    assert.match(ran.stderr, /10\.20\.3\.9|db\.internal/)
    assert.match(ran.stdout, /eniprobe\/1/)
    assertNoSecret(ran.stdout + ran.stderr)
  })

  test('of what the user’s own words hold', async t => {
    const vpc = await vpcLab(t, combine(keys, faults.targetSecurityGroup()))
    if (!vpc) return
    const told = await toldBy(vpc, [inUrl, 'logs'])
    assert.match(told, /app\.internal/)
    assertNoSecret(told)
  })

  test('when words with a secret in them are wrong', async t => {
    const vpc = await vpcLab(t)
    if (!vpc) return
    const wrong = [
      [named],
      [`postgres://me:${secrets.urlPassword}@db.internal:5432/?password=${secrets.urlToken}`],
      [`user:${secrets.urlPassword}@app.internal`],
      [`https://user:${secrets.urlPassword}/x@app.internal/`],
      [`htps://user:${secrets.urlPassword}@app.internal/?token=${secrets.urlToken}`],
      [`https://user:${secrets.urlPassword}@app.internal:99999/?token=${secrets.urlToken}`],
      [`https://user:${secrets.urlPassword}@/?token=${secrets.urlToken}`],
      ['logs', '--internet-canary', `user:${secrets.urlPassword}@app.internal`],
    ]
    for (const words of wrong) {
      const ran = await vpc.run([process.execPath, cliPath(), ...words, '--verbose'])
      assert.equal(ran.status, 2, ran.stdout)
      assertNoSecret(ran.stdout + ran.stderr)
    }
  })

  test('of a log that somebody hands to `why`', async t => {
    const vpc = await vpcLab(t, combine(keys, faults.interfaceEndpointMissing('logs')))
    if (!vpc) return
    const text = [
      `2026-01-01 DEBUG botocore.endpoint Sending http request: <AWSPreparedRequest url=${logs}/, headers={'Authorization': b'AWS4-HMAC-SHA256 Credential=${keyId}/20260101, Signature=${secrets.presigned}', 'X-Amz-Security-Token': b'${secrets.sessionToken}'}>`,
      `botocore.exceptions.EndpointConnectionError: Could not connect to the endpoint URL: "${logs}/?X-Amz-Signature=${secrets.presigned}"`,
      `{"AccessKeyId":"${keyId}","SecretAccessKey":"${secrets.secretKey}","SessionToken":"${secrets.sessionToken}"} connect ETIMEDOUT 10.20.1.21:443`,
      `ERROR: Could not find a version (from https://aws:${secrets.indexToken}@pypi.internal/simple/): Connection to pypi.internal timed out. (connect timeout=15)`,
      `npm error network request to https://user:${secrets.urlPassword}@registry.npmjs.org/x failed, reason: connect ETIMEDOUT 104.16.24.34:443 //registry.npmjs.org/:_authToken=${secrets.registryToken}`,
      `curl -H "Authorization: Bearer ${secrets.urlToken}" failed: (28) Failed to connect to logs.ap-northeast-1.amazonaws.com port 443: Connection timed out`,
      `User: arn:aws:iam::123456789012:user/x is not authorized to perform: logs:PutLogEvents password=${secrets.netrcPassword}`,
    ].join('\n')
    const told = await toldBy(vpc, ['why', '-', '--deadline', '8s'], text)
    assert.match(told, /logs\.ap-northeast-1\.amazonaws\.com/)
    assertNoSecret(told)
  })

  test('of reports that are compared', async t => {
    const worlds: readonly Fault[] = [combine(keys, faults.interfaceEndpointMissing('logs')), keys]
    const reports: string[] = []
    for (const world of worlds) {
      const vpc = await vpcLab(t, world)
      if (!vpc) return
      reports.push((await vpc.eniprobe(['logs', inUrl, '--deadline', '6s'])).stdout)
    }
    const vpc = await vpcLab(t)
    if (!vpc) return
    for (const [at, report] of reports.entries()) await vpc.run(['sh', '-c', `cat > ${home}/${at}.json`], { input: report })
    for (const format of ['text', 'json', 'markdown']) {
      const ran = await vpc.run([process.execPath, cliPath(), 'compare', `${home}/0.json`, `${home}/1.json`, '--format', format])
      assert.match(ran.stdout, /logs/, ran.stderr)
      assertNoSecret(ran.stdout + ran.stderr)
    }
  })

  test('when the program itself fails, with all that an error can carry', async t => {
    const vpc = await vpcLab(t, combine(keys, faults.eniSecurityGroup()))
    if (!vpc) return
    const carried = `{ credentials: process.env, request: { headers: { authorization: process.env.AWS_SECRET_ACCESS_KEY } } }`
    const fails = [
      `setTimeout(() => { throw Object.assign(new Error('broken'), ${carried}) }, 400)`,
      `setTimeout(() => { Promise.reject(Object.assign(new Error('broken', { cause: process.env }), ${carried})) }, 400)`,
    ]
    for (const fail of fails)
      for (const more of [[], ['--verbose']]) {
        const script = `printf %s "$FAIL" > ${home}/fail.cjs; exec "$@"`
        const node = [process.execPath, `--require=${home}/fail.cjs`, cliPath(), 'logs', ...more]
        const ran = await vpc.run(['sh', '-c', script, 'sh', ...node], { env: { FAIL: fail } })
        assert.equal(ran.status, 3, ran.stderr)
        assert.match(ran.stderr, /broken/)
        assertNoSecret(ran.stdout + ran.stderr)
      }
  })

  for (const [name, world] of Object.entries({ keys, webIdentity }))
    test(`when Node is asked to tell of its own doing (${name})`, async t => {
      const vpc = await vpcLab(t, world)
      if (!vpc) return
      const env = { NODE_DEBUG: 'http,https,net,tls,undici,fetch,fs,stream,timer,module', DEBUG: '*', AWS_SDK_LOAD_CONFIG: '1' }
      const ran = await vpc.run([process.execPath, cliPath(), 'logs', 'sts', 's3://lab-data', '--verbose'], { env })
      assert.match(ran.stderr, /^(?:NET|TLS) \d+: /m)
      assertNoSecret(ran.stdout + ran.stderr)
    })

  test('by what the library publishes, and by spans made of it', async t => {
    const vpc = await vpcLab(t, combine(keys, faults.interfaceEndpointMissing('kms')))
    if (!vpc) return
    const library = join(packages, 'probe-core', 'dist', 'lib', 'index.js')
    const script = `
      import { subscribe, tracingChannel } from 'node:diagnostics_channel'
      import { inspect } from 'node:util'
      const { channels, probe, assertReachable } = await import(${JSON.stringify(library)})
      const tell = (name, what) => console.log(name, inspect(what, { depth: Infinity, showHidden: true, maxStringLength: null, maxArrayLength: null }), JSON.stringify(what))
      const on = name => what => tell(name, what)
      tracingChannel(channels.run).subscribe({ start: on('start'), end: on('end'), asyncStart: on('asyncStart'), asyncEnd: on('asyncEnd'), error: on('error') })
      subscribe(channels.observation, on('observation'))
      subscribe(channels.finding, on('finding'))
      const targets = ['logs', 'kms', ${JSON.stringify(inUrl)}]
      await probe({ targets, deadlineMs: 6000, onProgress: on('progress') })
      await assertReachable(targets, { deadlineMs: 6000 }).catch(error => tell('thrown', error))
      await probe({ targets: [${JSON.stringify(named)}] }).catch(error => tell('refused', error))`
    const ran = await vpc.run([process.execPath, '--input-type=module', '-e', script])
    assert.equal(ran.status, 0, ran.stderr)
    for (const part of ['start', 'asyncEnd', 'observation', 'finding', 'progress', 'thrown', 'refused'])
      assert.match(ran.stdout, new RegExp(`^${part} `, 'm'), ran.stderr)
    const example = join(packages, 'probe-core', 'examples', 'opentelemetry.mjs')
    const spans = await vpc.run([process.execPath, example], { env: { NEEDS: `logs kms ${inUrl}` } })
    assert.match(spans.stdout, /name: 'eniprobe run'/, spans.stderr)
    assertNoSecret(ran.stdout + ran.stderr + spans.stdout + spans.stderr)
  })
})
