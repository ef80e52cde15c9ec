// `policy` as a process: the document on standard output and nothing else there, what it leaves open on standard error, and
// judges that are not ours: cfn-lint knows every action of IAM and which resources each takes.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findProgram } from './judges.ts'

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))
const golden = fileURLToPath(new URL('../../test/golden/policy.json', import.meta.url))

function eniprobe(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  // No region, no account, no profile, and no way to ask anybody.
  const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...more }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

const known = { AWS_REGION: 'ap-northeast-1', AWS_ACCOUNT_ID: '111122223333' }
const spread = [
  ...['logs', 'sts', 's3://my-bucket/data/', 'logs:/app/orders', 'kms:1234abcd-12ab-34cd-56ef-1234567890ab', 'secret:team/db'],
  ...['parameter:/team/limit', 'dynamodb:orders', 'sqs:jobs', 'sns:news', 'lambda:worker:live', 'ecr:team/app'],
  ...[
    'codeartifact:my-domain/my-repository',
    'rds:orders',
    'ec2:i-0123456789abcdef0:22',
    'ecs:web/api',
    'tcp://db.internal:5432',
  ],
]

test('a policy is the same document every time, grouped and sorted', () => {
  const { status, stdout, stderr } = eniprobe(['policy', ...spread, '--write-checks'], known)
  assert.equal(status, 0, stderr)
  if (process.env.GOLDEN === 'write') writeFileSync(golden, stdout)
  assert.equal(stdout, readFileSync(golden, 'utf8'))
  const again = eniprobe(['policy', ...[...spread].reverse(), '--write-checks'], known)
  assert.equal(again.stdout, stdout)
  assert.doesNotMatch(stdout, /sts:GetCallerIdentity/)
})

test('what the plan cannot know without a network stands open, and is told on standard error', () => {
  const { status, stdout, stderr } = eniprobe(['policy', 'sqs:jobs', '--no-confirm'])
  assert.equal(status, 0)
  assert.deepEqual(JSON.parse(stdout).Statement, [
    {
      Sid: 'EniprobeReads',
      Effect: 'Allow',
      Action: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
      Resource: 'arn:aws:sqs:*:*:jobs',
    },
  ])
  assert.match(stderr, /^note: no region is known .*--region$/m)
  assert.match(stderr, /^note: the account is not known .*AWS_ACCOUNT_ID to name it$/m)
  assert.equal(eniprobe(['policy', 'sqs:jobs', '--no-confirm'], known).stderr, '')
  assert.match(eniprobe(['policy', 'sqs:jobs', '--lang', 'ja'], {}).stderr, /^注: .*AWS_ACCOUNT_ID で指定できます$/m)
})

test('the partition is the region’s', () => {
  for (const [region, partition] of [
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eu-west-1', 'aws'],
  ]) {
    const { stdout } = eniprobe(['policy', 's3://my-bucket', '--region', region ?? ''])
    const resources = JSON.parse(stdout).Statement.flatMap((each: { Resource: string | string[] }) => each.Resource)
    const named = resources.filter((resource: string) => resource !== '*')
    assert.ok(named.length > 0)
    assert.ok(named.every((resource: string) => resource.startsWith(`arn:${partition}:s3:::my-bucket`)))
  }
})

test('a run that needs nothing has a policy of no statement, and one that is too long says how to cut it', () => {
  for (const args of [
    ['sts', '--no-confirm'],
    ['logs', 's3://my-bucket', '--no-sign'],
    ['tcp://10.0.0.1:5432', '--no-confirm'],
  ]) {
    const { stdout, stderr } = eniprobe(['policy', ...args], known)
    assert.deepEqual(JSON.parse(stdout), { Version: '2012-10-17', Statement: [] })
    assert.match(stderr, /nothing to attach/)
  }
  const many = Array.from({ length: 80 }, (_, index) => `sqs:a-queue-with-a-name-of-some-length-${index}`)
  const long = eniprobe(['policy', ...many], known)
  assert.match(long.stderr, /^note: \d{4,5} characters \(white space not counted\): more than the 6144 of a managed policy/m)
  assert.equal(eniprobe(['policy', 'all', '--write-checks'], known).stderr, '')
})

test('the document goes to a file where one is named, and mistakes are one line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-policy-'))
  try {
    const file = join(folder, 'policy.json')
    const { status, stdout, stderr } = eniprobe(['policy', 'logs', '--output', file], known)
    assert.deepEqual([status, stdout, stderr], [0, '', `saved ${file}\n`])
    assert.equal(readFileSync(file, 'utf8'), eniprobe(['policy', 'logs'], known).stdout)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  for (const [args, says] of [
    [['policy', 'lgos'], /^eniprobe: "lgos" is no target: did you mean logs\?/],
    [['policy', 'logs', '--region', 'tokyo'], /"tokyo",? (?:which )?is not a region/],
    [['policy', 'logs', '--format', 'text'], /^eniprobe: a policy cannot be written as "text": leave --format out/],
    [['policy', 'logs', '--deadline', '5s'], /^eniprobe: --deadline does nothing with "policy": leave it out\n$/],
  ] as const) {
    const { status, stdout, stderr } = eniprobe(args, known)
    assert.deepEqual([status, stdout], [2, ''], args.join(' '))
    assert.match(stderr, says)
  }
  assert.match(eniprobe(['policy', 'logs'], { AWS_ACCOUNT_ID: '42' }).stderr, /^eniprobe: AWS_ACCOUNT_ID is no account id/)
})

const cfnLint = findProgram('cfn-lint')

test('cfn-lint knows every action, and that each takes the resource it is allowed on', {
  skip: cfnLint ? false : 'cfn-lint is not installed',
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-policy-'))
  try {
    const lint = (document: unknown) => {
      const file = join(folder, 'template.json')
      const Resources = {
        Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document, Roles: ['my-role'] } },
      }
      writeFileSync(file, JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources }))
      // I3510: the resources that each action takes. W2511 and others speak of templates by hand.
      const args = ['--include-checks', 'I3510', '--regions', 'ap-northeast-1', '--format', 'parseable', '--', file]
      const { status, stdout } = spawnSync(cfnLint ?? '', args, { encoding: 'utf8', timeout: 120_000 })
      return { status, says: stdout }
    }
    for (const args of [[...spread, '--write-checks'], ['all']]) {
      const document = JSON.parse(eniprobe(['policy', ...args], known).stdout)
      const { status, says } = lint(document)
      assert.equal(status, 0, says)
    }
    // The judge can tell: an action that there is not, and a resource that the action does not take.
    const wrong = (Action: string, Resource: string) => ({
      Version: '2012-10-17',
      Statement: [{ Sid: 'Wrong', Effect: 'Allow', Action, Resource }],
    })
    assert.notEqual(lint(wrong('sqs:GetQueueUri', '*')).says, '')
    assert.notEqual(lint(wrong('rds:DescribeDBInstances', 'arn:aws:sqs:ap-northeast-1:111122223333:jobs')).says, '')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
