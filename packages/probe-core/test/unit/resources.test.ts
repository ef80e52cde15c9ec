// The calls on named resources as data: what is never among them, which permissions they need, and what no word may be.
import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import { permissionsOf, stepsOf } from '../../src/catalog/index.ts'
import { isSecretProven } from '../../src/catalog/resources/secret.ts'
import { phrases } from '../../src/diagnose/phrases/index.ts'
import { resourcesPhrases } from '../../src/diagnose/phrases/resources-en.ts'
import { resourcesPhrasesJa } from '../../src/diagnose/phrases/resources-ja.ts'
import { ProbeUsageError } from '../../src/model/usage-error.ts'
import { planTargets } from '../../src/plan/targets.ts'

const region = 'eu-west-1'
const account = '111122223333'
const plan = (word: string, where: string | null = region) => planTargets([word], { region: where, workloads: [] })

const words = [
  's3://my-bucket',
  's3://my-bucket/a/b.csv',
  's3://my-zonal--euw1-az1--x-s3',
  `s3://arn:aws:s3:${region}:${account}:accesspoint/my-point/a/`,
  'logs:/aws/lambda/fn',
  'codeartifact:dom/repo',
  'ecr:team/app',
  'kms:alias/app',
  'secret:team/db',
  'parameter:/team/limit',
  'dynamodb:orders',
  'sqs:jobs.fifo',
  'sns:news',
  'lambda:fn:live',
  'sagemaker-endpoint:ranker',
  'bedrock:eu.amazon.nova-lite-v1:0',
]

/** Everything that earlier calls could tell, so that every request is made. */
const known = {
  listed: 'yes',
  first: 'a/one.csv',
  key: '[["pk","S"],["sk","B"]]',
  url: 'https://sqs.eu-west-1.amazonaws.com/1/jobs.fifo',
  token: 'dG9rZW4=',
  endpointHost: 'dom-1.d.codeartifact.eu-west-1.amazonaws.com',
  endpointPath: '/pypi/repo/',
  registryHost: '1.dkr.ecr.eu-west-1.amazonaws.com',
  account,
}

const stepsOfAll = words.flatMap(word =>
  plan(word).flatMap(target => (stepsOf(target, { writeChecks: true, account }) ?? []).map(step => ({ word, step }))),
)

