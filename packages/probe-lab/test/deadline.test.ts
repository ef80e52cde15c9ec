// The end of a run that meets only silence: by its deadline, by Ctrl-C, or when this machine has no more sockets.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { combine, type Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { cliPath, type Vpc } from '../src/world/vpc.ts'
import { readReport } from './judge-run.ts'

/** Names resolve, and nothing else answers. */
const allSilent: Fault = combine(faults.eniSecurityGroup(), faults.metadataUnreachable())
const services = ['logs', 'sts', 's3', 'kms', 'secretsmanager']

test('a deadline too short for any silence ends the run, and nothing is called silent that had no time to answer', async t => {
  const vpc = await vpcLab(t, allSilent)
  if (!vpc) return
  const ran = await vpc.eniprobe([...services, 'tcp://db.internal:5432', '--deadline', '1200ms'])
  const report = readReport(ran)
  assert.equal(ran.stderr, '')
  assert.equal(ran.status, 1)
  assert.equal(report.run.complete, false)
  assert.ok(report.run.durationMs <= 1450, `${report.run.durationMs} ms`)
  const tcp = report.targets.flatMap(({ observations }) => observations.filter(o => o.layer === 'tcp' && o.variant === undefined))
  assert.ok(tcp.length > 0)
  assert.deepEqual(new Set(tcp.map(o => (o.outcome === 'skipped' ? o.because : o.outcome))), new Set(['no-time']))
  assert.equal(report.vantage.internet, 'skipped')
  assert.deepEqual(new Set(report.targets.map(({ verdict }) => verdict)), new Set(['unknown']))
  assert.deepEqual(report.findings, [])
})

test('Ctrl-C prints a valid report of what was seen, and the status says that it was interrupted', async t => {
  const vpc = await vpcLab(t, allSilent)
  if (!vpc) return
  const argv = ['timeout', '--preserve-status', '--signal=INT', '1', process.execPath, cliPath(), ...services, '--format', 'json']
  const ran = await vpc.run(argv)
  const report = readReport({ ...ran, report: JSON.parse(ran.stdout) })
  assert.equal(ran.status, 130)
  assert.equal(report.run.interrupted, true)
  assert.equal(report.run.complete, false)
  assert.equal(ran.stderr.trim().split('\n').length, 1, ran.stderr)
  assert.deepEqual(new Set(report.targets.map(({ verdict }) => verdict)), new Set(['unknown']))
})

test('forty silent targets wait side by side and not one after another', async t => {
  const vpc = await vpcLab(t, allSilent)
  if (!vpc) return
  const hosts = Array.from({ length: 40 }, (_, index) => `tcp://10.20.3.${100 + index}:443`)
  const ran = await vpc.eniprobe([...hosts, '--deadline', '20s'])
  const { run, targets } = readReport(ran)
  assert.equal(ran.stderr, '')
  assert.ok(run.complete)
  const plain = targets.map(({ observations }) => observations.find(o => o.layer === 'tcp' && o.variant === undefined))
  assert.ok(plain.every(o => o?.outcome === 'silent'))
  // All were under way before the first was given up.
  const began = plain.map(o => (o?.outcome === 'silent' ? (o.startMs ?? 0) : 0))
  const firstEnd = Math.min(...plain.map(o => (o?.outcome === 'silent' ? (o.startMs ?? 0) + o.waitedMs : 0)))
  assert.ok(Math.max(...began) < firstEnd)
  // A few tell as much as all: the sweep of source ports is made for three of them.
  const swept = targets.filter(({ observations }) => observations.some(o => o.variant === 'source-port'))
  assert.equal(swept.length, 3)
  t.diagnostic(`forty silent targets: ${run.durationMs} ms at a connect timeout of 3,000 ms`)
})

test('where this machine has no socket left the run says so in one line, or does with less', async t => {
  const vpc = await vpcLab(t, allSilent)
  if (!vpc) return
  for (const most of [30, 60, 120]) {
    const ran = await withFiles(vpc, most, ['all', '--deadline', '6s'])
    if (ran.status === 3) assert.match(ran.stderr, /^[^\n]*cannot open another socket \(EMFILE\)[^\n]*ulimit -n[^\n]*\n$/)
    else {
      assert.equal(ran.status, 1, ran.stderr)
      readReport({ ...ran, report: JSON.parse(ran.stdout) })
    }
  }
})

function withFiles(vpc: Vpc, most: number, args: readonly string[]) {
  const command = `ulimit -n ${most}; exec "$@"`
  return vpc.run(['sh', '-c', command, 'sh', process.execPath, cliPath(), ...args, '--format', 'json'])
}
