// How a silence is called: soon where nothing answers, late where anything else does, and never for certain what is only loss or a
// long way.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '@eniprobe/core'
import { combine, type Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { assertNoWrongCertain, readReport, told } from './judge-run.ts'

const database = 'tcp://db.internal:5432'
const databaseAddress = '10.20.3.9'
const alone = ['--no-sign', '--internet-canary', 'off']
/** Names of AWS that are private here would answer, and end what is to be looked at: that nobody else does. */
const noEndpoints: Fault = plan => ({ ...plan, endpoints: [] })

function connectionsTo(report: Report, id: string) {
  const { observations } = report.targets.find(target => target.id === id) ?? { observations: [] }
  return observations.flatMap(o => (o.layer === 'tcp' && o.variant === undefined ? [o] : []))
}

test('where nothing answers over TCP every silence is called before the timeout, by eight ports, and nothing is certain by it', async t => {
  const vpc = await vpcLab(t, faults.eniSecurityGroup())
  if (!vpc) return
  const report = readReport(await vpc.eniprobe(['logs', 'sts', 's3', database]))
  const plain = report.targets.flatMap(({ id }) => connectionsTo(report, id))
  assert.ok(plain.length >= 4)
  for (const o of plain) assert.deepEqual(o.outcome === 'silent' && [o.early, o.tries], [true, 8])
  const checks = report.vantage.checks?.filter(({ check }) => check === 'internet' || check === 'control-endpoint') ?? []
  assert.ok(checks.length > 1)
  for (const check of checks) assert.deepEqual([check.outcome, check.early], ['silent', true])
  const { durationMs, connectTimeoutMs = 0 } = report.run
  assert.ok(durationMs < connectTimeoutMs, `${durationMs} ms`)
  assert.equal(report.findings[0]?.causes[0]?.cause, 'eni-security-group', told(report.findings))
  assert.ok(report.findings.every(({ causes }) => causes[0]?.confidence !== 'certain'))
})

test('a single answer over TCP makes every silence of the run wait for the whole timeout', async t => {
  const vpc = await vpcLab(t, faults.endpointSecurityGroup('logs'))
  if (!vpc) return
  const report = readReport(await vpc.eniprobe(['logs', 'sts']))
  const silent = connectionsTo(report, 'logs')
  assert.ok(silent.length > 0)
  for (const o of silent) {
    assert.ok(o.outcome === 'silent' && o.early === undefined && o.waitedMs >= 2700, JSON.stringify(o))
  }
  assert.deepEqual(
    report.findings.map(({ causes }) => [causes[0]?.cause, causes[0]?.confidence]),
    [['endpoint-security-group', 'certain']],
  )
})

test('where the DNS server places names elsewhere than the VPC’s own resolver, its silences are heard out and the bypass is certain', async t => {
  const vpc = await vpcLab(t, faults.customDnsBypassesVpc())
  if (!vpc) return
  const report = readReport(await vpc.eniprobe(['logs', 'sts', ...alone]))
  const silent = report.targets.flatMap(({ id }) => connectionsTo(report, id)).filter(({ outcome }) => outcome === 'silent')
  assert.ok(silent.length >= 2)
  for (const o of silent) assert.ok(o.outcome === 'silent' && o.early === undefined, JSON.stringify(o))
  assert.deepEqual(
    report.findings.map(({ causes }) => [causes[0]?.cause, causes[0]?.confidence]),
    [['custom-dns-bypasses-vpc', 'certain']],
  )
})

test('a connect timeout shorter than that is the end of the waiting, and a longer one changes nothing', async t => {
  const vpc = await vpcLab(t, faults.eniSecurityGroup())
  if (!vpc) return
  const [short] = connectionsTo(readReport(await vpc.eniprobe([database, ...alone, '--connect-timeout', '1s'])), database)
  assert.ok(short?.outcome === 'silent' && short.early === undefined && short.waitedMs < 1500, JSON.stringify(short))
  const [long] = connectionsTo(readReport(await vpc.eniprobe([database, ...alone, '--connect-timeout', '12s'])), database)
  assert.ok(long?.outcome === 'silent' && long.early && long.waitedMs < 10_000, JSON.stringify(long))
})

for (const percent of [1, 5, 10, 30]) {
  test(`an open port is not called filtered for certain on a path that loses ${percent} % each way`, async t => {
    const vpc = await vpcLab(t, combine(noEndpoints, faults.lossyPath(percent)))
    if (!vpc) return
    for (let round = 0; round < 4; round += 1) {
      const runs = await Promise.all(Array.from({ length: 4 }, () => vpc.eniprobe([database, ...alone])))
      for (const ran of runs) {
        const report = readReport(ran)
        if (percent <= 10) assert.equal(connectionsTo(report, database)[0]?.outcome, 'answered')
        assertNoWrongCertain(report, ['path-flaky'])
      }
    }
  })
}

for (const ms of [500, 1000]) {
  test(`where every answer takes ${ms} ms all is found, and nothing is called silent`, async t => {
    const vpc = await vpcLab(t, faults.slowPath(ms))
    if (!vpc) return
    const report = readReport(await vpc.eniprobe(['logs', database, ...alone, '--connect-timeout', '5s']))
    assert.deepEqual(
      report.targets.map(({ id, verdict }) => [id, verdict]),
      [
        ['logs', 'healthy'],
        [database, 'healthy'],
      ],
    )
    assert.deepEqual(report.findings, [], told(report.findings))
  })
}

test('one peer that takes two seconds among peers that take one millisecond is found', async t => {
  const vpc = await vpcLab(t, faults.slowPath(2000, databaseAddress))
  if (!vpc) return
  const report = readReport(await vpc.eniprobe(['sts', 'logs', database, ...alone]))
  assert.equal(connectionsTo(report, database)[0]?.outcome, 'answered')
  assert.deepEqual(new Set(report.targets.map(({ verdict }) => verdict)), new Set(['healthy']))
})

test('a peer 600 ms away is found where nobody else answers, and one two seconds away is at worst silent without certainty', async t => {
  const vpc = await vpcLab(t, combine(noEndpoints, faults.slowPath(600, databaseAddress), faults.slowPath(2000, '10.20.3.20')))
  if (!vpc) return
  const near = readReport(await vpc.eniprobe([database, ...alone]))
  assert.equal(connectionsTo(near, database)[0]?.outcome, 'answered')
  assert.equal(near.targets[0]?.verdict, 'healthy')
  const far = readReport(await vpc.eniprobe(['tcp://app.internal:443', ...alone]))
  assert.ok(
    far.findings.every(({ causes }) => causes[0]?.confidence !== 'certain'),
    told(far.findings),
  )
})

test("an absent neighbour on our own link is the kernel's to tell: its word is waited for", async t => {
  const vpc = await vpcLab(t, faults.eniSecurityGroup())
  if (!vpc) return
  const absent = '10.99.0.9'
  const link = 'ip link add dangling type veth peer name end && ip link set dangling up && ip link set end up'
  const ready = await vpc.run(['sh', '-c', `${link} && ip addr add 10.99.0.1/24 dev dangling`])
  assert.equal(ready.status, 0, ready.stderr)
  const report = readReport(await vpc.eniprobe([`tcp://${absent}:80`, database, ...alone]))
  const [neighbour] = connectionsTo(report, `tcp://${absent}:80`)
  assert.equal(neighbour?.outcome === 'rejected' && neighbour.code, 'EHOSTUNREACH')
  const [other] = connectionsTo(report, database)
  assert.equal(other?.outcome === 'silent' && other.early, true)
})

test('a resolver that loses questions is a sign of loss: silence is waited for in full', async t => {
  const vpc = await vpcLab(t, combine(faults.eniSecurityGroup(), faults.dnsUnreliable()))
  if (!vpc) return
  const report = readReport(await vpc.eniprobe([database, ...alone]))
  const [plain] = connectionsTo(report, database)
  assert.ok(plain?.outcome === 'silent' && plain.early === undefined, JSON.stringify(plain))
})
