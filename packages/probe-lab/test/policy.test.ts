// `eniprobe policy` judged by moto, which enforces signatures and IAM: with exactly the printed policy nothing that the run asks is
// denied, and without any one of its actions something is. moto judges the resources of S3 as AWS does and takes those of every
// other service for "*": there the ARNs are compared with the ones that AWS judges each call by.
import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import type { PolicyDocument, PolicyStatement, Report } from '@eniprobe/core'
import { combine, type Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import type { SetUp } from '../src/world/moto.ts'
import type { Vpc } from '../src/world/vpc.ts'
import { readReport, told } from './judge-run.ts'
import { MotoAccount, makeFunction, makeResources } from './moto-account.ts'
import {
  database,
  databaseAddress,
  failTask,
  hosts,
  instanceAddress,
  makeDatabase,
  makeGroup,
  makeInstance,
  makeService,
  makeStopped,
  scheduleService,
  silent,
} from './stopped-account.ts'

interface Granted {
  readonly action: string
  readonly resource: string
  readonly sid: string
}

interface Account {
  readonly vpc: Vpc
  readonly moto: MotoAccount
}

async function raise(t: TestContext, fault?: Fault, setUp?: SetUp): Promise<Account | undefined> {
  const vpc = await vpcLab(t, fault, setUp)
  if (!vpc) return undefined
  if (vpc.motoSocket === undefined) {
    t.skip('moto is not installed: nobody enforces a policy here')
    return undefined
  }
  return { vpc, moto: new MotoAccount(vpc.motoSocket, vpc.plan.region) }
}

async function policyFor({ vpc }: Account, args: readonly string[]): Promise<PolicyDocument> {
  const env = { AWS_ACCOUNT_ID: vpc.plan.aws.account, AWS_REGION: vpc.plan.region }
  const { status, report, stderr } = await vpc.eniprobe(['policy', ...args], { env })
  assert.equal(status, 0, stderr)
  assert.doesNotMatch(stderr, /not known/)
  return report
}

function grantsOf(policy: PolicyDocument): readonly Granted[] {
  return policy.Statement.flatMap(({ Sid, Action, Resource }) =>
    [Action].flat().flatMap(action => [Resource].flat().map(resource => ({ action, resource, sid: Sid }))),
  )
}

/** As printed, but that moto asks only S3 for a resource; and moto derives one action from the operation's name. */
async function grant({ vpc, moto }: Account, policy: PolicyDocument, without?: string): Promise<void> {
  const statements = policy.Statement.flatMap((statement): PolicyStatement[] => {
    const actions = [statement.Action].flat().filter(action => action !== without)
    const isS3 = actions.every(action => action.startsWith('s3:'))
    const motoNames = actions.includes('lambda:InvokeFunction') ? ['lambda:Invoke'] : []
    return actions.length === 0
      ? []
      : [{ ...statement, Action: [...actions, ...motoNames], Resource: isS3 ? statement.Resource : '*' }]
  })
  // No policy is without a statement: this one allows what nobody asks.
  const nothing = { Effect: 'Allow', Action: 'iam:GetAccountSummary', Resource: '*' }
  await moto.allow(vpc.plan.aws.principal, statements.length === 0 ? [nothing] : statements)
}

async function look({ vpc }: Account, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Report> {
  return readReport(await vpc.eniprobe([...args, '--internet-canary', 'off'], { env }))
}

/** Every call of a run that was signed or carried a token, and whether it was refused as not allowed. */
function callsOf(report: Report): readonly { readonly action: string; readonly isDenied: boolean }[] {
  const isDenial = (code: string | undefined) => /Denied|Unauthorized|AuthorizationError|^403$/.test(code ?? '')
  const observed = report.targets.flatMap(({ observations }) =>
    observations.flatMap(o => {
      if (o.layer !== 'aws' || o.outcome === 'skipped') return []
      return [{ action: o.seen?.action ?? '', isDenied: o.outcome === 'rejected' && isDenial(o.code) }]
    }),
  )
  const asked = (report.controlPlane?.asked ?? []).map(({ action, code }) => ({ action, isDenied: isDenial(code) }))
  return [...observed, ...asked]
}

function deniedIn(report: Report): readonly string[] {
  return callsOf(report).flatMap(({ action, isDenied }) => (isDenied ? [action] : []))
}

/** Actions of IAM that no call of a run is named by: `s3:ListBucket` is what HEAD and listings need. */
function usedIn(report: Report): ReadonlySet<string> {
  return new Set(callsOf(report).map(({ action }) => action))
}

const region = 'ap-northeast-1'
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:123456789012:${rest}`

interface Named {
  readonly word: string
  /** By action, the ARN that AWS judges the call by: of the resource types that the service authorization reference lists. */
  readonly judgedBy: Readonly<Record<string, string>>
}

const key = 'KEY'
const named: readonly Named[] = [
  {
    word: 's3://lab-data',
    judgedBy: {
      's3:ListBucket': 'arn:aws:s3:::lab-data',
      's3:GetObject': 'arn:aws:s3:::lab-data/one.csv',
      's3:PutObject': 'arn:aws:s3:::lab-data/eniprobe-does-not-exist',
    },
  },
  {
    word: 'logs:/app/orders',
    judgedBy: {
      'logs:DescribeLogStreams': arn('logs', 'log-group:/app/orders:log-stream:'),
      'logs:PutLogEvents': arn('logs', 'log-group:/app/orders:log-stream:eniprobe-does-not-exist'),
    },
  },
  {
    word: `kms:${key}`,
    judgedBy: Object.fromEntries(
      ['DescribeKey', 'Encrypt', 'GenerateDataKey', 'Decrypt'].map(name => [`kms:${name}`, arn('kms', `key/${key}`)]),
    ),
  },
  { word: 'secret:team/db', judgedBy: { 'secretsmanager:DescribeSecret': arn('secretsmanager', 'secret:team/db-a1B2c3') } },
  { word: 'parameter:/team/limit', judgedBy: { 'ssm:GetParameter': arn('ssm', 'parameter/team/limit') } },
  {
    word: 'dynamodb:orders',
    judgedBy: Object.fromEntries(
      ['DescribeTable', 'GetItem', 'PutItem'].map(name => [`dynamodb:${name}`, arn('dynamodb', 'table/orders')]),
    ),
  },
  {
    word: 'sqs:jobs',
    judgedBy: { 'sqs:GetQueueUrl': arn('sqs', 'jobs'), 'sqs:GetQueueAttributes': arn('sqs', 'jobs') },
  },
  { word: 'sns:news', judgedBy: { 'sns:GetTopicAttributes': arn('sns', 'news') } },
  {
    word: 'lambda:worker',
    judgedBy: {
      'lambda:GetFunctionConcurrency': arn('lambda', 'function:worker'),
      'lambda:InvokeFunction': arn('lambda', 'function:worker'),
    },
  },
  { word: 'sagemaker-endpoint:ranker', judgedBy: { 'sagemaker:DescribeEndpoint': arn('sagemaker', 'endpoint/ranker') } },
  {
    word: 'ecr:team/app',
    judgedBy: {
      'ecr:GetAuthorizationToken': '*',
      ...Object.fromEntries(
        ['BatchCheckLayerAvailability', 'GetDownloadUrlForLayer', 'BatchGetImage', 'CompleteLayerUpload'].map(name => [
          `ecr:${name}`,
          arn('ecr', 'repository/team/app'),
        ]),
      ),
    },
  },
]

function allows(pattern: string, resource: string): boolean {
  const text = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${text}$`).test(resource)
}

