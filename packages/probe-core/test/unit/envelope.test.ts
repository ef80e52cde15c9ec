import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encode } from 'cborg'
import { readEnvelope } from '../../src/probe/envelope.ts'

function read(status: number, body: string | Buffer, headers: Record<string, string> = {}, protocol?: string) {
  return readEnvelope({ status, headers, body: Buffer.from(body) }, protocol)
}

describe('the error of an answer', () => {
  it('is not looked for in a 2xx', () => {
    assert.equal(read(200, '<Error><Code>AccessDenied</Code></Error>'), undefined)
  })

  it('of the query protocol carries its request id beside the error', () => {
    const body =
      '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>expired</Message></Error><RequestId>r-1</RequestId></ErrorResponse>'
    assert.deepEqual(read(403, body), { code: 'ExpiredToken', message: 'expired', requestId: 'r-1', encodedMessage: false })
  })

  it('of EC2 spells RequestID its own way, and its encoded message is left out and flagged', () => {
    const body =
      '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized. Encoded authorization failure message: dGhlIGJsb2I</Message></Error></Errors><RequestID>r-2</RequestID></Response>'
    assert.deepEqual(read(403, body), {
      code: 'UnauthorizedOperation',
      message: 'You are not authorized.',
      requestId: 'r-2',
      encodedMessage: true,
    })
  })

  it('of S3 gives region, times and endpoint, and never the token it echoes', () => {
    const body =
      '<?xml version="1.0"?><Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message><Token-0>IQoJb3JpZ2luX2VjE</Token-0><ServerTime>2026-01-01T00:00:00Z</ServerTime><RequestId>R3</RequestId></Error>'
    const error = read(400, body, { 'X-Amz-Bucket-Region': 'eu-west-1' })
    assert.equal(error?.region, 'eu-west-1')
    assert.equal(error?.fields?.ServerTime, '2026-01-01T00:00:00Z')
    assert.ok(!JSON.stringify(error).includes('IQoJ'))
  })

  it('loses the parts of a signature that S3 sends back', () => {
    const body =
      '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match.</Message><AWSAccessKeyId>ASIAABCDEFGHIJKLMNOP</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256 20260101</StringToSign><CanonicalRequest>x-amz-security-token:SECRET</CanonicalRequest></Error>'
    const text = JSON.stringify(read(403, body))
    for (const secret of ['ASIAABCDEFGH', 'AWS4-HMAC', 'SECRET']) assert.ok(!text.includes(secret), secret)
  })

  it('loses a header that is echoed in its message', () => {
    const message =
      "'x' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential=AKIAABCDEFGHIJKLMNOP/20260101/us-east-1/sts/aws4_request, Signature=abcdef0123456789'"
    const error = read(400, JSON.stringify({ __type: 'IncompleteSignatureException', message }))
    assert.match(error?.message ?? '', /missing equal-sign/)
    assert.ok(!/AKIAABCD|abcdef0123456789/.test(error?.message ?? ''))
  })

  it('keeps the long names that a refusal is about', () => {
    const arn = `arn:aws:sts::111122223333:assumed-role/${'R'.repeat(64)}/${'session-'.repeat(8)}`
    const key = `arn:aws:s3:::bucket/${'some-folder/'.repeat(30)}file.parquet`
    const message = `User: ${arn} is not authorized to perform: s3:GetObject on resource: "${key}"`
    assert.equal(read(403, JSON.stringify({ __type: 'AccessDenied', message }))?.message, message)
  })

  it('loses a session token, a password in a URL and a cookie, wherever they stand', () => {
    const token = Buffer.from('x'.repeat(300)).toString('base64')
    const message = `token ${token} sessionToken: "abc123secret" https://user:hunter2@proxy.example/ Cookie: sid=topsecret`
    const text = read(400, JSON.stringify({ __type: 'X', message }))?.message ?? ''
    for (const secret of [token, 'abc123secret', 'hunter2', 'topsecret']) assert.ok(!text.includes(secret), secret)
  })

  it('of json is stripped of its namespace, and its message may be spelled in three ways', () => {
    for (const key of ['message', 'Message', 'errorMessage']) {
      const body = JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', [key]: 'gone' })
      assert.deepEqual(read(400, body), { code: 'ResourceNotFoundException', message: 'gone', encodedMessage: false })
    }
  })

  it('of rest-json is named by a header, cut at its colon', () => {
    const headers = { 'x-amzn-ErrorType': 'AccessDeniedException:http://internal.amazon.com/coral/x/', 'x-amzn-RequestId': 'r-4' }
    assert.deepEqual(read(403, '{"Message":null}', headers), {
      code: 'AccessDeniedException',
      message: '',
      requestId: 'r-4',
      encodedMessage: false,
    })
  })

  it('of a query-compatible service is named by x-amzn-query-error before anything else', () => {
    const headers = { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' }
    assert.equal(
      read(400, '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"m"}', headers)?.code,
      'AWS.SimpleQueueService.NonExistentQueue',
    )
  })

  it('of smithy-rpc-v2-cbor is read from its map', () => {
    const body = Buffer.from(encode({ __type: 'com.amazonaws.cloudwatch#AccessDeniedException', message: 'no' }))
    assert.equal(read(403, body, { 'smithy-protocol': 'rpc-v2-cbor' })?.code, 'AccessDeniedException')
    assert.equal(read(403, body, {}, 'smithy-rpc-v2-cbor')?.message, 'no')
  })

  it('of an OCI registry is the first of its list', () => {
    assert.equal(read(403, '{"errors":[{"code":"DENIED","message":"Not Authorized"}]}')?.code, 'DENIED')
    const headers = { 'www-authenticate': 'Basic realm="https://1.dkr.ecr.us-east-1.amazonaws.com/",service="ecr.amazonaws.com"' }
    assert.equal(read(401, 'Not Authorized\n', headers)?.code, 'UNAUTHORIZED')
  })

  it('of a front end is the name of its root element', () => {
    const body =
      '<MissingAuthenticationTokenException><Message>Missing Authentication Token</Message></MissingAuthenticationTokenException>'
    assert.deepEqual(read(403, body), {
      code: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
      encodedMessage: false,
    })
  })

  it('is the status when there is no body, or no code', () => {
    assert.equal(read(403, '')?.code, '403')
    assert.deepEqual(read(403, '{"message":"Forbidden"}'), { code: '403', message: 'Forbidden', encodedMessage: false })
  })

  it('decodes quotes once', () => {
    const body = '<Error><Code>AccessDenied</Code><Message>on resource: &quot;a&amp;quot;b&#39;&quot;</Message></Error>'
    assert.equal(read(403, body)?.message, 'on resource: "a&quot;b\'"')
  })
})

describe('what is no error of AWS', () => {
  const pages: readonly [string, string | Buffer][] = [
    ['a block page', '<html><body><h1>Access denied by policy</h1></body></html>'],
    ['another server’s JSON', '{"blocked":true}'],
    ['an array', '["AccessDenied"]'],
    ['plain text', 'Forbidden'],
    ['broken JSON', '{"message":'],
    ['entities declared by the document', '<!DOCTYPE e [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Error><Code>&b;</Code></Error>'],
    ['a hundred thousand nested elements', '<a>'.repeat(20_000)],
    ['more than an error can hold', `{"__type":"AccessDenied","message":"${'x'.repeat(70_000)}"}`],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00, 0x9f])],
  ]
  for (const [what, body] of pages) {
    it(`${what} gives nothing, and does no harm`, () => {
      assert.equal(read(403, body), undefined)
      assert.doesNotThrow(() => read(403, body, {}, 'smithy-rpc-v2-cbor'))
    })
  }

  it('control characters and endless lengths never reach a message', () => {
    const error = read(400, JSON.stringify({ __type: 'X', message: `a\u001b[31m\u0000\u202eb${' z'.repeat(5000)}` }))
    assert.ok((error?.message.length ?? 0) <= 2000)
    assert.ok(!/[\u0000-\u001f\u202e]/.test(error?.message ?? ''))
  })
})
