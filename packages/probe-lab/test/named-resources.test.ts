// Named resources against moto, which verifies signatures and IAM: what every check proves, that none of them changes anything, and
// what is said when one action is denied.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Observation, permissionsOf, type Report } from '@eniprobe/core'
import { vpcLab } from '../src/vpc-lab.ts'
import type { Vpc } from '../src/world/vpc.ts'
import { assertNoWrongCertain, judgeRun, told } from './judge-run.ts'
import { MotoAccount, makeFunction, makeResources } from './moto-account.ts'

interface Check {
  readonly word: string
  /** Actions in order, as observed; of all targets that the word stands for. */
  readonly reads: readonly string[]
  readonly writes?: readonly string[]
  /** Words of a recorded request, by action, that prove it came to moto in this form. */
  readonly forms: Readonly<Record<string, RegExp>>
}

const key = 'KEY'
const checks: readonly Check[] = [
  {
    word: 's3://lab-data',
    reads: ['s3:ListBucket', 's3:GetObject'],
    writes: ['s3:PutObject'],
    forms: {
      's3:ListBucket': /list-type=2&max-keys=1/,
      's3:GetObject': /GET \S+\/one\.csv/,
      's3:PutObject': /partNumber=1&uploadId=eniprobe-does-not-exist/,
    },
  },
  {
    word: 'logs:/app/orders',
    reads: ['logs:DescribeLogStreams'],
    writes: ['logs:PutLogEvents'],
    forms: { 'logs:DescribeLogStreams': /DescribeLogStreams/, 'logs:PutLogEvents': /PutLogEvents/ },
  },
  {
    word: `kms:${key}`,
    reads: ['kms:DescribeKey'],
    writes: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'],
    forms: {
      'kms:DescribeKey': /TrentService\.DescribeKey/,
      'kms:Encrypt': /TrentService\.Encrypt/,
      'kms:GenerateDataKey': /TrentService\.GenerateDataKey/,
      'kms:Decrypt': /TrentService\.Decrypt/,
    },
  },
  {
    word: 'secret:team/db',
    reads: ['secretsmanager:DescribeSecret'],
    forms: { 'secretsmanager:DescribeSecret': /secretsmanager\.DescribeSecret/ },
  },
  { word: 'parameter:/team/limit', reads: ['ssm:GetParameter'], forms: { 'ssm:GetParameter': /AmazonSSM\.GetParameter/ } },
  {
    word: 'dynamodb:orders',
    reads: ['dynamodb:DescribeTable', 'dynamodb:GetItem'],
    writes: ['dynamodb:PutItem'],
    forms: {
      'dynamodb:DescribeTable': /DynamoDB_20120810\.DescribeTable/,
      'dynamodb:GetItem': /DynamoDB_20120810\.GetItem/,
      'dynamodb:PutItem': /DynamoDB_20120810\.PutItem/,
    },
  },
  {
    word: 'sqs:jobs',
    reads: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
    forms: { 'sqs:GetQueueUrl': /AmazonSQS\.GetQueueUrl/, 'sqs:GetQueueAttributes': /AmazonSQS\.GetQueueAttributes/ },
  },
  { word: 'sns:news', reads: ['sns:GetTopicAttributes'], forms: { 'sns:GetTopicAttributes': /GetTopicAttributes/ } },
  {
    word: 'lambda:worker',
    reads: ['lambda:GetFunctionConcurrency'],
    writes: ['lambda:InvokeFunction'],
    forms: { 'lambda:GetFunctionConcurrency': /worker\/concurrency/, 'lambda:InvokeFunction': /worker\/invocations/ },
  },
  {
    word: 'sagemaker-endpoint:ranker',
    reads: ['sagemaker:DescribeEndpoint'],
    forms: { 'sagemaker:DescribeEndpoint': /SageMaker\.DescribeEndpoint/ },
  },
  {
    word: 'ecr:team/app',
    reads: [
      ...['ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      'ecr:BatchGetImage',
    ],
    writes: ['ecr:CompleteLayerUpload'],
    forms: {
      'ecr:GetAuthorizationToken': /GetAuthorizationToken/,
      'ecr:BatchCheckLayerAvailability': /BatchCheckLayerAvailability/,
      'ecr:GetDownloadUrlForLayer': /GetDownloadUrlForLayer/,
      'ecr:BatchGetImage': /BatchGetImage/,
      'ecr:CompleteLayerUpload': /CompleteLayerUpload/,
    },
  },
]

interface Account {
  readonly vpc: Vpc
  readonly moto: MotoAccount
  readonly role: string
  wordOf(check: Check): string
}

async function raise(t: Parameters<typeof vpcLab>[0], withFunction = true): Promise<Account | undefined> {
  const vpc = await vpcLab(t)
  if (!vpc) return undefined
  if (vpc.motoSocket === undefined) {
    t.skip('moto is not installed: nobody keeps an account here')
    return undefined
  }
  const moto = new MotoAccount(vpc.motoSocket, vpc.plan.region)
  const { keyId } = await makeResources(moto)
  if (withFunction) await makeFunction(moto)
  return { vpc, moto, role: vpc.plan.aws.principal, wordOf: ({ word }) => word.replace(key, keyId) }
}

/** moto derives an action from the operation's name. */
function motoNames(action: string): readonly string[] {
  return action === 'lambda:InvokeFunction' ? ['lambda:Invoke'] : []
}

async function look(vpc: Vpc, ...args: readonly string[]): Promise<Report> {
  return judgeRun(await vpc.eniprobe([...args, '--internet-canary', 'off']))
}

function actionsOf(report: Report): readonly string[] {
  return awsOf(report).map(o => actionOf(o))
}

function awsOf(report: Report): readonly Observation[] {
  return report.targets.flatMap(t => t.observations).filter(o => o.layer === 'aws' && o.outcome !== 'skipped')
}

function actionOf(o: Observation): string {
  return o.layer === 'aws' && o.outcome !== 'skipped' ? (o.seen?.action ?? '') : ''
}

test('every check reaches the service and leaves the whole account as it was', async t => {
  // moto cannot list its whole state once it keeps a function: that one is compared on its own, last.
  const account = await raise(t, false)
  if (account === undefined) return
  const { vpc, moto } = account
  const ofFunction = checks.filter(({ word }) => word.startsWith('lambda:'))
  for (const check of [...checks.filter(each => !ofFunction.includes(each)), ...ofFunction])
    await t.test(check.word, async () => {
      const isFunction = ofFunction.includes(check)
      if (isFunction) await makeFunction(moto)
      const state = () => (isFunction ? moto.functionState() : moto.state())
      const before = await state()
      await moto.startRecording()
      const report = await look(vpc, account.wordOf(check), '--write-checks')
      const recorded = await moto.recorded()
      const all = [...check.reads, ...(check.writes ?? [])]
      assert.deepEqual([...actionsOf(report)].sort(), [...all].sort(), told(report.findings))
      assert.ok(
        awsOf(report).every(o => o.outcome === 'answered'),
        JSON.stringify(awsOf(report)),
      )
      assert.deepEqual(report.findings, [], told(report.findings))
      assert.ok(report.targets.every(({ verdict }) => verdict === 'healthy'))
      for (const action of all) assert.match(recorded, check.forms[action] ?? /^never$/, `${action} never came to moto`)
      assert.deepEqual(await state(), before)
      assert.doesNotMatch(JSON.stringify(report), /not-for-reports|auth-token/)
    })
})

test('the comparison can fail: the same forms with a name that exists do change the account', async t => {
  const account = await raise(t, false)
  if (account === undefined) return
  const { moto } = account
  const before = await moto.state()
  const changes: readonly (() => Promise<unknown>)[] = [
    () =>
      moto.json('logs', 'Logs_20140328.PutLogEvents', {
        logGroupName: '/app/orders',
        logStreamName: 'one',
        logEvents: [{ timestamp: Date.now(), message: 'eniprobe' }],
      }),
    () =>
      moto.json(
        'dynamodb',
        'DynamoDB_20120810.PutItem',
        { TableName: 'orders', Item: { customer: { S: 'eniprobe' }, number: { N: '0' } } },
        '1.0',
      ),
    () => moto.rest('s3', { method: 'PUT', path: '/two.csv', host: 'lab-data.s3.ap-northeast-1.amazonaws.com', body: 'x' }),
  ]
  let last = JSON.stringify(before)
  for (const change of changes) {
    await moto.asOwner(change)
    const now = JSON.stringify(await moto.state())
    assert.notEqual(now, last)
    last = now
  }
})

test('the permissions that are named are enough: with them alone no call is denied', async t => {
  const account = await raise(t)
  if (account === undefined) return
  const { vpc, moto, role } = account
  const words = checks.map(check => account.wordOf(check))
  const all = await look(vpc, ...words, '--write-checks')
  const options = { writeChecks: true, account: vpc.plan.aws.account }
  const actions = [...new Set(all.targets.flatMap(target => permissionsOf(target, options).map(({ action }) => action)))]
  // moto judges actions, and the resource only for some services.
  await moto.allow(role, [{ Effect: 'Allow', Action: [...actions, ...actions.flatMap(motoNames)], Resource: '*' }])
  const report = await look(vpc, ...words, '--write-checks')
  assert.deepEqual(report.findings, [], told(report.findings))
  assert.deepEqual([...actionsOf(report)].sort(), [...actionsOf(all)].sort())
  const used = new Set([...actionsOf(report), 'sts:GetServiceBearerToken'])
  assert.deepEqual(
    actions.filter(action => !used.has(action)),
    [],
    'a permission that no call uses',
  )
})

test('without --write-checks nothing is asked that would write', async t => {
  const account = await raise(t)
  if (account === undefined) return
  const report = await look(account.vpc, ...checks.map(check => account.wordOf(check)))
  const reads = checks.flatMap(check => check.reads)
  assert.deepEqual([...actionsOf(report)].sort(), [...reads].sort())
  assert.deepEqual(report.findings, [], told(report.findings))
})

test('one denied action among allowed ones is denied, and the finding names it', async t => {
  const account = await raise(t)
  if (account === undefined) return
  const { vpc, moto, role } = account
  for (const check of checks)
    for (const action of new Set([...check.reads, ...(check.writes ?? [])]))
      await t.test(`${check.word} without ${action}`, async () => {
        await moto.allow(role, [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: [action, ...motoNames(action)], Resource: '*' },
        ])
        const report = await look(vpc, account.wordOf(check), '--write-checks')
        const refused = awsOf(report).filter(o => o.outcome === 'rejected' && o.variant === undefined)
        assert.ok(refused.length > 0, 'nothing was refused')
        for (const o of refused) assert.equal(actionOf(o), action)
        const [finding] = report.findings
        assert.ok(finding, 'no finding')
        // moto's S3 says no more than "Access Denied"; of a secret the lab's refusal does not show that it exists.
        const isBare = /^s(?:3|ecret):/.test(check.word)
        const causes = finding.causes.map(({ cause }) => cause)
        assert.ok((isBare ? causes : causes.slice(0, 1)).includes('identity-policy-denies'), told(report.findings))
        assert.equal(finding.causes[0]?.confidence === 'certain', !isBare, told(report.findings))
        assert.match(JSON.stringify([finding.causes[0]?.evidence, finding.fix.summary]), new RegExp(action, 'i'))
        assertNoWrongCertain(report, ['identity-policy-denies'])
      })
})