describe('a call on a named resource', () => {
  const never =
    /GetSecretValue|PutParameter|InitiateLayerUpload|:Subscribe|:Publish|SendMessage|ReceiveMessage|Delete|:Create(?!Session)|StopLogging|SendEmail|InvokeModel|InvokeEndpoint|GetPasswordData/
  for (const { word, step } of stepsOfAll)
    it(`${word} ${step.action} changes nothing by its form`, () => {
      const request = step.request(known)
      assert.ok(request, 'no request was made')
      assert.doesNotMatch(step.action, never)
      assert.doesNotMatch(JSON.stringify(request.headers), /if-none-match|request-payer/i)
      if (step.kind === 'read') return
      const text = `${request.path}?${request.query} ${JSON.stringify(request.headers)} ${request.body}`
      const cannotWork =
        /"DryRun":true|x-amz-invocation-type":"DryRun"|uploadId=eniprobe-does-not-exist|"uploadId":"0{8}-|"logStreamName":"eniprobe-does-not-exist"|attribute_exists\(#k\) AND attribute_not_exists\(#k\)/
      assert.match(text, cannotWork)
    })

  it('by default is a read', () => {
    for (const word of words)
      for (const target of plan(word)) for (const step of stepsOf(target) ?? []) assert.equal(step.kind, 'read', step.action)
  })

  it('on DynamoDB has a key of the right types', () => {
    const item = stepsOfAll.find(({ step }) => step.action === 'dynamodb:PutItem')?.step.request(known)
    assert.deepEqual(JSON.parse(item?.body ?? '{}').Item, {
      pk: { S: 'eniprobe-does-not-exist' },
      sk: { B: btoa('eniprobe-does-not-exist') },
    })
  })
})

describe('the permissions of a run', () => {
  const of = (word: string, options: Parameters<typeof permissionsOf>[1] = { account }) =>
    plan(word).flatMap(target => permissionsOf(target, options).map(({ action, resource }) => `${action} ${resource}`))

  it('are the actions on the resource, as narrow as the name allows', () => {
    assert.deepEqual(of('s3://my-bucket/a/', { writeChecks: true, account }), [
      's3:ListBucket arn:aws:s3:::my-bucket',
      's3:GetObject arn:aws:s3:::my-bucket/a/*',
      's3:PutObject arn:aws:s3:::my-bucket/a/*',
    ])
    assert.deepEqual(of('logs:/app', { writeChecks: true, account }), [
      `logs:DescribeLogStreams arn:aws:logs:${region}:${account}:log-group:/app:*`,
      `logs:PutLogEvents arn:aws:logs:${region}:${account}:log-group:/app:log-stream:eniprobe-does-not-exist`,
    ])
    assert.deepEqual(of('codeartifact:dom/repo'), [
      `codeartifact:GetAuthorizationToken arn:aws:codeartifact:${region}:${account}:domain/dom`,
      'sts:GetServiceBearerToken *',
      `codeartifact:GetRepositoryEndpoint arn:aws:codeartifact:${region}:${account}:repository/dom/repo`,
      `codeartifact:ReadFromRepository arn:aws:codeartifact:${region}:${account}:repository/dom/repo`,
    ])
    assert.deepEqual(of('secret:team/db'), [
      `secretsmanager:DescribeSecret arn:aws:secretsmanager:${region}:${account}:secret:team/db-??????`,
    ])
    assert.deepEqual(of('parameter:/team/limit'), [`ssm:GetParameter arn:aws:ssm:${region}:${account}:parameter/team/limit`])
    assert.deepEqual(of('lambda:fn:live', { writeChecks: true, account }), [
      `lambda:GetFunctionConcurrency arn:aws:lambda:${region}:${account}:function:fn`,
      `lambda:InvokeFunction arn:aws:lambda:${region}:${account}:function:fn:live`,
    ])
  })

  it('leave an account that nobody knows open, and read the one that an ARN names', () => {
    assert.deepEqual(of('sqs:jobs', {}), [
      `sqs:GetQueueUrl arn:aws:sqs:${region}:*:jobs`,
      `sqs:GetQueueAttributes arn:aws:sqs:${region}:*:jobs`,
    ])
    const key = `arn:aws-cn:kms:cn-north-1:444455556666:key/0a`
    assert.deepEqual(of(`kms:${key}`), [`kms:DescribeKey ${key}`])
  })

  it('of a bare service are those of its generic call; of STS and of a host that is only reached none', () => {
    assert.deepEqual(of('logs'), ['logs:DescribeLogGroups *'])
    assert.deepEqual(of('sts'), [])
    assert.deepEqual(of('tcp://10.0.0.1:5432'), [])
    assert.deepEqual(of('https://example.com'), [])
    assert.deepEqual(of('https://logs.eu-west-1.amazonaws.com/'), ['logs:DescribeLogGroups *'])
    assert.deepEqual(of('https://my-bucket.s3.eu-west-1.amazonaws.com/a'), ['s3:ListBucket arn:aws:s3:::my-bucket'])
    const [, , layers] = plan('ecr:team/app')
    assert.equal(layers?.service, 's3')
    assert.deepEqual(layers && permissionsOf(layers, { account }), [])
  })
})

test('a bad name is one clear line', () => {
  const bad = [
    ...[
      'logs:',
      'logs:a b',
      'codeartifact:dom',
      'codeartifact:DOM/repo',
      'ecr:UPPER',
      'ecr:a',
      'ecr:a//',
      'kms:app',
      'kms:arn:aws:s3:::b',
    ],
    ...['secret:a b', 'secret:', 'parameter:a//b', 'parameter:/', 'dynamodb:ab', 'sqs:a.b', 'sqs:a/b', `sqs:${'a'.repeat(81)}`],
    ...[
      'sns:arn:aws:sqs:eu-west-1:111122223333:q',
      'lambda:a b',
      'lambda:fn:',
      'sagemaker-endpoint:-a',
      'sagemaker-endpoint:a_b',
    ],
    ...[
      'bedrock:',
      'bedrock:claude',
      'bedrock:../x',
      's3://a_b/\u0000',
      's3://',
      `s3://arn:aws:s3::${account}:accesspoint/x.mrap`,
    ],
    ...[
      `s3://arn:aws:s3-outposts:${region}:${account}:outpost/op-1/accesspoint/x`,
      's3://arn:aws:s3:::bucket',
      'sagemaker-endpont:x',
    ],
  ]
  for (const word of bad)
    assert.throws(
      () => plan(word),
      error => error instanceof ProbeUsageError && error.hint !== '' && !/[\n\u0000]/.test(`${error.message}${error.hint}`),
      word,
    )
})

test('buckets of every kind stand behind the host that SDKs use', () => {
  const host = (word: string) => plan(word).map(t => `${t.host}${t.path ?? ''} ${t.region} ${t.resource}`)[0]
  assert.equal(host('s3://my-bucket/a/'), 'my-bucket.s3.eu-west-1.amazonaws.com eu-west-1 my-bucket/a/')
  assert.equal(host('s3://my.bucket'), 's3.eu-west-1.amazonaws.com/my.bucket eu-west-1 my.bucket')
  const alias = `my-point-${'a'.repeat(34)}-s3alias`
  assert.equal(host(`s3://${alias}`), `${alias}.s3.eu-west-1.amazonaws.com eu-west-1 ${alias}`)
  assert.equal(
    host('s3://zonal--euw1-az1--x-s3'),
    'zonal--euw1-az1--x-s3.s3express-euw1-az1.eu-west-1.amazonaws.com eu-west-1 zonal--euw1-az1--x-s3',
  )
  const point = `arn:aws:s3:us-west-2:${account}:accesspoint/my-point`
  assert.equal(host(`s3://${point}/a`), `my-point-${account}.s3-accesspoint.us-west-2.amazonaws.com us-west-2 ${point}/a`)
})

test('a repository’s host holds the account where it is known, and stands in by a name of the same way where not', () => {
  const of = (accountId: string | null) => planTargets(['codeartifact:dom/repo'], { region, workloads: [], accountId })[1]?.host
  assert.equal(of(account), `dom-${account}.d.codeartifact.eu-west-1.amazonaws.com`)
  assert.equal(of(null), 'd.codeartifact.eu-west-1.amazonaws.com')
  assert.equal(plan('codeartifact:dom/repo', null)[1]?.host, '')
})

test('a refusal that shows the six characters of a secret’s ARN proves the secret; the name alone proves nothing', () => {
  const arn = `arn:aws:secretsmanager:${region}:${account}:secret:team/db-AbC123`
  assert.ok(isSecretProven('team/db', arn))
  assert.ok(!isSecretProven('team/db', 'team/db'))
  assert.ok(!isSecretProven('team/db-AbC123', arn), 'six letters of the name are no proof')
  assert.ok(!isSecretProven(arn, arn), 'whoever wrote the ARN is only quoted')
  assert.ok(!isSecretProven('team/db', undefined))
})

test('every sentence about resources is in both languages, with the same parts', () => {
  const parts = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
  for (const key of Object.keys(resourcesPhrases) as (keyof typeof resourcesPhrases)[]) {
    assert.ok(Object.hasOwn(phrases, key))
    assert.deepEqual(parts(resourcesPhrasesJa[key]), parts(resourcesPhrases[key]), key)
  }
})

test('a token of CodeArtifact goes to a name of the service alone, whatever address an answer gives', () => {
  const learn = stepsOfAll.find(({ step }) => step.action === 'codeartifact:GetRepositoryEndpoint')?.step.learn
  assert.ok(learn)
  const of = (repositoryEndpoint: unknown) => learn({ headers: {}, body: JSON.stringify({ repositoryEndpoint }) })?.endpointHost
  const own = 'dom-1.d.codeartifact.eu-west-1.amazonaws.com'
  assert.equal(of(`https://${own}/pypi/repo/`), own)
  for (const hostile of [
    `http://${own}/pypi/repo/`,
    `https://${own}:8443/`,
    `https://${own}.elsewhere.example/`,
    `https://elsewhere.example/${own}/`,
    `https://${own}@elsewhere.example/`,
    'https://169.254.169.254/latest/meta-data/',
    'https://d.codeartifact.eu-west-1.amazonaws.com.example/',
    'file:///etc/passwd',
    'https://',
    '\u001b[31m',
    7,
    { toString: 'x' },
  ])
    assert.equal(of(hostile), undefined, String(JSON.stringify(hostile)))
})
