// Settings of trust and credentials, beside boto3 itself in the same network: what it does there, and what is told of it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import tls from 'node:tls'
import type { Fault } from '../src/faults/fault.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import type { Vpc } from '../src/world/vpc.ts'
import { judgeRun, told } from './judge-run.ts'

const noBoto3 = spawnSync('python3', ['-c', 'import boto3'], { timeout: 60_000 }).status === 0 ? false : 'boto3 is not installed'

const boto3 = `
import sys, boto3
from botocore.config import Config
quick = Config(connect_timeout=5, read_timeout=5, retries={'total_max_attempts': 1})
try:
    session = boto3.Session(profile_name=sys.argv[1] if len(sys.argv) > 1 else None)
    found = session.get_credentials()
    session.client('logs', config=quick, region_name='ap-northeast-1').describe_log_groups()
    print('works by', found.method)
except Exception as error:
    print(type(error).__name__)
`

type Settings = Readonly<Record<string, string>>

async function askBoto3(vpc: Vpc, env: Settings, ...profile: readonly string[]): Promise<string> {
  return (await vpc.run(['python3', '-c', boto3, ...profile], { env })).stdout.trim()
}

function folder(t: TestContext): (name: string, text: string) => string {
  const path = mkdtempSync(join(tmpdir(), 'eniprobe-settings-'))
  t.after(() => rmSync(path, { recursive: true }))
  return (name, text) => {
    writeFileSync(join(path, name), text)
    return join(path, name)
  }
}

/** In PEM: the root that the lab's AWS stands under, and what its servers send between that and the leaf. */
async function authorities(vpc: Vpc): Promise<{ root: string; middle: string }> {
  const look = `
    const root = require('node:fs').readFileSync(process.env.NODE_EXTRA_CA_CERTS, 'utf8')
    const socket = require('node:tls').connect(443, 'logs.ap-northeast-1.amazonaws.com', { servername: 'logs.ap-northeast-1.amazonaws.com' }, () => {
      const { raw } = socket.getPeerCertificate(true).issuerCertificate
      const middle = new (require('node:crypto').X509Certificate)(raw).toString()
      console.log(JSON.stringify({ root, middle }))
      socket.destroy()
    })`
  return JSON.parse((await vpc.run([process.execPath, '-e', look])).stdout)
}

test('a CA bundle that boto3 takes alone and cannot verify AWS by is told, and no other is', { skip: noBoto3 }, async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const { root, middle } = await authorities(vpc)
  const file = folder(t)
  const others = tls.rootCertificates.join('\n')
  const bundles = {
    root: file('root.pem', root),
    both: file('both.pem', `${others}\n${root}`),
    other: file('other.pem', others),
    middle: file('middle.pem', middle),
  }
  const config = file('config', `[default]\nca_bundle = ${bundles.other}\n`)
  const rows: readonly (readonly [Settings, string | undefined])[] = [
    [{ AWS_CA_BUNDLE: bundles.root }, undefined],
    [{ REQUESTS_CA_BUNDLE: bundles.both }, undefined],
    [{ AWS_CA_BUNDLE: bundles.other }, 'AWS_CA_BUNDLE'],
    [{ AWS_CA_BUNDLE: bundles.middle }, 'AWS_CA_BUNDLE'],
    [{ REQUESTS_CA_BUNDLE: bundles.other }, 'REQUESTS_CA_BUNDLE'],
    [{ AWS_CA_BUNDLE: bundles.root, REQUESTS_CA_BUNDLE: bundles.other }, undefined],
    [{ AWS_CONFIG_FILE: config }, 'ca_bundle'],
    [{ AWS_CONFIG_FILE: config, AWS_CA_BUNDLE: bundles.root }, undefined],
  ]
  for (const [env, stops] of rows) {
    const what = JSON.stringify(env)
    assert.equal(await askBoto3(vpc, env), stops === undefined ? 'works by iam-role' : 'SSLError', what)
    const { findings, vantage, targets } = judgeRun(await vpc.eniprobe(['logs'], { env }))
    assert.equal(told(findings), '', what)
    assert.equal(targets[0]?.verdict, 'healthy')
    const says =
      stops && `${stops} names a CA bundle that does not verify the certificates of logs here: connections to them fail`
    assert.deepEqual(vantage.stoppers, says && [`${says} for those that read it (boto3, AWS CLI)`], what)
  }
})

