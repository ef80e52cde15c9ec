// Faults of the machine that the CLI runs on: a smaller report or one clear line, never a stack trace, whatever is missing.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, type TestContext, test } from 'node:test'
import type { Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { cliPath } from '../src/world/vpc.ts'
import { assertNoWrongCertain, readReport, told } from './judge-run.ts'
import { measuredRun } from './peak-memory.ts'

const asIs: Fault = plan => plan

interface Machine {
  readonly name: string
  /** Shell before the CLI's own line, in a mount namespace of its own. */
  readonly before?: string
  /** What the CLI's line ends in. */
  readonly after?: string
  readonly node?: string
  readonly env?: Readonly<Record<string, string>>
  /** The line on standard error, where no report can be made. */
  readonly line?: RegExp
  /** What still must be said of the healthy network. */
  readonly seesDns?: boolean
}

/** Whoever opens what is leased for writing waits until the lease is given back: here never. */
const holder = `
import fcntl, os, signal, time
signal.signal(signal.SIGIO, signal.SIG_IGN)
held = os.open(os.environ['HOME'] + '/.aws/config', os.O_RDWR | os.O_CREAT)
fcntl.fcntl(held, fcntl.F_SETLEASE, fcntl.F_WRLCK)
print('held', flush=True)
time.sleep(50)`

const machines: readonly Machine[] = [
  // Of this mount alone: without `bind` the file system itself would become read-only, for everybody.
  { name: 'a disk that is read-only', before: 'mount -o remount,bind,ro / && ! touch /etc/written 2>/dev/null || exit 9' },
  { name: 'no /proc', before: 'mount -t tmpfs none /proc' },
  { name: 'no /sys', before: 'mount -t tmpfs none /sys' },
  { name: 'no resolv.conf', before: 'umount /etc/resolv.conf; mount --bind /dev/null /etc/resolv.conf' },
  {
    name: 'a resolv.conf of a hundred thousand lines',
    before: 'yes "nameserver 10.20.0.2" | head -100000 > /run/lab/many; mount --bind /run/lab/many /etc/resolv.conf',
    seesDns: true,
  },
  { name: 'no hosts file', before: 'mount --bind /dev/null /etc/hosts', seesDns: true },
  { name: 'no HOME', before: 'unset HOME', seesDns: true },
  { name: 'a HOME that is a file', before: 'export HOME=/etc/hostname', seesDns: true },
  { name: 'no environment but credentials', before: 'unset PATH USER LANG', seesDns: true },
  { name: 'a heap of 64 MB', node: '--max-old-space-size=64', seesDns: true },
  { name: 'no IPv6', before: 'for each in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 > $each; done', seesDns: true },
  { name: 'IPv6 alone', before: 'for each in $(ls /sys/class/net); do ip -4 addr flush dev $each; done' },
  { name: 'no loopback', before: 'ip link set lo down', seesDns: true },
  { name: 'no standard input', after: '<&-', seesDns: true },
  { name: 'no standard error', after: '2>&-', seesDns: true },
  { name: 'no standard output', after: '>&-', line: /^$/ },
  { name: 'a full disk behind standard output', after: '> /dev/full', line: /^eniprobe: [^\n]*standard output[^\n]*\n$/ },
  {
    name: 'a configuration that is a pipe',
    before: 'mkfifo /run/lab/pipe; export AWS_CONFIG_FILE=/run/lab/pipe',
    line: /^eniprobe: the AWS configuration is a pipe or a device[^\n]*\/run\/lab\/pipe[^\n]*\n$/,
  },
  {
    name: 'a configuration that another program holds',
    before: `mkdir -p $HOME/.aws; : > /run/lab/held; (python3 -c "$HOLDER" > /run/lab/held 2>&1 &); until grep -q held /run/lab/held; do sleep 0.1; done`,
    env: { HOLDER: holder },
    line: /^eniprobe: another program holds the AWS configuration[^\n]*\.aws\/config[^\n]*\n$/,
  },
  {
    name: 'a web identity token that is a pipe',
    before:
      'mkfifo /run/lab/token; export AWS_WEB_IDENTITY_TOKEN_FILE=/run/lab/token AWS_ROLE_ARN=arn:aws:iam::123456789012:role/r',
    seesDns: true,
  },
  {
    name: 'a container token that is a pipe',
    before:
      'mkfifo /run/lab/other; export AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=/run/lab/other AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:1/',
    seesDns: true,
  },
  {
    name: 'a session token with a line feed in it',
    env: { AWS_ACCESS_KEY_ID: 'ASIACANARY0000000001', AWS_SECRET_ACCESS_KEY: 'x', AWS_SESSION_TOKEN: 'one\ntwo' },
    seesDns: true,
  },
  {
    name: 'an access key that ends in a line feed',
    env: { AWS_ACCESS_KEY_ID: 'AKIACANARY0000000001\n', AWS_SECRET_ACCESS_KEY: 'x' },
    seesDns: true,
  },
  { name: 'a region that is none', env: { AWS_REGION: 'tokyo\u001b[31m' }, line: /^eniprobe: [^\n\u001b]+\n$/ },
]

describe('a machine with a fault of its own', { concurrency: 4 }, () => {
  for (const machine of machines) test(`${machine.name}: a smaller report or one clear line`, t => runOn(machine, t))
})

test('a run over all services has less than 128 MB of memory of its own, and its report is whole', async t => {
  const vpc = await vpcLab(t, faults.internetReachable())
  if (!vpc) return
  // The heap that Node gives itself on a machine of that size.
  const ran = await measuredRun(vpc, ['all', '--deadline', '40s'], ['--max-old-space-size=64'])
  const report = readReport(ran)
  assert.ok(report.targets.length > 300)
  t.diagnostic(
    `${Math.round(ran.ownMb)} MB of its own at its end, ${Math.round(ran.peakMb)} MB at the highest with Node's program`,
  )
  assert.ok(ran.ownMb < 128, `${ran.ownMb} MB`)
})

/** What stands between the system's clock and a program: without it here, no clock but everybody's could be set. */
const hasFakedClock = spawnSync('faketime', ['-f', '+1h', 'true']).status === 0

for (const offset of ['-1h', '+1h'])
  test(`a clock that is an hour off (${offset}) is named as the cause, and everything else is seen as it is`, async t => {
    if (!hasFakedClock) return t.skip('not installed: faketime')
    const vpc = await vpcLab(t, asIs)
    if (!vpc) return
    const argv = ['faketime', '-f', offset, process.execPath, cliPath(), 'logs', 'sts', '--format', 'json', '--deadline', '10s']
    const ran = await vpc.run(argv, { env: { DONT_FAKE_MONOTONIC: '1' } })
    assert.equal(ran.stderr, '')
    const report = readReport({ ...ran, report: JSON.parse(ran.stdout) })
    const awayMs = Math.abs(Date.parse(report.run.startedAt) - Date.now())
    assert.ok(awayMs > 3_000_000, 'the clock was not off')
    assert.ok(report.run.durationMs <= 10_250, `${report.run.durationMs} ms`)
    const [first] = report.findings
    assert.equal(first?.causes[0]?.cause, 'clock-skew', told(report.findings))
    assert.deepEqual([...(first?.targets ?? [])].sort(), ['logs', 'sts'])
    assertNoWrongCertain(report, ['clock-skew'])
    assert.ok(report.targets.every(({ observations }) => observations.some(o => o.layer === 'tls' && o.outcome === 'answered')))
  })

async function runOn({ before = '', after = '', node = '', env = {}, line, seesDns }: Machine, t: TestContext) {
  const vpc = await vpcLab(t, asIs)
  if (!vpc) return
  const args = ['logs', 'sts', '--deadline', '6s', '--format', 'json'].join(' ')
  const script = `${before}\nexec ${process.execPath} ${node} ${cliPath()} ${args} ${after}`
  const ran = await vpc.run(['unshare', '-m', 'sh', '-c', script], { env })
  assert.doesNotMatch(ran.stderr + ran.stdout.slice(0, 1000), /\n {4}at |node:internal|FATAL ERROR/)
  if (line !== undefined) return assert.match(ran.stderr, line)
  assert.ok([0, 1].includes(ran.status ?? -1), `exit ${ran.status}: ${ran.stderr}`)
  const report = readReport({ ...ran, report: JSON.parse(ran.stdout) })
  assert.ok(report.run.durationMs <= 6250, `${report.run.durationMs} ms`)
  assert.equal(report.targets.length, 2)
  if (seesDns)
    assert.ok(report.targets.every(({ observations }) => observations.some(o => o.layer === 'dns' && o.outcome === 'answered')))
}
