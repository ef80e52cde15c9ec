// Whatever goes wrong, nothing secret is printed: keys, tokens and passwords that nobody else has are looked for in all output.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { combine, type Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { privateIndex, privateIndexName } from '../src/faults/private-index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { onEksPodIdentity } from '../src/workloads.ts'
import { cliPath, type Vpc } from '../src/world/vpc.ts'
import { assertNoSecret, keyId, keys, secrets, webIdentity, withEnv } from './canaries.ts'

const proxied = (does: 'works' | 'refuses' | 'inspects'): Fault =>
  combine(faults.goesThroughProxy('lab', does), plan =>
    withEnv({ HTTPS_PROXY: `http://user:${secrets.proxyPassword}@${plan.proxy.address}:${plan.proxy.port}` })(plan),
  )

const worlds: Readonly<Record<string, Fault>> = {
  'keys that AWS does not know': keys,
  'keys that have expired': combine(keys, faults.credentialsExpired()),
  'a clock that is off': combine(keys, faults.clockSkew()),
  'an answer of another server': combine(keys, faults.answeredByOther()),
  'a block page': combine(keys, faults.webGatewayBlocks()),
  'inspected TLS': combine(keys, faults.tlsInspected()),
  'no endpoint at all': combine(keys, faults.eniSecurityGroup()),
  'a proxy with a password': combine(keys, proxied('works')),
  'a proxy with a password that refuses': combine(keys, proxied('refuses')),
  'a proxy with a password that inspects': combine(keys, proxied('inspects')),
  'a proxy with a password that is silent': combine(keys, proxied('refuses'), plan => ({
    ...plan,
    deadAddresses: [plan.proxy.address],
  })),
  'a web identity that STS refuses': webIdentity,
  'a web identity without a way to STS': combine(webIdentity, faults.interfaceEndpointMissing('sts')),
  'a token of a pod': onEksPodIdentity(secrets.podToken),
  'a token of a pod that its agent refuses': combine(onEksPodIdentity(secrets.podToken), plan => ({
    ...plan,
    container: { ...plan.container, token: 'another' },
  })),
}

describe('no secret is printed', { concurrency: 6 }, () => {
  for (const [name, fault] of Object.entries(worlds))
    test(`with ${name}`, async t => {
      const vpc = await vpcLab(t, fault)
      if (!vpc) return
      assertNoSecret(await everythingPrinted(vpc, ['logs', 'sts', 's3://lab-data']))
    })

  test('with tokens in the configuration of package managers', async t => {
    const vpc = await vpcLab(t, combine(keys, packages))
    if (!vpc) return
    const told = await everythingPrinted(vpc, ['pip', 'npm'])
    assert.ok(told.includes(privateIndexName))
    assertNoSecret(told)
  })

  test('with a presigned URL and credentials in a text that somebody pasted', async t => {
    const vpc = await vpcLab(t, combine(keys, faults.interfaceEndpointMissing('logs')))
    if (!vpc) return
    const url = `https://logs.ap-northeast-1.amazonaws.com/?X-Amz-Credential=${keyId}%2F20260101&X-Amz-Signature=${secrets.presigned}&X-Amz-Security-Token=${secrets.sessionToken}`
    const text = [
      `botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "${url}"`,
      `curl: (28) Failed to connect to user:${secrets.proxyPassword}@logs.ap-northeast-1.amazonaws.com port 443: Connection timed out`,
      `Failed to connect to proxy URL: "http://user:${secrets.proxyPassword}@10.20.9.9:3128"`,
      `aws_secret_access_key=${secrets.secretKey} connect ETIMEDOUT 10.20.1.9:443`,
    ].join('\n')
    assertNoSecret(await everythingPrinted(vpc, ['why', '-'], text))
  })
})

const packages: Fault = combine(
  privateIndex(undefined, { authorization: `Basic ${Buffer.from(`aws:${secrets.indexToken}`).toString('base64')}` }),
  withEnv({ PIP_INDEX_URL: `https://aws:${secrets.indexToken}@${privateIndexName}/simple/` }),
  plan => ({
    ...plan,
    workload: {
      ...plan.workload,
      files: {
        ...plan.workload.files,
        '/run/lab/home/.npmrc': `registry=https://${privateIndexName}/npm/\n//${privateIndexName}/npm/:_authToken=${secrets.registryToken}\n`,
        '/run/lab/home/.netrc': `machine ${privateIndexName} login aws password ${secrets.netrcPassword}\n`,
      },
    },
  }),
)

const fileFormats = ['text', 'markdown', 'html', 'junit', 'prometheus']

/** In every format at once, and what stands on standard error. */
async function everythingPrinted(vpc: Vpc, words: readonly string[], input?: string): Promise<string> {
  const files = fileFormats.flatMap(format => ['--format', format, '--output', `/run/lab/home/told.${format}`])
  const args = [...words, '--verbose', '--deadline', '4s', ...files, '--format', 'json', '--output', '-']
  const script = `"$@"; status=$?; cat /run/lab/home/told.*; exit $status`
  const argv = ['sh', '-c', script, 'sh', process.execPath, cliPath(), ...args]
  const { stdout, stderr, status } = await vpc.run(argv, input === undefined ? {} : { input })
  assert.ok(status === 0 || status === 1, `exit ${status}: ${stderr}`)
  for (const part of ['"observations"', 'VERDICT', '<!doctype html>', '<testsuite', 'eniprobe_'])
    assert.ok(stdout.includes(part), `${part}: ${stderr}`)
  return stdout + stderr
}
