import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAwsMarks } from '../../src/probe/aws-marks.ts'

const cases: readonly (readonly [string, Record<string, string>, string, string[]])[] = [
  [
    'an S3 error',
    { 'x-amz-request-id': 'A', 'x-amz-id-2': 'B', server: 'AmazonS3' },
    '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><RequestId>A</RequestId></Error>',
    ['x-amz-request-id', 'x-amz-id-2', 'server: AmazonS3', 'xml-error'],
  ],
  [
    'an STS error',
    { 'x-amzn-requestid': 'A' },
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>MissingAuthenticationToken</Code></Error><RequestId>A</RequestId></ErrorResponse>',
    ['x-amzn-requestid', 'xml-error'],
  ],
  [
    'an EC2 error',
    { server: 'AmazonEC2' },
    '<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>AuthFailure</Code></Error></Errors><RequestID>A</RequestID></Response>',
    ['server: AmazonEC2', 'xml-error'],
  ],
  ['a JSON error', {}, '{"__type":"UnrecognizedClientException","message":"x"}', ['json-error']],
  [
    'the challenge of an ECR registry',
    {
      'docker-distribution-api-version': 'registry/2.0',
      'www-authenticate': 'Basic realm="https://123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/",service="ecr.amazonaws.com"',
    },
    'Not Authorized',
    ['ecr-challenge'],
  ],
  ['a block page', { server: 'squid' }, '<html><body>Access Denied. Request ID: 1</body></html>', []],
  ['a JSON answer of another API', {}, '{"message":"Forbidden"}', []],
  [
    'the registry of somebody else',
    { 'docker-distribution-api-version': 'registry/2.0', 'www-authenticate': 'Bearer realm="https://auth.example/token"' },
    '',
    [],
  ],
]
for (const [what, headers, bodyStart, marks] of cases) {
  test(`${what} shows ${marks.length === 0 ? 'no mark of AWS' : marks.join(', ')}`, () => {
    assert.deepEqual(findAwsMarks({ headers, bodyStart }), marks)
  })
}
