import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readDenial } from '../../src/catalog/denial.ts'
import { readEnvelope } from '../../src/probe/envelope.ts'
import { cleanMessage } from '../../src/probe/error-message.ts'

const protocol = fc.constantFrom('query', 'ec2', 'json', 'rest-json', 'rest-xml', 'smithy-rpc-v2-cbor')
const pieces = fc.constantFrom(
  '<Error>',
  '</Error>',
  '<Code>',
  '</Code>',
  '<Message>',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '{',
  '"__type":"',
  '":',
  '\u0000',
  'x',
  '<![CDATA[',
  '<!--',
  '<?xml',
  '[',
  ']',
)
const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes)),
  fc.json().map(text => Buffer.from(text)),
  fc.array(pieces, { maxLength: 40 }).map(parts => Buffer.from(parts.join(''))),
  fc.constantFrom(0x81, 0x9f, 0xa1, 0xbf, 0xc1, 0xdb).map(byte => Buffer.alloc(60_000, byte)),
)
const headers = fc.dictionary(
  fc.constantFrom('content-type', 'x-amzn-errortype', 'X-Amzn-Query-Error', 'x-amz-bucket-region', 'x-amzn-requestid'),
  fc.string(),
)

describe('whatever answers', () => {
  it('is read without a crash, into short printable parts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), headers, body, protocol, (status, head, bytes, named) => {
        const error = readEnvelope({ status, headers: head, body: bytes }, named)
        if (!error) return
        assert.ok(error.code.length <= 120 && error.message.length <= 2000)
        assert.ok(!/[\u0000-\u001f\u007f]/.test(`${error.code}${error.message}${error.requestId ?? ''}${error.region ?? ''}`))
        assert.ok(readDenial({ ...error, status }).kind)
      }),
    )
  })

  it('never gives back the key or the token that it was sent', () => {
    const upper = fc.stringMatching(/^[A-Z2-7]{16}$/)
    const token = fc.uint8Array({ minLength: 200, maxLength: 400 }).map(bytes => Buffer.from(bytes).toString('base64'))
    const around = fc.constantFrom(' ', "'", '"', ': ', ', ', '\n', '(')
    fc.assert(
      fc.property(upper, token, around, around, (key, session, before, after) => {
        const { message } = cleanMessage(`refused${before}AKIA${key}${after}and${before}${session}${after}`)
        assert.ok(!message.includes(key) && !message.includes(session.replace(/=+$/, '')), message)
      }),
    )
  })
})

describe('whatever was saved as a message', () => {
  it('is read as a denial without a crash', () => {
    const words = fc.constantFrom(
      'User: ',
      'is not authorized to perform: ',
      's3:GetObject ',
      'on resource: ',
      '"',
      'because no ',
      'resource-based policy',
      ' allows ',
      'with an explicit deny',
      ' in a ',
      ' transitively through ',
      '&quot;',
      'arn:aws:iam::1:policy/x',
      '. ',
    )
    fc.assert(
      fc.property(fc.string(), fc.array(fc.oneof(words, fc.string()), { maxLength: 60 }), (code, parts) => {
        assert.equal(typeof readDenial({ code, message: parts.join('') }).kmsInvolved, 'boolean')
      }),
    )
  })
})
