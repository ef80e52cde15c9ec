// Named resources against servers of loopback that answer as AWS documents it: what is asked, where tokens go, and what is noted.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Asked, account, causes, error, outline, region, runWith, s3Error, verdicts } from './resource-runs.ts'

const listing = (key?: string) => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<ListBucketResult>${key === undefined ? '' : `<Contents><Key>${key}</Key></Contents>`}</ListBucketResult>`,
})

test('a bucket: one key listed, one byte of it read, a part for an upload that is not there, nobody’s charges accepted', async t => {
  const run = await runWith(
    t,
    ['s3://my-bucket/a b/'],
    ({ method, path }) => {
      if (path.includes('list-type')) return listing('a b/&lt;1&gt;.csv')
      if (method === 'PUT') return s3Error(404, 'NoSuchUpload')
      return {
        status: 206,
        body: 'x',
        headers: { 'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-west-1:1:key/k' },
      }
    },
    { writeChecks: true },
  )
  assert.deepEqual(outline(run.aws), ['s3:ListBucket answered', 's3:GetObject answered', 's3:PutObject answered'])
  assert.deepEqual(
    run.asked.map(({ method, path }) => `${method} ${path}`),
    [
      'GET /?list-type=2&max-keys=1&prefix=a%20b%2F',
      'GET /a%20b/%3C1%3E.csv',
      'PUT /a%20b/eniprobe-does-not-exist?partNumber=1&uploadId=eniprobe-does-not-exist',
    ],
  )
  assert.equal(run.asked[1]?.headers.range, 'bytes=0-0')
  assert.ok(run.asked.every(({ headers }) => headers['x-amz-request-payer'] === undefined))
  assert.equal(run.aws[1]?.outcome === 'answered' && run.aws[1].seen.kmsKey, 'arn:aws:kms:eu-west-1:1:key/k')
})

test('a bucket of another region ends the asking, and its region is named', async t => {
  const run = await runWith(t, ['s3://my-bucket'], () =>
    s3Error(301, 'PermanentRedirect', 'elsewhere', { 'x-amz-bucket-region': 'us-west-2' }),
  )
  assert.deepEqual(outline(run.aws), ['s3:ListBucket PermanentRedirect'])
  assert.deepEqual(causes(run), ['region-mismatch certain'])
  assert.match(JSON.stringify(run.report.findings[0]?.causes[0]?.evidence), /us-west-2/)
})

test('a listing refused without a reason is asked once more unsigned and by HEAD', async t => {
  const run = await runWith(t, ['s3://my-bucket'], () => s3Error(403, 'AccessDenied', 'Access Denied'))
  assert.deepEqual(outline(run.aws), [
    's3:ListBucket AccessDenied',
    's3:ListBucket (unsigned) AccessDenied',
    's3:HeadBucket (second-action) 403',
  ])
  assert.deepEqual(verdicts(run), ['denied'])
  assert.ok(!causes(run).some(cause => cause.endsWith('certain')))
})

test('403 on a key of a bucket that may not be listed: missing or denied, and never certain', async t => {
  const run = await runWith(t, ['s3://my-bucket/one.csv'], ({ path }) =>
    path.includes('list-type')
      ? s3Error(
          403,
          'AccessDenied',
          'User: arn:aws:sts::111122223333:assumed-role/w/s is not authorized to perform: s3:ListBucket on resource: &quot;arn:aws:s3:::my-bucket&quot; because no identity-based policy allows the s3:ListBucket action',
        )
      : s3Error(403, 'AccessDenied', 'Access Denied'),
  )
  assert.ok(
    causes(run).some(cause => cause.startsWith('object-missing-looks-denied')),
    causes(run).join(),
  )
  assert.ok(!causes(run).some(cause => cause.endsWith('certain')), causes(run).join())
})

test('403 on a key that the listing shows is a denial of the key', async t => {
  const run = await runWith(t, ['s3://my-bucket/one.csv'], ({ path }) =>
    path.includes('list-type') ? listing('one.csv') : s3Error(403, 'AccessDenied', 'Access Denied'),
  )
  assert.deepEqual(verdicts(run), ['denied'])
  assert.ok(!causes(run).some(cause => cause.startsWith('object-missing-looks-denied')))
})

test('an access point is asked at its own host', async t => {
  const word = `s3://arn:aws:s3:us-west-2:${account}:accesspoint/my-point/logs/`
  const run = await runWith(t, [word], ({ path }) => (path.includes('list-type') ? listing() : s3Error(404, 'NoSuchKey')))
  assert.deepEqual(verdicts(run), ['healthy'])
  assert.ok(run.asked.every(({ host }) => host === `my-point-${account}.s3-accesspoint.us-west-2.amazonaws.com`))
  assert.match(run.asked[0]?.headers.authorization ?? '', /us-west-2\/s3\/aws4_request/)
})

