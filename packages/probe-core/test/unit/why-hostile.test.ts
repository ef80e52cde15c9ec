// Text of anybody's making: no crash, no hang, no secret and no terminal escape comes out again, whatever goes in, and a text
// is read the same however it is cut into pieces.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { planTargets } from '../../src/plan/targets.ts'
import { createErrorReader, readErrors } from '../../src/why/read-errors.ts'

const corpus: { text: string }[] = ['why-corpus.json', 'why-closed-networks.json'].flatMap(name =>
  JSON.parse(readFileSync(new URL(`../../../test/unit/data/${name}`, import.meta.url), 'utf8')),
)
const texts = corpus.map(({ text }) => text)

const secrets = {
  key: 'AKIAQWERTYUIOPASDFGH',
  secretKey: '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',
  signature: 'f00dfacef00dfacef00dfacef00dfacef00dfacef00dfacef00dfacef00dface',
  token: `IQoJb3JpZ2luX2Vj${'QUJDREVGR0g'.repeat(12)}`,
  password: 'hunter2hunter2',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlc2lnbmF0dXJl',
}

test('no secret of the text is in what was read, in whatever place of an error it stood', () => {
  const lines = [
    `Connect timeout on endpoint URL: "https://b.s3.eu-west-1.amazonaws.com/k?X-Amz-Credential=${secrets.key}%2F20260101&X-Amz-Signature=${secrets.signature}&X-Amz-Security-Token=${secrets.token}"`,
    `Put "https://b.s3.eu-west-1.amazonaws.com/k?X-Amz-Signature=${secrets.signature}": dial tcp 10.0.0.1:443: i/o timeout`,
    `Failed to connect to proxy URL: "http://user:${secrets.password}@10.0.0.9:3128"`,
    `fatal: unable to access 'https://user:${secrets.password}@git.example/x/': Could not resolve host: git.example`,
    `jdbc:postgresql://db.example:5432/app?user=u&password=${secrets.password} Connection refused`,
    `InvalidClientTokenId: The security token included in the request is invalid. aws_secret_access_key=${secrets.secretKey}`,
    `SignatureDoesNotMatch: The request signature we calculated does not match. Authorization: AWS4-HMAC-SHA256 Credential=${secrets.key}/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=${secrets.signature}`,
    `AccessDenied: User: arn:aws:iam::111122223333:user/${secrets.key} is not authorized to perform: s3:GetObject`,
    `  - Status code: 403 for https://mirror.example/${secrets.token}/repomd.xml (IP: 10.0.0.1)`,
    `  - Status code: 403 for https://mirror.example/${secrets.key}/repomd.xml (IP: 10.0.0.1)`,
    `npm error 401 Unauthorized - GET https://registry.example/x - Bearer ${secrets.jwt} connect ECONNREFUSED 10.0.0.1:443`,
    `{"error":"connect ECONNREFUSED 10.0.0.1:443","headers":"authorization: Bearer ${secrets.jwt}"}`,
  ]
  for (const line of lines) {
    const reading = readErrors(line)
    const out = JSON.stringify(reading)
    assert.notEqual(reading.errors.length, 0, line)
    for (const [name, secret] of Object.entries(secrets)) assert.ok(!out.includes(secret), `${name} in ${out}`)
  }
})

test('any text is read without a throw, and what comes out is printable, plannable and bounded', () => {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...texts) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '\u001b]0;x\u0007',
        '\u001b[31m',
        '\n│ ',
        "\n  hostname: 'a.example',",
        '\nCaused by:\n  0: ',
        '\u202e',
        '\0',
        '\\n',
        '\\"',
        '%',
        '://',
        ':99999',
        '[::1]:',
        '{"',
        '\r',
        '\n',
        ' ',
        '@',
        '..',
        'https://',
        'Connect timeout on endpoint URL: "',
        'lookup ',
        'arn:aws:s3:::',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  )
  const mangled = fc
    .tuple(fc.constantFrom(...texts), fc.nat(400), fc.nat(40), piece)
    .map(([text, at, length, put]) => text.slice(0, at) + put + text.slice(at + length))
  const text = fc.oneof(
    mangled,
    fc.array(piece, { maxLength: 12 }).map(parts => parts.join('')),
  )
  fc.assert(
    fc.property(text, given => {
      const reading = readErrors(given)
      assert.ok(!/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(JSON.stringify(reading)))
      assert.ok(reading.errors.every(({ said }) => said.length <= 800 && said !== ''))
      if (reading.targets.length > 0) planTargets(reading.targets, { region: 'eu-west-1', workloads: [] })
    }),
    { numRuns: 1500 },
  )
})

