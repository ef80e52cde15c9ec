// Files that whoever reads them would wait for without end: named pipes that nobody writes to, and a file system that never answers.
// Every run stands in namespaces of its own, where nothing but loopback is there to be reached.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, test } from 'node:test'
import { decodeReport, type Report } from '@eniprobe/core'
import { type Ended, main, runCommand } from './run-program.ts'

const deadlineMs = 3000
/** Far more than a run takes that ends: one that does not is killed, and has no status. */
const killAfterMs = 30_000

/** $1: what is done before; the rest is the command. Where nobody reads /dev/fuse, nobody answers for what is mounted with it. */
const inNamespaces = `
  ip link set lo up && mount -t tmpfs none /mnt && mkdir /mnt/gone && mkfifo /mnt/pipe || exit 90
  exec 3<> /dev/fuse && mount -i -t fuse none /mnt/gone -o fd=3,rootmode=40000,user_id=0,group_id=0 || exit 90
  eval "$1" || exit 90
  shift
  "$@" 3>&-`

/** Whatever is in there ends with it. */
const alone = ['--net', '--mount', '--pid', '--mount-proc', '--fork', '--kill-child']

const gone = '/mnt/gone/file'
const pipe = '/mnt/pipe'

function run(target: string, env: Readonly<Record<string, string>>, before = ''): Promise<Ended> {
  const limits = ['--deadline', `${deadlineMs}ms`, '--internet-canary', 'off', '--resolver', '127.0.0.1', '--region', 'eu-west-1']
  const program = [process.execPath, main, target, ...limits, '--format', 'json']
  return runCommand(['unshare', ...alone, 'sh', '-c', inNamespaces, 'sh', before, ...program], { env, killAfterMs })
}

function reportOf({ status, stdout, stderr }: Ended): Report {
  assert.ok(status === 0 || status === 1, `exit ${status}: ${stderr}`)
  assert.equal(stderr, '')
  const report = decodeReport(stdout) as Report
  assert.ok(report.run.complete)
  assert.ok(report.run.durationMs <= deadlineMs + 250, `${report.run.durationMs} ms`)
  return report
}

const closed = 'https://127.0.0.1:1'
const token = { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/r' }
const container = { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/' }
const noConfiguration = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }

const tried = spawnSync('unshare', [...alone, 'sh', '-c', inNamespaces, 'sh', '', 'true'])
const skip = tried.status === 0 ? false : 'needs root, unshare, ip, and mount with /dev/fuse'

describe('a file system that never answers', { skip, concurrency: 2 }, () => {
  for (const variable of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])
    test(`under ${variable} ends the program with one line`, async () => {
      const { status, stdout, stderr } = await run(closed, { [variable]: gone })
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' })
      assert.match(stderr, /^eniprobe: the AWS configuration cannot be read in time: its file system does not answer[^\n]*\n$/)
    })

  test('under HOME ends it too, where the AWS configuration would be there', async () => {
    const { status, stderr } = await run(closed, { HOME: '/mnt/gone' })
    assert.equal(status, 2, stderr)
  })

  for (const variable of ['AWS_CA_BUNDLE', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE'])
    test(`under ${variable} leaves a whole report`, async () => {
      const report = reportOf(await run(closed, { [variable]: gone }))
      assert.deepEqual(
        report.targets.flatMap(({ observations }) => observations.map(o => o.outcome === 'rejected' && o.code)).filter(Boolean),
        ['ECONNREFUSED'],
      )
    })

  test('under the files of tokens leaves a whole report, which says why there are no credentials', async () => {
    const { vantage } = reportOf(
      await run(closed, {
        ...token,
        ...container,
        AWS_WEB_IDENTITY_TOKEN_FILE: gone,
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: gone,
      }),
    )
    const why = new Map((vantage.credentials?.tried ?? []).map(each => [each.source, each.gave ? '' : each.why]))
    assert.match(why.get('web-identity') ?? '', /AWS_WEB_IDENTITY_TOKEN_FILE[^\n]*ETIMEDOUT/)
    assert.match(why.get('container') ?? '', /AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE[^\n]*ETIMEDOUT/)
  })

  for (const [manager, env, says] of [
    ['pip', { PIP_CONFIG_FILE: gone }, /pip cannot read \/mnt\/gone\/file: its file system does not answer/],
    ['npm', { ...noConfiguration, HOME: '/mnt/gone' }, /npm cannot read \/mnt\/gone\/\.npmrc/],
    ['conda', { ...noConfiguration, HOME: '/mnt/gone' }, /conda cannot read \/mnt\/gone\/\.condarc/],
  ] as const)
    test(`under the configuration of ${manager} leaves a whole report, which says that it was not read`, async () => {
      const { targets } = reportOf(await run(manager, env))
      assert.match(targets.map(target => target.note).join(), says)
    })

  test('behind a link is found to be one', async () => {
    const before = 'ln -s gone/folder /mnt/link && ln -s /mnt/link/file /mnt/other'
    const report = reportOf(await run(closed, { SSL_CERT_FILE: '/mnt/other' }, before))
    assert.equal(report.targets.length, 1)
  })
})

describe('a named pipe that nobody writes to', { skip, concurrency: 2 }, () => {
  for (const variable of ['AWS_CA_BUNDLE', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'PIP_CONFIG_FILE'])
    test(`under ${variable} leaves a whole report`, async () => {
      const report = reportOf(await run(variable === 'PIP_CONFIG_FILE' ? 'pip' : closed, { [variable]: pipe }))
      assert.ok(report.targets.length > 0)
    })

  // Not of resolv.conf: Node itself waits for that before it runs a program that loads its DNS.
  test('in the place of /etc/hosts leaves a whole report', async () => {
    const report = reportOf(await run(closed, {}, `mount --bind ${pipe} /etc/hosts`))
    assert.equal(report.targets.length, 1)
  })
})
