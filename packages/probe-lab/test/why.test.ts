// Real programs fail inside the lab; what they print goes to the real CLI's `why`, which must name the fault that made it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { decodeReport, diagnose, type Report, type WhyErrorClass, type WhyVerdict } from '@eniprobe/core'
import type { Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { cliPath, type Vpc } from '../src/world/vpc.ts'
import { assertNoWrongCertain, readReport, told } from './judge-run.ts'

/** Short waits: the programs' own minutes of patience are not what is tested. */
const boto3 = (service: string, call: string) => [
  'python3',
  '-c',
  `import boto3, botocore.config
config = botocore.config.Config(connect_timeout=2, read_timeout=3, retries={"total_max_attempts": 1})
boto3.client("${service}", config=config).${call}`,
]

/** Every program trusts the lab's own authorities, and knows its region by the name that it reads. */
const asItIsSetUp =
  'AWS_CA_BUNDLE=$NODE_EXTRA_CA_CERTS CURL_CA_BUNDLE=$NODE_EXTRA_CA_CERTS AWS_DEFAULT_REGION=ap-northeast-1 exec "$@"'

interface Story {
  readonly fault: Fault
  readonly program: readonly string[]
  /** What must be installed for it. */
  readonly needs: readonly string[]
  readonly says: readonly WhyErrorClass[]
  readonly answer: readonly WhyVerdict[]
  readonly cause: string
  /** Causes that the same evidence allows to stand first. */
  readonly or?: readonly string[]
  /** What holds of this network besides, and may be said for certain. */
  readonly also?: readonly string[]
}

const stories: Readonly<Record<string, Story>> = {
  'boto3 that has no endpoint to go to': {
    fault: faults.interfaceEndpointMissing('logs'),
    program: boto3('logs', 'describe_log_groups()'),
    needs: ['python3', '-c', 'import boto3'],
    says: ['connect-timeout'],
    answer: ['explained'],
    cause: 'interface-endpoint-missing',
    or: ['private-dns-disabled'],
  },
  'the AWS CLI that an endpoint does not admit': {
    fault: faults.endpointSecurityGroup('kms'),
    program: ['aws', '--cli-connect-timeout', '2', 'kms', 'list-keys'],
    needs: ['aws', '--version'],
    says: ['connect-timeout'],
    answer: ['explained'],
    cause: 'endpoint-security-group',
  },
  'curl that has no endpoint to go to': {
    fault: faults.interfaceEndpointMissing('logs'),
    program: ['curl', '-sS', '--connect-timeout', '2', 'https://logs.ap-northeast-1.amazonaws.com/'],
    needs: ['curl', '--version'],
    says: ['connect-timeout'],
    answer: ['explained'],
    cause: 'interface-endpoint-missing',
    or: ['private-dns-disabled'],
  },
  'boto3 whose TLS is opened on the way': {
    fault: faults.tlsInspected(),
    program: boto3('sts', 'get_caller_identity()'),
    needs: ['python3', '-c', 'import boto3'],
    says: ['tls-untrusted'],
    answer: ['explained'],
    cause: 'tls-inspected',
  },
  'psql that the database does not admit': {
    fault: faults.targetSecurityGroup(),
    program: ['psql', 'host=db.internal port=5432 user=app connect_timeout=3'],
    needs: ['psql', '--version'],
    says: ['connect-timeout'],
    answer: ['explained'],
    cause: 'target-security-group',
    or: ['eni-security-group', 'network-acl', 'instance-stopped', 'database-stopped'],
  },
  'pip in a network without a way out': {
    fault: plan => plan,
    program: [
      'pip',
      'download',
      '--isolated',
      '--disable-pip-version-check',
      '--no-deps',
      '--retries',
      '1',
      '--timeout',
      '2',
      '--index-url',
      'https://pypi.org/simple',
      'six',
    ],
    needs: ['pip', '--version'],
    says: ['connect-timeout'],
    answer: ['explained'],
    cause: 'package-index-is-public',
    or: ['internet-not-reachable'],
    also: ['internet-not-reachable'],
  },
  'boto3 that a policy denies': {
    fault: faults.identityPolicyDenies('secretsmanager:*'),
    program: boto3('secretsmanager', 'list_secrets()'),
    needs: ['python3', '-c', 'import boto3'],
    says: ['denied'],
    answer: ['decided', 'explained'],
    cause: 'identity-policy-denies',
  },
  'boto3 without anybody to get credentials from': {
    fault: faults.noCredentials(),
    program: boto3('sts', 'get_caller_identity()'),
    needs: ['python3', '-c', 'import boto3'],
    says: ['no-credentials'],
    answer: ['explained'],
    cause: 'no-credentials',
    or: ['metadata-unreachable'],
  },
}

describe('why', { concurrency: 4 }, () => {
  for (const [name, story] of Object.entries(stories))
    test(`${name}: its own words lead to ${story.cause}`, async t => {
      const [needed = '', ...rest] = story.needs
      if (spawnSync(needed, rest).status !== 0) return t.skip(`not installed: ${story.needs.join(' ')}`)
      const vpc = await vpcLab(t, story.fault)
      if (!vpc) return
      const failed = await vpc.run(['sh', '-c', asItIsSetUp, 'sh', ...story.program], { timeoutMs: 40_000 })
      assert.notEqual(failed.status, 0, failed.stdout)
      // As a session is pasted: curl does not repeat the name in every error of its own.
      const typed = story.program[0] === 'curl' ? `$ ${story.program.join(' ')}\n` : ''
      const report = await whyOf(vpc, `${typed}${failed.stdout}\n${failed.stderr}`, 1)
      const [first] = report.why?.errors ?? []
      assert.ok(first !== undefined && story.says.includes(first.errorClass), failed.stderr)
      const answer = report.why?.answers[0]
      assert.ok(answer !== undefined && story.answer.includes(answer.answer), `${answer?.answer} ${told(report.findings)}`)
      const causes = [
        first.decided,
        ...report.findings.filter(({ id }) => answer.findings.includes(id)).map(f => f.causes[0]?.cause),
      ]
      assert.ok(
        causes.some(cause => cause === story.cause || story.or?.includes(cause ?? '')),
        `${causes.join()} ${told(report.findings)}`,
      )
      assert.ok(
        first.decided === story.cause ||
          report.findings.some(({ causes: all }) => all.some(({ cause }) => cause === story.cause)),
        told(report.findings),
      )
      assertNoWrongCertain(report, [story.cause, ...(story.also ?? [])])
    })

  test('an error from elsewhere: here the name is healthy, and that is what it says', async t => {
    const vpc = await vpcLab(t)
    if (!vpc) return
    const said =
      'botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "https://logs.ap-northeast-1.amazonaws.com/"'
    const report = await whyOf(vpc, said, 0)
    assert.deepEqual(report.why?.answers, [{ error: 0, answer: 'healthy-now', targets: ['logs'], findings: [] }])
  })

  test('a port is the one that the text or the service means, and a name without any is only looked up', async t => {
    const zone = 'ap-northeast-1.amazonaws.com'
    const database = 'db.abc.ap-northeast-1.rds.amazonaws.com'
    const host = (name: string, address: string, port: number, closed = false) =>
      ({ name, addresses: [address], port, serve: 'postgres', ...(closed && { securityGroup: 'closed' as const }) }) as const
    const vpc = await vpcLab(t, plan => ({
      ...plan,
      hosts: [
        ...plan.hosts,
        host('master.shop.abc.apne1.cache.amazonaws.com', '10.20.3.21', 6379),
        host(`fs-0123456789abcdef0.efs.${zone}`, '10.20.3.22', 2049, true),
        host(database, '10.20.3.23', 5432),
        host(`b-1.shop.abc.c2.kafka.${zone}`, '10.20.3.24', 9098),
      ],
    }))
    if (!vpc) return
    const report = await whyOf(
      vpc,
      [
        'io.netty.channel.ConnectTimeoutException: connection timed out after 10000 ms: master.shop.abc.apne1.cache.amazonaws.com/10.20.3.21:6379',
        `mount.nfs4: mount to NFS server 'fs-0123456789abcdef0.efs.${zone}:/' failed: timed out, giving up`,
        `psql: error: connection to server at "${database}" (10.20.3.23), port 5432 failed: FATAL:  PAM authentication failed for user "app"`,
        `java.net.UnknownHostException: b-1.shop.abc.c2.kafka.${zone}`,
      ].join('\n'),
      1,
    )
    const answers = report.why?.answers.map(({ error, answer, targets }) => [
      report.why?.errors[error]?.errorClass,
      answer,
      ...targets,
    ])
    assert.deepEqual(answers?.sort(), [
      ['connect-timeout', 'explained', `tcp://fs-0123456789abcdef0.efs.${zone}:2049`],
      ['connect-timeout', 'healthy-now', 'tcp://master.shop.abc.apne1.cache.amazonaws.com:6379'],
      ['dns-not-found', 'healthy-now', `dns://b-1.shop.abc.c2.kafka.${zone}`],
      ['server-refused', 'path-healthy', `tcp://${database}:5432`],
    ])
    assert.deepEqual(
      report.findings.filter(({ severity }) => severity === 'error').flatMap(({ targets }) => targets),
      [`tcp://fs-0123456789abcdef0.efs.${zone}:2049`],
    )
    assertNoWrongCertain(report, ['target-security-group'])
  })

  test('an error about another layer than the one that fails here is not called explained', async t => {
    const vpc = await vpcLab(t, faults.interfaceEndpointMissing('logs'))
    if (!vpc) return
    const said = 'curl: (6) Could not resolve host: logs.ap-northeast-1.amazonaws.com'
    const report = await whyOf(vpc, said, 1)
    assert.equal(report.why?.answers[0]?.answer, 'fails-otherwise')
  })
})

/** By a file, as somebody gives a log; the report must validate, and answer the same when it is judged again. */
async function whyOf(vpc: Vpc, text: string, status: number): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-why-'))
  try {
    const file = join(folder, 'error.log')
    writeFileSync(file, text)
    const ran = await vpc.run([process.execPath, cliPath(), 'why', file, '--format', 'json'], {})
    assert.equal(ran.stderr, '')
    const report = readReport({ ...ran, report: JSON.parse(ran.stdout) })
    assert.equal(ran.status, status, told(report.findings))
    assert.deepEqual(diagnose(decodeReport(ran.stdout)).why, report.why)
    return report
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