// Each in a VPC of its own, with an account of its own: what one is granted is nothing to another.
describe('named resources: the printed policy alone is enough, and no action of it can be left out', { concurrency: 4 }, () => {
  for (const { word, judgedBy } of named)
    test(word, async t => {
      const account = await raise(t)
      if (account === undefined) return
      const keyId = await makeAll(account)
      const args = [word.replace(key, keyId), '--write-checks']
      const policy = await policyFor(account, [...args, '--no-confirm'])
      const grants = grantsOf(policy)
      assert.deepEqual(grants.map(({ action }) => action).sort(), Object.keys(judgedBy).sort())
      for (const { action, resource } of grants) {
        const judged = (judgedBy[action] ?? '').replace(key, keyId)
        assert.ok(allows(resource, judged), `${action} on ${judged} is not in ${resource}`)
        // Another resource of the same kind is not in it.
        const other = judged.replace(/(lab-data|orders|limit|team\/|jobs|news|worker|ranker|key\/)/, '$1-other')
        assert.ok(judged === '*' || !allows(resource, other), `${action} on ${other} is in ${resource}`)
      }
      await grant(account, policy)
      const report = await look(account, [...args, '--no-confirm'])
      assert.deepEqual(deniedIn(report), [], told(report.findings))
      assert.deepEqual(report.findings, [], told(report.findings))
      for (const { action } of grants) {
        await grant(account, policy, action)
        const less = await look(account, [...args, '--no-confirm'])
        assert.ok(deniedIn(less).includes(action), `without ${action} nothing is denied: it is not used`)
      }
    })

  test('all of them in one policy', async t => {
    const account = await raise(t)
    if (account === undefined) return
    const keyId = await makeAll(account)
    const args = [...named.map(({ word }) => word.replace(key, keyId)), '--write-checks']
    const policy = await policyFor(account, args)
    assert.ok(JSON.stringify(policy).length < 6144)
    await grant(account, policy)
    const report = await look(account, args)
    assert.deepEqual(report.findings, [], told(report.findings))
    assert.deepEqual(deniedIn(report), [])
    const own = await policyFor(
      account,
      named.map(({ word }) => word.replace(key, keyId)),
    )
    assert.ok(
      grantsOf(own).every(({ sid }) => !sid.startsWith('EniprobeWrite')),
      'a write is allowed to a run that makes none',
    )
  })
})