const withKeys: Fault = plan => ({ ...plan, workload: { ...plan.workload, credentialsFrom: 'environment' } })

test('keys of the environment sign beside AWS_PROFILE, as with boto3, and not beside --profile', { skip: noBoto3 }, async t => {
  const vpc = await vpcLab(t, withKeys)
  if (!vpc) return
  const { root } = await authorities(vpc)
  const file = folder(t)
  const keys = '[stale]\naws_access_key_id = AKIASTALE00000000001\naws_secret_access_key = a-key-that-was-deleted\n'
  const shared = { AWS_CA_BUNDLE: file('root.pem', root), AWS_SHARED_CREDENTIALS_FILE: file('credentials', keys) }
  const env = { ...shared, AWS_PROFILE: 'stale' }
  assert.equal(await askBoto3(vpc, env), 'works by env')
  const both = judgeRun(await vpc.eniprobe(['logs'], { env }))
  assert.equal(told(both.findings), '')
  assert.equal(both.vantage.credentials?.source, 'environment')
  assert.match(both.vantage.credentials?.clientsDiffer ?? '', /^AWS_PROFILE is set beside AWS_ACCESS_KEY_ID/)
  assert.match(await askBoto3(vpc, shared, 'stale'), /ClientError|Unrecognized/)
  const named = judgeRun(await vpc.eniprobe(['logs', '--profile', 'stale'], { env: shared }))
  assert.equal(named.vantage.credentials?.source, 'profile')
  assert.equal(named.vantage.credentials?.clientsDiffer, undefined)
  assert.ok(!JSON.stringify(both).includes('AKIASTALE'))
})

test('a web identity that cannot be read stops boto3 before the keys of a profile, and is told', { skip: noBoto3 }, async t => {
  const vpc = await vpcLab(t, withKeys)
  if (!vpc) return
  const { root } = await authorities(vpc)
  const file = folder(t)
  const names = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token']
  const read = 'for n in AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN; do printenv $n || echo; done'
  const values = (await vpc.run(['sh', '-c', read])).stdout.split('\n')
  const set = names.flatMap((name, index) => (values[index] ? [`${name} = ${values[index]}`] : [])).join('\n')
  const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' }
  const credentials = file('credentials', `[default]\n${set}\n[named]\n${set}\n`)
  const sound = { ...none, AWS_CA_BUNDLE: file('root.pem', root), AWS_SHARED_CREDENTIALS_FILE: credentials }
  assert.equal(await askBoto3(vpc, sound), 'works by shared-credentials-file')
  assert.equal(told(judgeRun(await vpc.eniprobe(['logs'], { env: sound })).findings), '')
  const broken = { AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/x' }
  for (const env of [
    { ...sound, ...broken },
    { ...sound, ...broken, AWS_PROFILE: 'named' },
  ]) {
    assert.equal(await askBoto3(vpc, env), 'FileNotFoundError')
    const { findings, targets, vantage } = judgeRun(await vpc.eniprobe(['logs'], { env }))
    assert.equal(told(findings), '[: no-credentials certain]')
    assert.equal(findings[0]?.severity, 'warning')
    assert.equal(targets[0]?.verdict, 'healthy')
    assert.equal(vantage.credentials?.source, 'profile')
  }
  const given = { ...sound, ...broken }
  assert.equal(await askBoto3(vpc, given, 'named'), 'works by shared-credentials-file')
  assert.equal(told(judgeRun(await vpc.eniprobe(['logs', '--profile', 'named'], { env: given })).findings), '')
})
