// Ctrl-C and SIGTERM at every moment of a run of the real program: it ends, and every format that was asked for is there and whole.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { combine, type Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { healthyVpc } from '../src/plan/healthy.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import type { Vpc } from '../src/world/vpc.ts'
import { readReport } from './judge-run.ts'
import { type Moment, signalledRun } from './signalled-run.ts'

const logs = 'logs.ap-northeast-1.amazonaws.com'
const folder = '/run/lab/home'
const files = { text: 'told.txt', markdown: 'told.md', html: 'told.html', junit: 'told.xml', prometheus: 'told.prom' } as const

/** More than any of these runs takes: a signal alone ends them. */
const patient = ['--deadline', '50s', '--connect-timeout', '40s']

const allSilent: Fault = combine(faults.eniSecurityGroup(), faults.metadataUnreachable())
const isMute =
  (layer: 'tls' | 'http', match: string): Fault =>
  plan => ({ ...plan, behaviours: [{ match, layer, does: 'mute' }] })
const placesOf = (service: string): (readonly [string, number])[] =>
  (healthyVpc().endpoints.find(one => one.service === service)?.addresses ?? []).map(address => [address, 443])

interface Interrupted {
  readonly when: string
  readonly moment: Moment
  readonly fault: Fault
  readonly targets: readonly string[]
}

const moments: readonly Interrupted[] = [
  { when: 'at its very start', moment: { kind: 'start' }, fault: allSilent, targets: ['logs', 'sts'] },
  {
    when: 'while a name is looked up',
    moment: { kind: 'socket', table: 'udp', to: [['10.20.0.2', 53]], state: '01' },
    fault: faults.dnsServerUnreachable('vpc'),
    targets: ['logs', 'sts'],
  },
  {
    when: 'while metadata is waited for',
    moment: { kind: 'socket', table: 'tcp', to: [['169.254.169.254', 80]], state: '02' },
    fault: combine(faults.metadataUnreachable(), plan => ({ ...plan, workload: { ...plan.workload, regionInEnv: false } })),
    targets: ['tcp://db.internal:5432'],
  },
  {
    when: 'while a connection is waited for',
    moment: { kind: 'socket', table: 'tcp', to: placesOf('logs'), state: '02' },
    fault: allSilent,
    targets: ['logs', 'sts'],
  },
  {
    when: 'in the silence of a handshake',
    moment: { kind: 'socket', table: 'tcp', to: placesOf('logs'), state: '01' },
    fault: isMute('tls', logs),
    targets: ['logs', 'sts'],
  },
  {
    when: 'in the silence behind a request',
    moment: { kind: 'socket', table: 'tcp', to: placesOf('logs'), state: '01' },
    fault: isMute('http', logs),
    targets: ['logs', 'sts'],
  },
  {
    when: 'while the control plane is asked',
    moment: { kind: 'socket', table: 'tcp', to: placesOf('ec2'), state: '01' },
    fault: combine(faults.endpointSecurityGroup('logs'), isMute('http', 'ec2.ap-northeast-1.amazonaws.com')),
    targets: ['logs', 'sts'],
  },
]