/** One resource of every kind; gives the id of the key. */
async function makeAll({ moto }: Account): Promise<string> {
  const { keyId } = await makeResources(moto)
  await makeFunction(moto)
  return keyId
}

test('bare services and --for: one action a service, and each is used', async t => {
  const account = await raise(t)
  if (account === undefined) return
  // Of the services with an endpoint in the lab, those whose call moto knows by the name that IAM has for it.
  const services = ['logs', 'kms', 'secretsmanager', 'ssm', 'sqs', 'sns', 'ec2', 'ecs', 'rds', 'sagemaker.api', 's3', 'sts']
  const policy = await policyFor(account, [...services, '--no-confirm'])
  const actions = grantsOf(policy).map(({ action }) => action)
  assert.equal(actions.length, services.length - 1, 'STS needs none')
  await grant(account, policy)
  const report = await look(account, services)
  assert.deepEqual(deniedIn(report), [], told(report.findings))
  for (const action of actions) {
    await grant(account, policy, action)
    assert.ok(deniedIn(await look(account, [...services, '--no-confirm'])).includes(action), `${action} is not used`)
  }
  const forOne = await policyFor(account, ['--for', 'sagemaker-notebook', '--no-confirm'])
  assert.ok(grantsOf(forOne).length > 0)
  assert.deepEqual(grantsOf(await policyFor(account, [...services, '--no-sign'])), [])
})

interface Doubtful {
  readonly args: readonly string[] | (() => readonly string[])
  readonly fault?: Fault
  readonly setUp?: SetUp
  readonly env?: Readonly<Record<string, string>>
  /** At least these are asked. */
  readonly asks: readonly string[]
}