test('a key in another use takes no dry run, and one that is disabled is not healthy', async t => {
  const described = (metadata: object) => ({ status: 200, body: JSON.stringify({ KeyMetadata: metadata }) })
  const dryRun = { status: 400, body: '{"__type":"DryRunOperationException"}' }
  const answer = (metadata: object) => (asked: Asked) =>
    String(asked.headers['x-amz-target']).endsWith('DescribeKey') ? described(metadata) : dryRun
  const signing = await runWith(t, ['kms:alias/sign'], answer({ KeySpec: 'RSA_2048', KeyState: 'Enabled' }), {
    writeChecks: true,
  })
  assert.deepEqual(outline(signing.aws), ['kms:DescribeKey answered'])
  const disabled = await runWith(t, ['kms:alias/off'], answer({ KeySpec: 'SYMMETRIC_DEFAULT', KeyState: 'PendingDeletion' }))
  assert.deepEqual(causes(disabled), ['kms-denies certain'])
  assert.match(JSON.stringify(disabled.report.findings[0]?.causes), /PendingDeletion/)
  assert.match(disabled.report.findings[0]?.fix.snippets.cli ?? '', /aws kms enable-key .*--key-id '<key-id>'/)
  assert.ok(!/Allow /.test(disabled.report.findings[0]?.fix.summary ?? ''), 'no policy is to blame')
  const used = await runWith(t, ['kms:alias/app'], answer({ KeySpec: 'SYMMETRIC_DEFAULT', KeyState: 'Enabled' }), {
    writeChecks: true,
  })
  assert.deepEqual(verdicts(used), ['healthy'])
  assert.ok(used.asked.slice(1).every(({ body }) => JSON.parse(body).DryRun === true))
})

test('a model: looked up, and its tokens counted; one that counts none is not thereby denied', async t => {
  const run = await runWith(t, ['bedrock:amazon.nova-lite-v1:0'], ({ method }) =>
    method === 'GET'
      ? { status: 200, body: '{}' }
      : error(400, 'ValidationException', "The provided model doesn't support counting tokens."),
  )
  assert.deepEqual(verdicts(run), ['healthy', 'healthy'])
  assert.deepEqual(run.report.findings, [])
  const count = run.asked.find(({ method }) => method === 'POST')
  assert.equal(count?.path, '/model/amazon.nova-lite-v1%3A0/count-tokens')
})

test('an inference profile is looked up as one; its tokens are counted for its model, and "invalid" there proves nothing', async t => {
  const run = await runWith(t, ['bedrock:eu.amazon.nova-lite-v1:0'], ({ method }) =>
    method === 'GET'
      ? { status: 200, body: '{}' }
      : error(400, 'ValidationException', 'The provided model identifier is invalid.'),
  )
  assert.deepEqual(
    run.asked.map(({ path }) => path),
    ['/inference-profiles/eu.amazon.nova-lite-v1%3A0', '/model/amazon.nova-lite-v1%3A0/count-tokens'],
  )
  assert.deepEqual(verdicts(run), ['healthy', 'healthy'])
  assert.deepEqual(run.report.findings, [])
})

test('a topic by its bare name needs the account; without one nothing is asked and nothing is called healthy', async t => {
  const ok = { status: 200, body: '<GetTopicAttributesResponse/>' }
  const known = await runWith(t, ['sns:news'], () => ok, { account })
  assert.match(known.asked[0]?.body ?? '', new RegExp(`TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A${account}%3Anews`))
  assert.deepEqual(verdicts(known), ['healthy'])
  const unknown = await runWith(t, ['sns:news'], () => ok)
  assert.deepEqual(unknown.asked, [])
  assert.deepEqual(verdicts(unknown), ['unknown'])
})