test('what is not there is called missing; where the service hides that, nothing is certain', async t => {
  const account = await raise(t)
  if (account === undefined) return
  const { vpc } = account
  const missing = ['logs:/app/none', 'ecr:team/none', 'parameter:/team/none', 'dynamodb:none', 'sns:none', 'lambda:none']
  for (const word of [...missing, 'sagemaker-endpoint:none', 'secret:team/none', 's3://lab-data-none'])
    await t.test(word, async () => {
      const report = await look(vpc, word)
      const [finding] = report.findings
      assert.equal(finding?.causes[0]?.cause, 'resource-missing', told(report.findings))
      assert.equal(finding?.severity, 'error')
      assert.equal(finding?.causes[0]?.confidence, 'certain')
    })
  await t.test('sqs:none', async () => {
    const report = await look(vpc, 'sqs:none')
    assert.equal(report.targets[0]?.verdict, 'unknown')
    assert.ok(report.findings[0]?.causes.some(({ cause }) => cause === 'resource-missing'))
    assert.ok((report.findings[0]?.causes.length ?? 0) > 1, told(report.findings))
    assertNoWrongCertain(report, [])
  })
})

test('an object that is missing, one that is denied, and a bucket that may not be listed are told apart', async t => {
  const account = await raise(t)
  if (account === undefined) return
  const { vpc, moto, role } = account
  const everything = { Effect: 'Allow', Action: '*', Resource: '*' }
  await t.test('missing, and the bucket may be listed: a warning', async () => {
    const report = await look(vpc, 's3://lab-data/none.csv')
    assert.equal(report.findings[0]?.causes[0]?.cause, 'resource-missing')
    assert.equal(report.findings[0]?.severity, 'warning')
  })
  await t.test('there, and denied', async () => {
    await moto.allow(role, [everything, { Effect: 'Deny', Action: 's3:GetObject', Resource: '*' }])
    const report = await look(vpc, 's3://lab-data/one.csv')
    assert.equal(report.targets[0]?.verdict, 'denied')
    assert.equal(report.findings[0]?.severity, 'error')
    assert.ok(!report.findings[0]?.causes.some(({ cause }) => cause === 'object-missing-looks-denied'), told(report.findings))
  })
  await t.test('read, and the bucket may not be listed: what is named works, so the listing is a warning', async () => {
    await moto.allow(role, [everything, { Effect: 'Deny', Action: 's3:ListBucket', Resource: '*' }])
    const report = await look(vpc, 's3://lab-data/one.csv')
    assert.equal(report.findings[0]?.severity, 'warning')
    assert.match(JSON.stringify(report.findings[0]?.causes[0]?.evidence), /allows s3:GetObject/)
  })
})