test('a text is read the same in pieces of any size', () => {
  const whole = texts.join('\n--\nnothing here\n')
  const expected = readErrors(whole)
  assert.ok(expected.errors.length > 25)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 40 }), sizes => {
      const reader = createErrorReader()
      for (let at = 0, turn = 0; at < whole.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1
        reader.push(whole.slice(at, at + size))
        at += size
      }
      assert.deepEqual(reader.finish(), expected)
    }),
    { numRuns: 60 },
  )
})

// A form that backtracks would need hours for these, not seconds: the limit only ends a hang.
test('lines made to hurt are read in linear time', { timeout: 60_000 }, () => {
  const length = 200_000
  const repeated = (unit: string) => unit.repeat(Math.ceil(length / unit.length))
  for (const unit of [
    'a',
    'a.',
    'a-',
    'connect to ',
    'Connection to a',
    'lookup a',
    'lookup a on ',
    '(',
    '[',
    '"',
    '\\',
    '\\\\"',
    '://',
    'https://a',
    'https://a/ ',
    'Exception: ',
    'caused by: ',
    'User: arn:aws:iam::111122223333:user/',
    ' is not authorized to perform: ',
    'a.amazonaws.com.',
    '.api.aws',
    'arn:aws:s3:::',
    "host='",
    "hostname '",
    '111122223333.dkr.ecr.',
    'timed out ',
    '\u001b[',
    '\u001b]',
    '{"__type":"',
    '<Code>',
    'An error occurred (',
    'jdbc:a:',
    ' -> ',
    'AccessDenied: ',
    '1',
    '$',
    'a$',
    '12:00:00 ',
    '/10.0.0.1:80',
    'a/',
    '/a:1',
    '/[::1]:',
    '/[',
    'L:/10.0.0.1:1 ',
    'S3ServiceException:',
    'S3ServiceException:a,Status 403',
    'Failed to pull image /a',
    'Failed to pull image /a:',
    'failed with status code [',
    'Connection to node -1 ',
    'bootstrap broker a (id: ',
    'mount error(1)',
    "'a'/(<AddressFamily",
    "getaddrinfo(host='",
    'ab-cd-1a.',
    'A: ',
    '│ a ',
    '│ User: ',
    'on resource: ',
    'operation error a: b, ',
    "in bucket 'a': AWS Error A ",
    'AWS Error A_',
    'timeout=',
    'time_out',
    'succeeded after ',
    'if you see "',
    "'EAGAIN', ",
    'plugin/errors: 2 a ',
    'BrokerConnection host=a:1 ',
    "an't find a: Non-existent",
    'read tcp 10.0.0.1:1->10.0.0.1:1: ',
    'Not authorized to perform sts:',
    'Aws::S3::Errors::A',
    'nc -v ',
    '$ telnet a ',
    'caused by ] ',
    'ホスト名"',
    'let a, ',
  ]) {
    for (const end of ['', ' timed out', '\n']) {
      const reading = readErrors(`Error: ${repeated(unit)}${end}`)
      assert.ok(reading.errors.length <= 50)
    }
    readErrors(`${repeated(`${unit.slice(0, 40)} timed out\n`)}`)
  }
})

test('memory stays bounded: different errors without end are counted, not kept', () => {
  const reader = createErrorReader()
  const all = 12_000
  for (let at = 0; at < all; at += 1) reader.push(`connect ECONNREFUSED host-${at}.example:443\n`)
  const { errors, more, targets, moreTargets } = reader.finish()
  assert.equal(errors.length, 50)
  assert.equal(errors.length + more, all)
  assert.equal(targets.length, 24)
  assert.equal(moreTargets, 26)
})

test('a line without end is read from its start, and the text after it too', () => {
  const reader = createErrorReader()
  reader.push('connect ECONNREFUSED first.example:443 ')
  for (let at = 0; at < 40; at += 1) reader.push('x'.repeat(65_536))
  reader.push('\nconnect ECONNREFUSED second.example:443\n')
  const { errors, lines } = reader.finish()
  assert.equal(lines, 2)
  assert.deepEqual(errors.map(({ host }) => host).sort(), ['first.example', 'second.example'])
})
