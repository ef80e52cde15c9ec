import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type DenialInput, readDenial } from '../../src/catalog/denial.ts'
import { readEnvelope } from '../../src/probe/envelope.ts'
import { recorded } from './denial-vectors.ts'

describe('every recorded refusal is read for what it was', () => {
  for (const each of recorded) {
    it(each.name, () => {
      const error = readEnvelope({ status: each.status, headers: each.headers, body: Buffer.from(each.body) }, each.protocol)
      assert.ok(error, 'the answer has an error in it')
      const region = error.region === undefined ? {} : { region: error.region }
      const { code, message, encodedMessage } = error
      const denial = readDenial({ code, message, status: each.status, service: each.service, ...region })
      const got: Record<string, unknown> = { ...denial, encodedMessage }
      for (const [part, want] of Object.entries(each.truth)) assert.deepEqual(got[part] ?? null, want, part)
    })
  }
})

const user = 'User: arn:aws:iam::111122223333:user/example is not authorized to perform:'

const sentences: readonly [string, DenialInput, Record<string, unknown>][] = [
  [
    'the name of an object that reads like a reason is none',
    {
      code: 'AccessDenied',
      message: `${user} s3:GetObject on resource: "arn:aws:s3:::b/with an explicit deny in a service control policy/k" because no identity-based policy allows the s3:GetObject action`,
    },
    { policyType: 'identity', explicit: false, resource: 'arn:aws:s3:::b/with an explicit deny in a service control policy/k' },
  ],
  [
    'the name of an object is no reason where none is given',
    {
      code: 'AccessDenied',
      message: `${user} s3:GetObject on resource: "arn:aws:s3:::b/x with an explicit deny in a service control policy/k"`,
    },
    { policyType: undefined, explicit: undefined, kind: 'access-denied' },
  ],
  [
    'of two refusals on one line the first is read with its own reason',
    {
      code: 'AccessDeniedException',
      message: `${user} secretsmanager:GetSecretValue on resource: prod/db because no identity-based policy allows the secretsmanager:GetSecretValue action; ${user} sts:AssumeRole on resource: arn:aws:iam::111122223333:role/x with an explicit deny in a service control policy`,
    },
    { policyType: 'identity', explicit: false, action: 'secretsmanager:GetSecretValue', resource: 'prod/db' },
  ],
  [
    'a name that holds "kms" makes no denial one of the key',
    {
      code: 'AccessDenied',
      message:
        'User: arn:aws:sts::111122223333:assumed-role/kms-rotator/i-0 is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/kms/k" with an explicit deny in a resource-based policy',
    },
    { policyType: 'resource', explicit: true, kmsInvolved: false },
  ],
  [
    'an escaped, quoted resource keeps its blanks',
    {
      code: 'AccessDenied',
      message: `${user} s3:GetObject on resource: &quot;arn:aws:s3:::b/a key.txt&quot; because no identity-based policy allows the s3:GetObject action`,
    },
    { policyType: 'identity', explicit: false, resource: 'arn:aws:s3:::b/a key.txt' },
  ],
  [
    'case makes no difference',
    {
      code: 'accessdenied',
      message: `${user} S3:GETOBJECT ON RESOURCE: "b" WITH AN EXPLICIT DENY IN A VPC ENDPOINT POLICY`.toUpperCase(),
    },
    { kind: 'access-denied', policyType: 'endpoint', explicit: true },
  ],
  [
    'a policy that is the resource is not the policy that denies',
    {
      code: 'AccessDenied',
      message: `${user} iam:AttachUserPolicy on resource: arn:aws:iam::111122223333:policy/p with an explicit deny in an identity-based policy`,
    },
    { policyType: 'identity', resource: 'arn:aws:iam::111122223333:policy/p', policyArn: undefined },
  ],
  [
    'a full stop does not belong to the policy ARN',
    {
      code: 'UnauthorizedOperation',
      message: `${user} ec2:RunInstances on resource: arn:aws:ec2:us-east-1:1:instance/* with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-a/service_control_policy/p-b. Encoded authorization failure message: AAAA`,
    },
    { policyType: 'scp', policyArn: 'arn:aws:organizations::1:policy/o-a/service_control_policy/p-b' },
  ],
  [
    'a resource ends where the SDK adds its own words',
    {
      code: 'AccessDeniedException',
      message: `${user} glue:GetDatabase on resource: arn:aws:glue:us-east-1:1:catalog (Service: AWSGlue; Status Code: 400)`,
    },
    { action: 'glue:GetDatabase', resource: 'arn:aws:glue:us-east-1:1:catalog', caveat: 'bare' },
  ],
  [
    'a caller without a name is told without one',
    {
      code: 'AccessDenied',
      message:
        'User is not authorized to perform: sts:AssumeRole on resource: role/x because no role trust policy allows the sts:AssumeRole action',
    },
    { policyType: 'role-trust', principal: undefined },
  ],
  [
    'an anonymous caller was not signed, whatever policy is named',
    {
      code: 'AccessDeniedException',
      message:
        'User: anonymous is not authorized to perform: es:ESHttpGet because no resource-based policy allows the es:ESHttpGet action',
    },
    { policyType: 'resource', caveat: 'unsigned' },
  ],
  [
    'across accounts a missing resource policy may be a missing identity policy',
    {
      code: 'AuthorizationError',
      message: `${user} SNS:Publish on resource: arn:aws:sns:us-east-1:444455556666:t because no resource-based policy allows the SNS:Publish action`,
    },
    { policyType: 'resource', caveat: 'cross-account' },
  ],
  [
    'ECR across accounts hides that a repository does not exist',
    {
      code: 'DENIED',
      message: `${user} ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:444455556666:repository/r because no resource-based policy allows the ecr:BatchGetImage action`,
    },
    { caveat: 'missing-repository-looks-denied' },
  ],
  [
    'a key that delegates to its account is cured in the identity policy',
    {
      code: 'AccessDeniedException',
      message: `${user} kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/k because no resource-based policy allows the kms:Decrypt action`,
    },
    { kmsInvolved: true, caveat: 'kms-delegates-to-identity' },
  ],
  [
    'KMS gives one sentence for three causes',
    {
      code: 'AccessDeniedException',
      message: `${user} kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    },
    { policyType: 'resource', explicit: undefined, caveat: 'three-in-one', kmsInvolved: true },
  ],
  [
    'a Lambda authorizer is no IAM policy',
    {
      code: 'AccessDeniedException',
      message: 'User is not authorized to access this resource with an explicit deny in an identity-based policy',
    },
    { kind: 'access-denied', policyType: undefined, caveat: 'lambda-authorizer' },
  ],
  [
    'an access point of another VPC looks like an explicit deny',
    {
      code: 'AccessDenied',
      message: `${user} s3:GetObject on resource: "arn:aws:s3:us-east-1:111122223333:accesspoint/a/object/k" with an explicit deny in a resource-based policy`,
    },
    { caveat: 'access-point-other-vpc' },
  ],
  [
    'a quarantined key is said to be one',
    {
      code: 'AccessDenied',
      message: `${user} iam:CreateUser with an explicit deny in an identity-based policy: arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3`,
    },
    { caveat: 'quarantined-key', policyArn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3' },
  ],
  [
    'Block Public Access is no policy',
    {
      code: 'AccessDenied',
      message: `${user} s3:PutBucketPolicy on resource: "arn:aws:s3:::b" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access`,
    },
    { kind: 'block-public-access', policyType: undefined },
  ],
  [
    'an old presigned URL is no policy',
    { code: 'AccessDenied', message: 'Request has expired' },
    { kind: 'expired', caveat: 'presigned-url-expired' },
  ],
  [
    'headers that a proxy added are no policy',
    { code: 'AccessDenied', message: 'There were headers present in the request which were not signed' },
    { kind: 'signature-mismatch', caveat: 'headers-not-signed' },
  ],
  [
    'a bare denial says nothing about the reason',
    { code: 'AccessDenied', message: 'Access Denied' },
    { kind: 'access-denied', policyType: undefined, caveat: 'bare' },
  ],
  ['a denial without any message stays a denial', { code: 'AccessDeniedException' }, { kind: 'access-denied', caveat: 'bare' }],
  ['403 with no body is a denial without detail', { code: '403' }, { kind: 'access-denied', caveat: 'bare' }],
  ['execute-api says Forbidden and nothing more', { code: '403', message: 'Forbidden' }, { kind: 'forbidden-no-detail' }],
  [
    'an expired EC2 request may be a wrong clock',
    { code: 'RequestExpired', message: 'Request has expired.' },
    { kind: 'expired', caveat: 'expired-or-clock' },
  ],
  [
    'a signature from the past tells both clocks',
    {
      code: 'SignatureDoesNotMatch',
      message: 'Signature expired: 20240102T030405Z is now earlier than 20240102T031405Z (20240102T031905Z - 5 min.)',
    },
    { kind: 'clock-skew', serverTime: '2024-01-02T03:19:05.000Z', skewMs: 900_000 },
  ],
  [
    'a signature from the future gives a negative skew',
    {
      code: 'InvalidSignatureException',
      message: 'Signature not  yet current: 20181002T170509Z is still later than 20181002T170312Z (20181002T165812Z + 5 min.)',
    },
    { kind: 'clock-skew', skewMs: -417_000 },
  ],
  [
    'the right region of a bucket is read from the refusal',
    {
      code: 'AuthorizationHeaderMalformed',
      message: "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
    },
    { kind: 'region-mismatch', region: 'eu-west-1' },
  ],
  [
    'a registry token that has expired has expired, whatever the code',
    { code: 'DENIED', message: 'Your authorization token has expired. Reauthenticate and try again.' },
    { kind: 'expired' },
  ],
  [
    'a bare 400 that names another region is the wrong region',
    { code: '400', region: 'eu-west-1', signingRegion: 'us-east-1' },
    { kind: 'region-mismatch' },
  ],
  [
    'a bare 400 that names our own region is not',
    { code: '400', region: 'eu-west-1', signingRegion: 'eu-west-1' },
    { kind: 'other' },
  ],
  [
    'a malformed header alone is no wrong region',
    { code: 'AuthorizationHeaderMalformed', message: 'The authorization header is malformed.' },
    { kind: 'malformed-signature' },
  ],
  [
    'SlowDown is throttling',
    { code: 'SlowDown', message: 'Please reduce your request rate.' },
    { kind: 'throttled', caveat: undefined },
  ],
  ['a bare 503 may be throttling', { code: 'ServiceUnavailable' }, { kind: 'throttled', caveat: 'unavailable-or-throttled' }],
  [
    'a disabled key is not a policy',
    { code: 'KMS.DisabledException', message: 'The key is disabled.' },
    { kind: 'kms', kmsInvolved: true },
  ],
  [
    'an unknown error says nothing about access',
    { code: 'ValidationException', message: '1 validation error detected' },
    { kind: 'other', kmsInvolved: false },
  ],
]

describe('the words of a refusal', () => {
  for (const [promise, input, want] of sentences) {
    it(promise, () => {
      const got = readDenial(input) as unknown as Record<string, unknown>
      for (const [part, value] of Object.entries(want)) assert.deepEqual(got[part], value, part)
    })
  }

  it('a message made to exhaust the reader is read at once', () => {
    const hostile = [
      'User: '.repeat(330),
      `${user} s3:GetObject on resource: ${'" '.repeat(900)}`,
      ' with an explicit deny'.repeat(90),
    ]
    for (const message of hostile) {
      const startedAt = process.cpuUsage()
      assert.ok(readDenial({ code: 'AccessDenied', message }).kind)
      assert.ok(process.cpuUsage(startedAt).user < 1_000_000, 'less than a second of CPU')
    }
  })
})
