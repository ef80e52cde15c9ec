// What every command leaves behind: nothing but what --output names. And whom it speaks to: those whom its report tells of.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, type TestContext, test } from 'node:test'
import { combine, type Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { privateIndex, privateIndexName } from '../src/faults/private-index.ts'
import { healthyVpc } from '../src/plan/healthy.ts'
import { resolveIn } from '../src/servers/resolve.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import type { Vpc } from '../src/world/vpc.ts'
import { readReport } from './judge-run.ts'
import { type TracedRun, tracedRun, whyUntraceable } from './traced-run.ts'

const recorded = new URL('../../recorded/closed-vpc/report.json', import.meta.url)
const home = '/run/lab/home'
const untraceable = whyUntraceable()
const asIs: Fault = plan => plan

const text = 'Could not connect to the endpoint URL: "https://logs.ap-northeast-1.amazonaws.com/"\n'
const packages: Fault = combine(privateIndex(), plan => ({
  ...plan,
  workload: { ...plan.workload, env: { ...plan.workload.env, PIP_INDEX_URL: `https://${privateIndexName}/simple/` } },
}))

/** A program that waits for an address that never answers. */
const hangs = `(${process.execPath} -e "require('net').connect(443, '10.20.1.21')" > /dev/null 2>&1 &); sleep 2; exec "$@"`

const [sts, ec2, canary] = ['sts.ap-northeast-1.amazonaws.com', 'ec2.ap-northeast-1.amazonaws.com', 'checkip.amazonaws.com']

/** By address, whom a run asks beside its targets. The report tells of them by name; of STS, which says who this is, by its answer. */
const askedByName = new Map(
  [sts, ec2, canary].flatMap(name =>
    resolveIn(healthyVpc(), 'vpc', name, 'A').addresses.map(address => [address, name] as const),
  ),
)

/** Commands that ask nobody. */
const offline: readonly (readonly string[])[] = [
  ['--version'],
  ['--help'],
  ['help', 'stuck'],
  ['completion', 'bash'],
  ['list', 'causes'],
  ['list', 'services'],
  ['explain', 'path-mtu'],
  ['policy', 'logs', 's3://lab-data', '--write-checks'],
  ['diagnose', `${home}/report.json`, '--verbose'],
  ['diagnose', `${home}/report.json`, '--format', 'html', '--redact'],
  ['compare', `${home}/report.json`, `${home}/report.json`],
  ['why', '-'],
  ['lgos'],
]

interface Asking {
  readonly name: string
  readonly args: readonly string[]
  readonly fault: Fault
  readonly input?: string
  readonly beside?: string
}

const asking: readonly Asking[] = [
  { name: 'a run without words', args: [], fault: asIs },
  {
    name: 'named resources, with write checks',
    args: ['logs', 's3://lab-data', 'tcp://db.internal:5432', '--write-checks', '--verbose'],
    fault: asIs,
  },
  { name: 'package managers', args: ['pip', 'npm'], fault: packages },
  {
    name: 'a fault that the control plane is asked about',
    args: ['logs', 'sts'],
    fault: faults.interfaceEndpointMissing('logs'),
  },
  { name: 'silence', args: ['logs', 'sts', '--deadline', '6s'], fault: faults.eniSecurityGroup() },
  { name: 'a network that is to be closed', args: ['logs', '--expect', 'closed'], fault: asIs },
  { name: 'somebody’s error text', args: ['why', '-'], fault: faults.interfaceEndpointMissing('logs'), input: text },
  { name: 'what hangs on this machine', args: ['stuck'], fault: faults.eniSecurityGroup(), beside: hangs },
]

describe('a command as the kernel hears it', { concurrency: 3 }, () => {
  test('those that ask nobody write nothing, start nothing and open no connection', async t => {
    const vpc = await traceable(t, asIs)
    if (!vpc) return
    await vpc.run(['sh', '-c', `cat > ${home}/report.json`], { input: readFileSync(recorded, 'utf8') })
    for (const args of offline) {
      const ran = await tracedRun(vpc, args, { input: 'nothing is wrong\n' })
      assertUntouched(ran, args)
      assert.deepEqual(ran.peers, [], args.join(' '))
      assert.deepEqual(ran.programs, [process.execPath], args.join(' '))
    }
  })

  for (const { name, args, fault, ...traced } of asking)
    test(`${name}: nothing is written, and whoever is spoken to is in the report`, async t => {
      const vpc = await traceable(t, fault)
      if (!vpc) return
      const ran = await tracedRun(vpc, [...args, '--format', 'json'], traced)
      assertUntouched(ran, args)
      readReport(ran)
      assert.ok(ran.opened.includes('/etc/resolv.conf') && ran.peers.length > 1, 'nothing was traced')
      // The C library asks its cache, where there is one, before it asks anybody.
      const strangers = ran.peers.filter(peer => peer !== 'unix:/var/run/nscd/socket' && !isTold(hostOf(peer), ran.stdout))
      assert.deepEqual(strangers, [])
      assert.deepEqual(
        ran.programs.filter(program => program !== process.execPath && !program.endsWith('/getent')),
        [],
      )
    })

  test('what --output names is written beside its place and renamed into it', async t => {
    const vpc = await traceable(t, asIs)
    if (!vpc) return
    const file = `${home}/told.html`
    for (const args of [['sts'], ['why', '-'], ['stuck'], ['policy', 'logs']]) {
      const format = args[0] === 'policy' ? [] : ['--format', 'html']
      const ran = await tracedRun(vpc, [...args, ...format, '--output', file], { input: text })
      const beside = new RegExp(`"${file.replaceAll('.', '\\.')}\\.\\d+\\.part"`)
      const [made, moved, ...more] = ran.writes
      assert.match(made ?? '', new RegExp(`^open.*${beside.source}, O_WRONLY\\|O_CREAT\\|O_EXCL\\|`), args.join(' '))
      assert.match(moved ?? '', new RegExp(`^rename.*${beside.source}.*"${file}"`), args.join(' '))
      assert.deepEqual(more, [], args.join(' '))
    }
  })

  test('watching writes nothing, however often it looks', async t => {
    const vpc = await traceable(t, asIs)
    if (!vpc) return
    const under = ['timeout', '--signal=INT', '5']
    const ran = await tracedRun(vpc, ['sts', '--watch', '1s', '--internet-canary', 'off'], { under })
    assertUntouched(ran, ['--watch'])
    assert.ok(ran.peers.length > 0)
  })

  test('a command beside which is watched keeps what it does to itself', async t => {
    const vpc = await traceable(t, asIs)
    if (!vpc) return
    const ran = await tracedRun(vpc, ['stuck', '--', 'true'])
    assert.equal(ran.status, 0, ran.stderr)
    assertUntouched(ran, ['stuck', '--'])
    assert.deepEqual(ran.peers, [])
  })
})

async function traceable(t: TestContext, fault: Fault): Promise<Vpc | undefined> {
  if (untraceable === undefined) return vpcLab(t, fault)
  t.skip(untraceable)
  return undefined
}

function assertUntouched(ran: TracedRun, args: readonly string[]): void {
  assert.deepEqual(ran.writes, [], args.join(' '))
  assert.ok(ran.programs.includes(process.execPath), `nothing was traced: ${ran.stderr.slice(0, 500)}`)
}

function hostOf(peer: string): string {
  return peer.slice(0, peer.lastIndexOf(':'))
}

function isTold(address: string, report: string): boolean {
  const name = askedByName.get(address)
  return name === sts || report.includes(`"${address}"`) || (name !== undefined && report.includes(name))
}
