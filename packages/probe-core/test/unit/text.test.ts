import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanMessage } from '../../src/probe/error-message.ts'
import { safeText, withoutSecrets } from '../../src/probe/text.ts'

test('control, escape, bidirectional and invisible characters are dropped, and white space becomes one space', () => {
  assert.equal(safeText('a\x1b[31mred\x1b[0m\x07\u202e\u200b\r\n\t b\u2028c\x00', 100), 'ared b c')
})

test('text is cut by code points, never inside a character', () => {
  assert.equal(safeText('日本語𠮷𠮷', 4), '日本語…')
  assert.equal(safeText('𠮷𠮷', 2), '𠮷𠮷')
})

test('whatever comes in, what goes out is printable and within its length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 80 }), (text, length) => {
      const safe = safeText(text, length)
      assert.ok([...safe].length <= length)
      assert.ok(!/[\p{Cc}\p{Cf}\p{Cs}]/u.test(safe))
    }),
  )
})

const signature = '0123456789abcdef'.repeat(4)
const sessionToken = 'IQoJb3JpZ2luX2VjEJ'.repeat(8)
const cases: readonly (readonly [string, string])[] = [
  ['an access key id', 'key AKIAIOSFODNN7EXAMPLE here'],
  [
    'a signed query',
    `/b?X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F20261123&X-Amz-Security-Token=SECRETPART&X-Amz-Signature=${signature}&x=1`,
  ],
  [
    'an authorization header',
    `Authorization: AWS4-HMAC-SHA256 Credential=SECRETPART/20261123, SignedHeaders=host, Signature=${signature}`,
  ],
  [
    'a canonical request that S3 echoes',
    '<StringToSign>SECRETPART</StringToSign><SignatureProvided>SECRETPART</SignatureProvided>',
  ],
  ['a session token on its own', `the token ${sessionToken} is bad`],
  ['credentials in JSON', '{"SecretAccessKey": "SECRETPART", "SessionToken" : "SECRETPART"}'],
  ['a cookie', 'Set-Cookie: session=SECRETPART; Path=/'],
  ['the password of a URL', 'via http://user:SECRETPART@proxy.example:3128/'],
  ['a bearer token', 'Bearer SECRETPART1234567'],
  ['the token of a package registry', '//registry.example/:_authToken=SECRETPART and npm_SECRETPART0123456789abc'],
  ['the token of a query', 'GET https://app.example/p?id=1&access-token=SECRETPART&x=1'],
  ['a metadata token', 'X-aws-ec2-metadata-token: SECRETPART=='],
]
for (const [what, text] of cases) {
  test(`${what} does not survive, not even broken by control characters`, () => {
    for (const each of [withoutSecrets(text), safeText(text, 2000), safeText(text.split('').join('\x00'), 2000)]) {
      for (const secret of ['SECRETPART', signature, sessionToken, 'IOSFODNN7EXAMPLE']) assert.ok(!each.includes(secret), each)
    }
  })
}

test('what is not secret stays readable', () => {
  const text =
    'WWW-Authenticate: Basic realm="https://x.example/", AccessDenied for arn:aws:iam::123456789012:role/r on https://a.example/p?q=1'
  assert.equal(withoutSecrets(text), text)
})

// Work that grows with the square of the length would need minutes for these: the limit only ends a hang.
test('text made to hurt is read in linear time', { timeout: 60_000 }, () => {
  for (const unit of ['\n', ' ', 'eyJaaaaaaaa-', 'AWS4-', 'Bearer ', 'Cookie:', 'Authorization ', '. ']) {
    const text = unit.repeat(65_536 / unit.length)
    const before = process.cpuUsage()
    safeText(text, 300)
    cleanMessage(text)
    const { user, system } = process.cpuUsage(before)
    assert.ok(user + system < 2_000_000, `${JSON.stringify(unit)}: ${(user + system) / 1000} ms of CPU`)
  }
})

test('an encoded message is left out, and what stands around it stays', () => {
  const told = cleanMessage('Not authorized.  Encoded authorization failure message: abc123 more')
  assert.deepEqual(told, { message: 'Not authorized. more', encodedMessage: true })
})

test('a password before a host is hidden without a scheme too, and a digest is none', () => {
  assert.equal(safeText('proxy user:hunter2@10.0.0.9:3128 failed', 100), 'proxy ****@10.0.0.9:3128 failed')
  for (const text of ['pull team/app:latest@sha256:ab12', 'arn:aws:sts::1:assumed-role/r/bob@example.com', 'git@example.com:a/b'])
    assert.equal(safeText(text, 100), text)
})