describe('a signal', { concurrency: 4 }, () => {
  for (const { when, moment, fault, targets } of moments)
    test(`${when} ends the run with a whole report in every format`, async t => {
      const vpc = await vpcLab(t, fault)
      if (!vpc) return
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        const asked = Object.entries(files).flatMap(([format, file]) => ['--format', format, '--output', `${folder}/${file}`])
        const args = [...targets, ...patient, ...asked, '--format', 'json', '--output', '-']
        const ran = await signalledRun(vpc, moment, signal, args)
        assert.ok(ran.wasSent, `no such moment: ${ran.stderr}`)
        assert.deepEqual({ status: ran.status, endedBy: ran.endedBy }, { status: 130, endedBy: null }, ran.stderr)
        const report = readReport(ran)
        assert.equal(report.run.interrupted, true)
        assert.equal(report.targets.length, targets.length)
        assert.match(ran.stderr, /^interrupted: [^\n]*\n(?:saved [^\n]*\n){5}$/)
        await assertWhole(vpc)
      }
    })

  test('is heard before the program is even read', async t => {
    const vpc = await vpcLab(t, allSilent)
    if (!vpc) return
    const { listened } = await signalledRun(vpc, { kind: 'start' }, 'SIGINT', ['logs', '--format', 'json'])
    // The rest of the program listens for what goes wrong in it as the first thing it does.
    const [heard, loaded] = [listened.indexOf('SIGINT'), listened.indexOf('uncaughtException')]
    assert.ok(heard >= 0 && heard < loaded, listened.join(' '))
  })

  test('in the midst of output leaves it whole to who reads on, however slowly', async t => {
    const vpc = await vpcLab(t, allSilent)
    if (!vpc) return
    const args = ['all', '--deadline', '1s', '--format', 'json']
    const ran = await signalledRun(vpc, { kind: 'output' }, 'SIGTERM', args, { reader: 'slowly' })
    assert.ok(ran.stdout.length > 200_000, `${ran.stdout.length} characters: no pipe is that large`)
    assert.equal(ran.status, 130, ran.stderr)
    readReport(ran)
  })

  test('ends a process whose reader stands still, and what went to files is whole', async t => {
    const vpc = await vpcLab(t, allSilent)
    if (!vpc) return
    const other = ['--format', 'html', '--output', `${folder}/told.html`]
    const args = ['all', '--deadline', '1s', ...other, '--format', 'json', '--output', '-']
    const ran = await signalledRun(vpc, { kind: 'output' }, 'SIGTERM', args, { reader: 'stops' })
    assert.deepEqual(
      { status: ran.status, endedBy: ran.endedBy, report: ran.report },
      { status: 130, endedBy: null, report: undefined },
    )
    assert.match(await contentOf(vpc, 'told.html'), /<\/html>\n$/)
  })

  test('ends a process that waits for somebody to read a named pipe', async t => {
    const vpc = await vpcLab(t, allSilent)
    if (!vpc) return
    const pipe = `${folder}/pipe`
    assert.equal((await vpc.run(['mkfifo', pipe])).status, 0)
    const connects = { kind: 'socket', table: 'tcp', to: placesOf('logs'), state: '02' } as const
    const ran = await signalledRun(vpc, connects, 'SIGTERM', ['logs', ...patient, '--format', 'json', '--output', pipe])
    assert.deepEqual({ status: ran.status, endedBy: ran.endedBy }, { status: 130, endedBy: null })
  })

  test('while somebody’s error text is being looked into ends with the answer so far', async t => {
    const vpc = await vpcLab(t, allSilent)
    if (!vpc) return
    const connects = { kind: 'socket', table: 'tcp', to: placesOf('logs'), state: '02' } as const
    const input = `botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "https://${logs}/"\n`
    const ran = await signalledRun(vpc, connects, 'SIGINT', ['why', '-', ...patient, '--format', 'json'], { input })
    assert.equal(ran.status, 130, ran.stderr)
    assert.equal(readReport(ran).run.interrupted, true)
  })

  test('to a command that has nothing to tell yet ends it without a word', async t => {
    const vpc = await vpcLab(t, allSilent)
    if (!vpc) return
    for (const args of [
      ['why', '-'],
      ['diagnose', '-'],
      ['list', 'causes'],
    ]) {
      const ran = await signalledRun(vpc, { kind: 'start' }, 'SIGTERM', args)
      assert.ok(ran.status === 130 || ran.endedBy === 'SIGTERM', `${args.join(' ')}: ${ran.status}`)
      assert.deepEqual({ stdout: ran.stdout, stderr: ran.stderr }, { stdout: '', stderr: '' })
    }
  })
})

test('files of a run that was interrupted are replaced whole, and nothing else is left beside them', async t => {
  const vpc = await vpcLab(t, allSilent)
  if (!vpc) return
  const connects = { kind: 'socket', table: 'tcp', to: placesOf('logs'), state: '02' } as const
  await signalledRun(vpc, connects, 'SIGINT', ['logs', ...patient, '--format', 'json', '--output', `${folder}/told.json`])
  assert.equal((await vpc.run(['ls', '-A', folder])).stdout, 'told.json\n')
})

async function assertWhole(vpc: Vpc): Promise<void> {
  assert.match(await contentOf(vpc, files.text), /^Interrupted\. [\s\S]*\n$/)
  assert.match(await contentOf(vpc, files.html), /^<!doctype html>[\s\S]*<\/html>\n$/)
  assert.match(await contentOf(vpc, files.markdown), /^# [\s\S]*\n$/)
  assert.match(await contentOf(vpc, files.junit), /^<\?xml [\s\S]*<\/testsuites>\n$/)
  assert.match(await contentOf(vpc, files.prometheus), /^# HELP [\s\S]*\neniprobe_[a-z_]+(?:\{[^\n]*\})? \S+\n$/)
  // Each is to be made anew by the next run.
  await vpc.run(['sh', '-c', `rm ${folder}/told.*`])
}

async function contentOf(vpc: Vpc, file: string): Promise<string> {
  const { stdout, status, stderr } = await vpc.run(['cat', `${folder}/${file}`])
  assert.equal(status, 0, stderr)
  return stdout
}