test('a table that may not be described is neither read nor written to: nobody knows its key', async t => {
  const run = await runWith(
    t,
    ['dynamodb:orders'],
    () => ({
      status: 400,
      body: '{"__type":"AccessDeniedException","message":"User: u is not authorized to perform: dynamodb:DescribeTable on resource: r because no identity-based policy allows the dynamodb:DescribeTable action"}',
    }),
    { writeChecks: true },
  )
  assert.deepEqual(outline(run.aws), ['dynamodb:DescribeTable AccessDeniedException'])
  assert.equal(run.report.findings[0]?.severity, 'error')
  assert.match(run.report.findings[0]?.fix.steps.join(' ') ?? '', /This call only looks at the resource/)
})

test('what only looks is denied, what workloads do is allowed: a warning', async t => {
  const run = await runWith(
    t,
    ['lambda:worker'],
    ({ method }) =>
      method === 'POST'
        ? { status: 204 }
        : error(
            403,
            'AccessDeniedException',
            'User: u is not authorized to perform: lambda:GetFunctionConcurrency on resource: r because no identity-based policy allows the lambda:GetFunctionConcurrency action',
          ),
    { writeChecks: true },
  )
  assert.deepEqual(verdicts(run), ['denied'])
  assert.equal(run.report.findings[0]?.severity, 'warning')
  assert.match(JSON.stringify(run.report.findings[0]?.causes[0]?.evidence), /allows lambda:InvokeFunction/)
})

test('a key that KMS denies is KMS’s denial, whether or not the bucket may be listed', async t => {
  const run = await runWith(t, ['s3://my-bucket/one.csv'], ({ path }) =>
    path.includes('list-type')
      ? s3Error(403, 'AccessDenied', 'Access Denied')
      : s3Error(
          403,
          'AccessDenied',
          'User: arn:aws:sts::111122223333:assumed-role/w/s is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/k because no identity-based policy allows the kms:Decrypt action',
        ),
  )
  assert.ok(causes(run)[0]?.startsWith('kms-denies') || causes(run)[0]?.startsWith('identity-policy-denies'), causes(run).join())
  assert.ok(!causes(run).some(cause => cause.startsWith('object-missing-looks-denied')), causes(run).join())
})

test('names and tokens that no service gives are no crash', async t => {
  const listed = await runWith(t, ['s3://my-bucket'], ({ path }) =>
    path.includes('list-type') ? listing('&#xD800;&#1;../\u{1F600}&#x110000;') : { status: 206, body: 'x' },
  )
  assert.deepEqual(verdicts(listed), ['healthy'])
  const odd = await runWith(t, ['codeartifact:my-domain/mine'], ({ path }) =>
    path.startsWith('/v1/authorization')
      ? { status: 200, body: JSON.stringify({ authorizationToken: 'あ\r\nx: y' }) }
      : { status: 200, body: '{}' },
  )
  assert.deepEqual(verdicts(odd), ['healthy', 'unknown'])
})

test('a service that answers garbage where a token should be is no crash', async t => {
  for (const body of [
    '',
    '[]',
    '{"authorizationData":[null]}',
    '{"authorizationData":[{"authorizationToken":5}]}',
    '\u0000<html>',
  ]) {
    const run = await runWith(t, ['ecr:team/app'], () => ({ status: 200, body }))
    assert.equal(verdicts(run)[1], 'unknown')
  }
})

test('whoever hides whether a secret exists is not believed to deny it', async t => {
  const refuse = (resource: string) => () => ({
    status: 400,
    body: JSON.stringify({
      __type: 'AccessDeniedException',
      message: `User: arn:aws:sts::${account}:assumed-role/w/s is not authorized to perform: secretsmanager:DescribeSecret on resource: ${resource} because no identity-based policy allows the secretsmanager:DescribeSecret action`,
    }),
  })
  const hidden = await runWith(t, ['secret:team/db'], refuse('team/db'))
  assert.deepEqual(verdicts(hidden), ['unknown'])
  assert.ok(!causes(hidden).some(cause => cause.endsWith('certain')))
  const proven = await runWith(t, ['secret:team/db'], refuse(`arn:aws:secretsmanager:${region}:${account}:secret:team/db-AbC123`))
  assert.deepEqual(verdicts(proven), ['denied'])
  assert.equal(causes(proven)[0], 'identity-policy-denies certain')
})
