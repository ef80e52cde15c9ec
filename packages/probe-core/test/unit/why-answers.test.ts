// What a run says to the errors that were brought: works now only where what the error is about was seen to work.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ObservedTarget } from '../../src/model/target.ts'
import type { WhyVerdict } from '../../src/model/why.ts'
import { readErrors } from '../../src/why/read-errors.ts'
import { address, report } from './state-reports.ts'

const made: Observation = { layer: 'tcp', outcome: 'answered', address, seen: {} }
const silent: Observation = { layer: 'tcp', outcome: 'silent', waitedMs: 3000, tries: 9, address }
const looked: Observation = {
  layer: 'dns',
  outcome: 'answered',
  seen: { resolver: '10.20.0.2', addresses: [address] },
}
const shaken: Observation = { layer: 'tls', outcome: 'answered', address, seen: {} }
const called: Observation = { layer: 'http', outcome: 'answered', address, seen: { status: 401 } }
const signed: Observation = { layer: 'aws', outcome: 'answered', address, seen: { action: 'x:Y', signed: true } }
const refused = (code: string): Observation => ({
  layer: 'aws',
  outcome: 'rejected',
  address,
  code,
  message: code,
  seen: { action: 's3:ListBucket', signed: true, resource: 'my-bucket' },
})

const db = 'db.abc.ap-northeast-1.rds.amazonaws.com'
const atDatabase = { id: `tcp://${db}:5432`, host: db } as const
const nameAlone = { id: `dns://${db}`, host: db, port: 53, only: 'name' } as const
const atSts = { id: 'sts', kind: 'service', service: 'sts', host: 'sts.ap-northeast-1.amazonaws.com', port: 443 } as const
const registry = '111122223333.dkr.ecr.ap-northeast-1.amazonaws.com'
const atRegistry = { id: `aws://${registry}`, kind: 'service', service: 'ecr.dkr', host: registry, port: 443 } as const
const atBucket = {
  id: 's3://my-bucket',
  kind: 'service',
  service: 's3',
  host: 'my-bucket.s3.ap-northeast-1.amazonaws.com',
  port: 443,
  resource: 'my-bucket',
} as const
const psql = (said: string) => `psql: error: connection to server at "${db}" (10.0.3.7), port 5432 failed: ${said}`
const getObject = (code: string, status: number) =>
  `getFileStatus on s3a://my-bucket/k: com.amazonaws.services.s3.model.AmazonS3Exception: no (Service: Amazon S3; Status Code: ${status}; Error Code: ${code}; Request ID: 0A)`

const key = 'arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const atKey = {
  id: `kms:${key}`,
  kind: 'resource',
  service: 'kms',
  host: 'kms.ap-northeast-1.amazonaws.com',
  port: 443,
  resource: key,
} as const
const disabled = `An error occurred (DisabledException) when calling the Decrypt operation: ${key} is disabled.`

const rows: readonly [
  string,
  string,
  Partial<ObservedTarget> & Pick<ObservedTarget, 'id'>,
  readonly Observation[],
  WhyVerdict,
][] = [
  [
    'a database that refused a login',
    psql('FATAL:  no pg_hba.conf entry for host "10.0.1.5"'),
    atDatabase,
    [looked, made],
    'path-healthy',
  ],
  [
    'one that is silent now',
    psql('FATAL:  PAM authentication failed for user "app"'),
    atDatabase,
    [looked, silent],
    'fails-otherwise',
  ],
  ['a connection that was refused and is made now', psql('Connection refused'), atDatabase, [looked, made], 'healthy-now'],
  ['a handshake that nobody repeated', psql('SSL error: certificate verify failed'), atDatabase, [looked, made], 'path-healthy'],
  [
    'a name that is found now',
    `java.net.UnknownHostException: ${db}`,
    nameAlone,
    [looked, { layer: 'tcp', outcome: 'skipped', because: 'not-asked' }],
    'healthy-now',
  ],
  [
    'an OIDC token that STS did not take',
    'An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: No OpenIDConnect provider found in your account for https://oidc.eks.ap-northeast-1.amazonaws.com/id/0A',
    atSts,
    [looked, made, shaken, called, signed],
    'path-healthy',
  ],
  [
    'a registry that nobody had logged in to',
    `Error response from daemon: Get "https://${registry}/v2/app/manifests/latest": no basic auth credentials`,
    atRegistry,
    [looked, made, shaken, called],
    'path-healthy',
  ],
  [
    'an image that is not there',
    `CannotPullContainerError: inspect image has been retried 1 time(s): failed to resolve ref "${registry}/app:v9": ${registry}/app:v9: not found`,
    atRegistry,
    [looked, made, shaken, called],
    'path-healthy',
  ],
  [
    'a denial, and now a bucket that is not there',
    getObject('AccessDenied', 403),
    atBucket,
    [looked, made, shaken, called, refused('NoSuchBucket')],
    'fails-otherwise',
  ],
  [
    'a denial that is one now too',
    getObject('AccessDenied', 403),
    atBucket,
    [looked, made, shaken, called, refused('AccessDenied')],
    'explained',
  ],
  [
    'a disabled key that is not there now',
    disabled,
    atKey,
    [looked, made, shaken, called, refused('NotFoundException')],
    'fails-otherwise',
  ],
  ['a disabled key that still is', disabled, atKey, [looked, made, shaken, called, refused('DisabledException')], 'explained'],
  [
    'a missing bucket that is missing now too',
    getObject('NoSuchBucket', 404),
    atBucket,
    [looked, made, shaken, called, refused('NoSuchBucket')],
    'explained',
  ],
]

for (const [name, text, target, observations, answer] of rows)
  test(`${name}: ${answer}`, () => {
    const { why } = diagnose({ ...report({ ...target, observations }), why: readErrors(text) })
    assert.deepEqual(
      why?.answers.map(each => [each.answer, each.targets]),
      [[answer, [target.id]]],
      JSON.stringify(why?.errors),
    )
  })

test('a refusal to log in, a name without its port and a zone for a region lead nowhere, and are told', () => {
  for (const text of [
    'error: no pg_hba.conf entry for host "10.0.1.5", user "app", database "prod", no encryption',
    `connection to ${db} timed out`,
    'Could not connect to the endpoint URL: "https://sts.ap-northeast-1a.amazonaws.com/"',
  ]) {
    const { why } = diagnose({ ...report({ ...atDatabase, observations: [looked, made] }), why: readErrors(text) })
    assert.deepEqual(
      why?.answers.map(each => each.answer),
      ['nothing-to-probe'],
      text,
    )
  }
})

test('a code in XML decides only where it is AWS’s: other stores speak the same language', () => {
  const decided = (line: string) => readErrors(line).errors.map(error => error.decided)
  const aws =
    '<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message><RequestId>0A</RequestId></Error>'
  assert.deepEqual(decided(aws), ['credentials-expired'])
  for (const line of [
    '<Error><Code>RequestTimeTooSkewed</Code><Message>x</Message><HostId>b.oss-cn-hangzhou.aliyuncs.com</HostId></Error>',
    'http://minio.internal:9000/b <Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message><RequestId>0</RequestId></Error>',
    'https://storage.googleapis.com/b <Error><Code>ExpiredToken</Code><Message>x</Message></Error>',
  ])
    assert.ok(
      decided(line).every(cause => cause === undefined),
      line,
    )
})
