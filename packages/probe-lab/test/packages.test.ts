// Package managers in the closed network, through the built CLI: what they are really set to use, and why it does not come.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '@eniprobe/core'
import { privateIndex, privateIndexName } from '../src/faults/private-index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { assertNoWrongCertain, judgeRun, told } from './judge-run.ts'

/** No file of the machine under the lab may say where pip looks. */
const noFiles = { PIP_CONFIG_FILE: '/dev/null' }
const inside = { ...noFiles, PIP_INDEX_URL: `https://${privateIndexName}/simple` }

const verdicts = (report: Report) => Object.fromEntries(report.targets.map(({ id, verdict }) => [id, verdict]))
const causesOf = (report: Report, target: string) =>
  report.findings.filter(({ targets }) => targets.includes(target)).flatMap(({ causes }) => causes.map(({ cause }) => cause))

test('pip as it comes asks the internet: its index and its files are public and silent, and that nobody configured them is said', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const report = judgeRun(await vpc.eniprobe(['pip'], { env: noFiles }))
  assert.deepEqual(
    report.findings.map(({ causes, targets }) => [causes[0]?.cause, targets]),
    [['package-index-is-public', ['https://pypi.org/simple', 'https://files.pythonhosted.org']]],
    told(report.findings),
  )
  const [finding] = report.findings
  assert.ok(finding?.causes[0]?.evidence.some(({ phrase }) => phrase?.key === 'packages.default'))
  assert.equal(finding?.fix.steps.length, 4)
  assert.match(
    finding?.fix.snippets.cli ?? '',
    /^aws codeartifact login --tool pip --region ap-northeast-1 .* --domain-owner (?:123456789012|<account-id>) /,
  )
  // The route table has no way out: the control plane says it, and it is the same fault told widely.
  assertNoWrongCertain(report, ['package-index-is-public', 'internet-not-reachable'])
})

test('a private index that holds its files is healthy, and the public one is not looked at', async t => {
  const vpc = await vpcLab(t, privateIndex())
  if (!vpc) return
  const report = judgeRun(await vpc.eniprobe(['pip'], { env: inside }))
  assert.deepEqual(verdicts(report), { [`https://${privateIndexName}/simple`]: 'healthy' })
  assert.deepEqual(report.findings, [])
  assert.equal(report.targets[0]?.packages?.configuredBy, 'PIP_INDEX_URL')
})

test('a private index that does not answer: its path is the cause, and which setting leads there is said', async t => {
  const vpc = await vpcLab(t, privateIndex(privateIndexName, { securityGroup: 'closed' }))
  if (!vpc) return
  const report = judgeRun(await vpc.eniprobe(['pip'], { env: inside }))
  const causes = causesOf(report, `https://${privateIndexName}/simple`)
  assert.ok(causes.includes('target-security-group') && causes.includes('package-index-unreachable'), causes.join())
  const own = report.findings.flatMap(f => f.causes).find(({ cause }) => cause === 'package-index-unreachable')
  assert.ok(own?.evidence.some(({ says }) => says.includes('PIP_INDEX_URL')))
  assertNoWrongCertain(report, ['target-security-group'])
})

test('a proxying index whose files lie on the internet answers, and its files do not come', async t => {
  const vpc = await vpcLab(t, privateIndex('files.pythonhosted.org'))
  if (!vpc) return
  const report = judgeRun(await vpc.eniprobe(['pip'], { env: inside }))
  assert.deepEqual(verdicts(report), {
    [`https://${privateIndexName}/simple`]: 'healthy',
    'https://files.pythonhosted.org': 'failing',
  })
  assert.equal(causesOf(report, 'https://files.pythonhosted.org')[0], 'package-files-elsewhere', told(report.findings))
  assertNoWrongCertain(report, ['package-files-elsewhere', 'internet-not-reachable'])
})

test('credentials that the index refuses are the cause, are in no output, and right ones pass', async t => {
  const authorization = `Basic ${Buffer.from('aws:right-s3cr3t').toString('base64')}`
  const vpc = await vpcLab(t, privateIndex(privateIndexName, { authorization }))
  if (!vpc) return
  const run = (password: string) =>
    vpc.eniprobe(['pip', '--verbose'], {
      env: { ...noFiles, PIP_INDEX_URL: `https://aws:${password}@${privateIndexName}/simple` },
    })
  const refused = await run('wrong-s3cr3t')
  const report = judgeRun(refused)
  assert.equal(causesOf(report, `https://${privateIndexName}/simple`)[0], 'package-index-unauthorized', told(report.findings))
  assert.deepEqual(judgeRun(await run('right-s3cr3t')).findings, [])
  const unsigned = judgeRun(
    await vpc.eniprobe(['pip', '--no-sign'], { env: { ...noFiles, PIP_INDEX_URL: `https://aws:x@${privateIndexName}/simple` } }),
  )
  assert.deepEqual(unsigned.findings, [], 'nothing was sent, so that it is refused proves nothing')
  for (const secret of ['s3cr3t', Buffer.from('aws:wrong-s3cr3t').toString('base64')])
    assert.ok(!`${refused.stdout}${refused.stderr}`.includes(secret))
})

test('PIP_NO_INDEX: nothing is asked, and the report says why', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const { report } = await vpc.eniprobe(['pip'], { env: { ...noFiles, PIP_NO_INDEX: '1' } })
  assert.deepEqual(
    (report as Report).targets.map(({ id, verdict, note }) => [id, verdict, note]),
    [['pip', 'unknown', 'pip asks no index: PIP_NO_INDEX']],
  )
})

test('npm and docker as they come ask the internet too', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const env = { npm_config_registry: 'https://registry.npmjs.org/', npm_config_userconfig: '/dev/null' }
  const report = judgeRun(await vpc.eniprobe(['npm'], { env }))
  assert.deepEqual(
    report.findings.map(({ causes }) => causes[0]?.cause),
    ['package-index-is-public'],
    told(report.findings),
  )
})
