// Settings of the environment that boto3 stumbles over and this run does not, in a network that is sound: each is told, none is made a
// fault of the network. What boto3 does in each was measured in this very network.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fault } from '../src/faults/fault.ts'
import { combine } from '../src/faults/fault.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { cliPath } from '../src/world/vpc.ts'
import { judgeRun, told } from './judge-run.ts'

const proxy = 'http://10.20.3.128:3128'
const both = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy }

/** `silent` and `refuses` as the faults of the same names; every variable is the row's. */
const proxied =
  (does: 'works' | 'refuses' | 'silent'): Fault =>
  plan => ({
    ...plan,
    proxy: { ...plan.proxy, does },
    ...(does === 'silent' && { deadAddresses: [...plan.deadAddresses, plan.proxy.address] }),
  })
const withEnv =
  (env: Readonly<Record<string, string>>): Fault =>
  plan => ({ ...plan, workload: { ...plan.workload, env: { ...plan.workload.env, ...env } } })

interface Row {
  readonly name: string
  readonly fault?: Fault
  readonly env: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly findings: string
  readonly says?: RegExp
}

const captures = '[: proxy-captures-metadata certain]'
const stopsAt = '[: no-credentials certain]'

const rows: readonly Row[] = [
  { name: 'HTTPS_PROXY alone', fault: proxied('works'), env: { HTTPS_PROXY: proxy }, findings: '' },
  { name: 'HTTP_PROXY alone, refusing', fault: proxied('refuses'), env: { HTTP_PROXY: proxy }, findings: captures },
  { name: 'HTTP_PROXY alone, silent', fault: proxied('silent'), env: { HTTP_PROXY: proxy }, findings: captures },
  {
    name: 'a range in NO_PROXY',
    fault: proxied('silent'),
    env: { ...both, NO_PROXY: '169.254.0.0/16,.amazonaws.com' },
    findings: captures,
    says: /go past the proxy: pip, curl, Go/,
  },
  {
    name: 'a NO_PROXY that all read',
    fault: proxied('silent'),
    env: { ...both, NO_PROXY: '169.254.169.254,.amazonaws.com' },
    findings: '',
  },
  { name: 'ALL_PROXY, silent', fault: proxied('silent'), env: { ALL_PROXY: proxy }, findings: '' },
  {
    name: 'ALL_PROXY, silent, and a host that is anybody’s',
    fault: proxied('silent'),
    env: { ALL_PROXY: proxy },
    args: ['logs', 'https://app.internal'],
    findings: '[https://app.internal: proxy-unreachable likely]',
    says: /10\.20\.3\.128:3128 \(ALL_PROXY\)/,
  },
  {
    name: 'an asterisk in NO_PROXY',
    fault: proxied('refuses'),
    env: { ...both, NO_PROXY: '*.amazonaws.com,169.254.169.254' },
    findings: '[logs: proxy-refuses certain]',
    says: /for Go, Node, and not for boto3/,
  },
  {
    name: 'an asterisk in NO_PROXY, and a proxy that works',
    fault: proxied('works'),
    env: { ...both, NO_PROXY: '*.amazonaws.com,169.254.169.254' },
    findings: '[logs: proxy-captures-metadata certain]',
    says: /for Go, Node, and not for boto3/,
  },
  {
    name: 'blanks in NO_PROXY',
    fault: proxied('refuses'),
    env: { ...both, NO_PROXY: '.amazonaws.com 169.254.169.254' },
    findings: `[logs: proxy-refuses certain] ${captures}`,
    says: /for curl, Node, and not for boto3/,
  },
  {
    name: 'a web identity token that is not there',
    env: { AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/x' },
    findings: stopsAt,
    says: /AWS_WEB_IDENTITY_TOKEN_FILE cannot be read \(ENOENT\)/,
  },
  { name: 'half a pair of keys', env: { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE' }, findings: stopsAt },
]

const asIs: Fault = plan => plan

for (const { name, fault = asIs, env, args = ['logs'], findings: expected, says } of rows)
  test(`${name}: ${expected || 'nothing is found'}`, async t => {
    const vpc = await vpcLab(t, combine(fault, withEnv(env)))
    if (!vpc) return
    const { findings, targets } = judgeRun(await vpc.eniprobe(args))
    const found = findings.map(({ causes: [best], ...rest }) => ({ ...rest, causes: best ? [best] : [] }))
    assert.equal(told(found), expected)
    if (says) assert.match(JSON.stringify(findings), says)
    const failed = findings.filter(({ severity }) => severity === 'error').flatMap(found => found.targets)
    for (const { id, verdict } of targets) assert.equal(verdict === 'healthy', !failed.includes(id), id)
  })

test('a CA bundle that is not there is told with whom it stops, and is no finding', async t => {
  const vpc = await vpcLab(t, withEnv({ AWS_CA_BUNDLE: '/nowhere/ca.pem' }))
  if (!vpc) return
  const { findings, vantage } = judgeRun(await vpc.eniprobe(['logs']))
  assert.deepEqual(findings, [])
  assert.match(vantage.stoppers?.[0] ?? '', /^AWS_CA_BUNDLE .* \(boto3, AWS CLI\)$/)
})

const withConfig = 'mkdir -p "$HOME" && printf "$0" > "$HOME/config" && AWS_CONFIG_FILE="$HOME/config" exec "$@"'

test('what the file sets, a program for credentials, a CA bundle or an endpoint URL, is told by its settings', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const run = async (text: string) => {
    const ran = await vpc.run(['sh', '-c', withConfig, text, process.execPath, cliPath(), 'logs', '--format', 'json'])
    return judgeRun({ ...ran, report: JSON.parse(ran.stdout) })
  }
  const program = await run('[default]\\ncredential_process = /nowhere/program\\n')
  assert.equal(told(program.findings), stopsAt)
  const bundle = await run('[default]\\nca_bundle = /nowhere/ca.pem\\n')
  assert.deepEqual(bundle.findings, [])
  assert.match(bundle.vantage.stoppers?.[0] ?? '', /^ca_bundle .* \(boto3, AWS CLI\)$/)
  const url = await run('[default]\\nservices = x\\n[services x]\\nlogs =\\n  endpoint_url = https://app.internal\\n')
  assert.equal(told(url.findings), '[logs: answered-by-other likely]')
  assert.match(JSON.stringify(url.findings), /endpoint_url of logs in \[services x\]/)
  assert.doesNotMatch(JSON.stringify(url), /AWS_ENDPOINT_URL_LOGS/)
})
