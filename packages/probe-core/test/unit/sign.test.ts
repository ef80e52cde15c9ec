import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { type RequestToSign, type SigningScope, signRequest } from '../../src/probe/sign.ts'

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'token',
}

/** Recomputes the signature from the request as it goes on the wire, by the steps of AWS's documentation. */
function recompute(request: RequestToSign, headers: Readonly<Record<string, string>>, scope: SigningScope): string {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? ''
  const isS3 = scope.service === 's3'
  const path = isS3 ? request.path : request.path.split('/').map(encodeURIComponent).join('/')
  const query = (request.query ?? '').split('&').filter(Boolean).sort().join('&')
  const canonicalHeaders = names
    .split(';')
    .map(name => `${name}:${headers[name]?.trim()}\n`)
    .join('')
  const bodyHash = sha256(request.body ?? '')
  const canonical = [request.method, path, query, canonicalHeaders, names, bodyHash].join('\n')
  const time = headers['x-amz-date'] ?? ''
  const day = time.slice(0, 8)
  const credentialScope = `${day}/${scope.region}/${scope.service}/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', time, credentialScope, sha256(canonical)].join('\n')
  const key = [day, scope.region, scope.service, 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${credentials.secretAccessKey}`,
  )
  return hmac(key, toSign).toString('hex')
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

const s3 = { service: 's3', region: 'eu-west-1' }
const other = { service: 'codeartifact', region: 'eu-west-1' }
const requests: readonly [string, RequestToSign, SigningScope][] = [
  [
    'an S3 key with blanks, signs and letters of other scripts',
    { method: 'GET', host: 'b.s3.eu-west-1.amazonaws.com', path: '/a%20b%2Bc/%E3%81%82' },
    s3,
  ],
  ['an S3 key with empty and dotted segments', { method: 'GET', host: 'b.s3.eu-west-1.amazonaws.com', path: '/a//b/../c' }, s3],
  [
    'a query with encoded parts and an empty value',
    { method: 'GET', host: 'b.s3.eu-west-1.amazonaws.com', path: '/', query: 'prefix=a%2Fb%20c&list-type=2&uploads=' },
    s3,
  ],
  [
    'a path outside S3, which is signed encoded twice',
    { method: 'GET', host: 'codeartifact.eu-west-1.amazonaws.com', path: '/v1/a%20b/arn%3Aaws%3Ax' },
    other,
  ],
  [
    'a body',
    {
      method: 'POST',
      host: 'codeartifact.eu-west-1.amazonaws.com',
      path: '/v1/x',
      body: '{"a":"あ"}',
      headers: { 'Content-Type': 'application/json' },
    },
    other,
  ],
  ['a host with a port', { method: 'POST', host: 'localhost:8443', path: '/', body: '' }, other],
]

describe('a signature', () => {
  for (const [what, request, scope] of requests) {
    it(`holds for ${what}`, async () => {
      const headers = await signRequest(request, credentials, scope)
      assert.equal(/Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '')?.[1], recompute(request, headers, scope))
    })
  }

  it('binds the host, the token and the hash of the body, and says who we are', async () => {
    const headers = await signRequest({ method: 'GET', host: 'b.s3.eu-west-1.amazonaws.com', path: '/' }, credentials, s3)
    const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? []
    for (const name of ['host', 'x-amz-security-token', 'x-amz-content-sha256', 'x-amz-date'])
      assert.ok(names.includes(name), name)
    assert.equal(headers['x-amz-content-sha256'], sha256(''))
    assert.match(headers['user-agent'] ?? '', /^eniprobe\/\d/)
  })
})