/** Known to every DNS server. */
const ownEndpoint = { AWS_ENDPOINT_URL_EC2: `https://vpce-0labec2-abcd.ec2.${region}.vpce.amazonaws.com` }
let instance = ''
const cases: Readonly<Record<string, Doubtful>> = {
  "an endpoint's closed group": {
    fault: faults.endpointSecurityGroup(),
    args: ['logs', 'sts', 's3'],
    asks: ['NetworkInterfaces', 'VpcEndpoints', 'SecurityGroups', 'NetworkAcls', 'Subnets', 'RouteTables', 'PrefixLists'].map(
      name => `ec2:Describe${name}`,
    ),
  },
  'private names that the VPC turns off': {
    fault: faults.vpcDnsAttributesOff(),
    args: ['logs', 'sts', 's3'],
    env: ownEndpoint,
    asks: ['ec2:DescribeVpcs', 'ec2:DescribeVpcAttribute'],
  },
  'a stopped database': {
    fault: combine(hosts, silent(databaseAddress)),
    setUp: makeDatabase(true),
    args: ['rds:orders'],
    asks: ['rds:DescribeDBInstances'],
  },
  'a database that is named by its host': {
    fault: combine(hosts, silent(databaseAddress)),
    setUp: makeDatabase(true),
    args: [`tcp://${database}:5432`],
    asks: ['rds:DescribeDBInstances'],
  },
  'an instance behind a plain host': {
    fault: combine(hosts, silent(instanceAddress)),
    setUp: makeStopped,
    args: ['tcp://web-1.internal:5432'],
    asks: ['ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces'],
  },
  'an instance of a group at zero': {
    fault: hosts,
    setUp: async call => {
      instance = await makeGroup(call)
    },
    args: () => [`ec2:${instance}`],
    asks: ['AutoScalingGroups', 'ScheduledActions', 'ScalingActivities'].map(name => `autoscaling:Describe${name}`),
  },
  'an instance that runs': {
    fault: hosts,
    setUp: async call => {
      instance = await makeInstance(call)
    },
    args: () => [`ec2:${instance}:5432`],
    asks: ['ec2:DescribeInstances', 'ec2:DescribeInstanceStatus'],
  },
  'a service at zero': {
    fault: hosts,
    setUp: async (call, plan) => {
      await makeService(0)(call, plan)
      await scheduleService(call, plan)
    },
    args: ['ecs:web/api'],
    asks: ['ScalableTargets', 'ScheduledActions', 'ScalingActivities'].map(name => `application-autoscaling:Describe${name}`),
  },
  'a service whose tasks fail': {
    fault: hosts,
    setUp: async (call, plan) => {
      await makeService(2)(call, plan)
      await failTask(call, plan)
    },
    args: ['ecs:web/api'],
    asks: ['ecs:DescribeServices', 'ecs:ListTasks', 'ecs:DescribeTasks'],
  },
}

describe('what findings ask for', { concurrency: 2 }, () => {
  for (const [name, { args: given, fault, setUp, env, asks }] of Object.entries(cases))
    test(`is allowed by the printed policy, and used: ${name}`, async t => {
      const account = await raise(t, fault, setUp)
      if (account === undefined) return
      const args = typeof given === 'function' ? given() : given
      const policy = await policyFor(account, args)
      const actions = grantsOf(policy).map(({ action }) => action)
      await grant(account, policy)
      const report = await look(account, args, env)
      assert.deepEqual(deniedIn(report), [], told(report.findings))
      const used = [...usedIn(report)].filter(action => action !== 'sts:GetCallerIdentity')
      assert.deepEqual(
        used.filter(action => !actions.includes(action)),
        [],
        `asked for, and not in the policy: ${JSON.stringify(report.controlPlane?.asked)}`,
      )
      for (const action of asks) {
        assert.ok(used.includes(action), `${action} was not asked: ${used.join()}`)
        await grant(account, policy, action)
        const denied = deniedIn(await look(account, args, env))
        assert.ok(denied.includes(action), `without ${action} nothing is denied`)
      }
      const quiet = grantsOf(await policyFor(account, [...args, '--no-confirm']))
      assert.ok(quiet.every(({ sid }) => sid.startsWith('EniprobeReads')))
    })

  test('of a bucket that turned a call down, its policy is asked for', async t => {
    const account = await raise(t, faults.bucketPolicyDenies('s3:GetObject'))
    if (account === undefined) return
    const args = ['s3://lab-data']
    const policy = await policyFor(account, args)
    await grant(account, policy)
    const asked = (await look(account, args)).controlPlane?.asked.find(({ action }) => action === 's3:GetBucketPolicy')
    assert.ok(asked && !/Denied/.test(asked.code ?? ''), JSON.stringify(asked))
    await grant(account, policy, 's3:GetBucketPolicy')
    assert.ok(deniedIn(await look(account, args)).includes('s3:GetBucketPolicy'), 'it is not used')
    assert.ok(grantsOf(policy).some(each => each.action === 's3:GetBucketPolicy' && each.resource === 'arn:aws:s3:::lab-data'))
  })
})
