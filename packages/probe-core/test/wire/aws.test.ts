import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { HttpObservation } from '../../src/model/observation.ts'
import { type AwsCall, type AwsConnection, probeAws } from '../../src/probe/aws.ts'
import { connectPlainly, serve, startContext } from './local-server.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session-token-value' }
const call: AwsCall = {
  service: 'logs',
  action: 'DescribeLogGroups',
  method: 'POST',
  path: '/',
  headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'Logs_20140328.DescribeLogGroups' },
  body: '{"limit":1}',
  signingName: 'logs',
  protocol: 'json',
  allowedCodes: ['ResourceNotFoundException'],
}
const to = { host: 'logs.eu-west-1.amazonaws.com', signingRegion: 'eu-west-1' }

type Reply = { status: number; body?: string; headers?: Record<string, string> }

async function ask(t: TestContext, reply: Reply, signed = true) {
  const { port, seen } = await serve(t, (_, response) => {
    response.writeHead(reply.status, { 'x-amzn-requestid': 'r-1', ...reply.headers })
    response.end(reply.body ?? '')
  })
  const result = await probeAws(await connectPlainly(t, port), call, to, signed ? credentials : null, {
    ...startContext(t),
    timeoutMs: 2000,
  })
  return { ...result, seen }
}

/** A connection that gives this observation, and perhaps an answer that is not AWS's. */
function connection(observation: HttpObservation, body?: string): AwsConnection {
  const status = observation.outcome === 'answered' ? observation.seen.status : 403
  const answer = body === undefined ? undefined : { status, headers: {}, body: Buffer.from(body) }
  return { request: () => Promise.resolve({ observation, ...(answer && { answer }) }) }
}

describe('a call to AWS', () => {
  it('that succeeds is answered, with what was called and where it was signed for', async t => {
    const { observation, seen } = await ask(t, { status: 200, body: '{}' })
    assert.ok(observation.outcome === 'answered' && observation.address === '127.0.0.1')
    const { seen: told } = observation
    const want = { action: 'logs:DescribeLogGroups', signed: true, signingRegion: 'eu-west-1', status: 200, requestId: 'r-1' }
    assert.deepEqual(told, want)
    assert.equal(seen[0]?.headers.host, 'logs.eu-west-1.amazonaws.com')
    assert.match(seen[0]?.headers.authorization ?? '', /Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/logs\/aws4_request/)
  })

  it('that is refused keeps the code and the whole sentence', async t => {
    const message =
      'User: arn:aws:iam::111122223333:user/u is not authorized to perform: logs:DescribeLogGroups because no VPC endpoint policy allows the logs:DescribeLogGroups action'
    const { observation } = await ask(t, {
      status: 400,
      body: JSON.stringify({ __type: 'AccessDeniedException', Message: message }),
    })
    assert.ok(observation.outcome === 'rejected')
    assert.deepEqual([observation.code, observation.message, observation.seen?.status], ['AccessDeniedException', message, 400])
  })

  it('whose error only a caller who was let in can get is answered', async t => {
    const { observation } = await ask(t, { status: 400, body: '{"__type":"ResourceNotFoundException","message":"m"}' })
    assert.equal(observation.outcome, 'answered')
  })

  it('with no error code is rejected with its status', async t => {
    const { observation } = await ask(t, { status: 403 })
    assert.ok(observation.outcome === 'rejected' && observation.code === '403' && observation.message === undefined)
  })

  it('that is redirected is not followed: its signature stays with the host it was made for', async t => {
    const other = await serve(t, (_, response) => response.end('{}'))
    const headers = { location: other.url, 'x-amz-bucket-region': 'us-west-2' }
    const body = '<Error><Code>PermanentRedirect</Code><Message>m</Message></Error>'
    const { observation } = await ask(t, { status: 301, headers, body })
    assert.ok(observation.outcome === 'rejected')
    assert.deepEqual([observation.code, observation.seen?.region], ['PermanentRedirect', 'us-west-2'])
    assert.equal(other.seen.length, 0)
  })

  it('without credentials carries no trace of any', async t => {
    const { observation, seen } = await ask(t, { status: 403, body: '<MissingAuthenticationTokenException/>' }, false)
    assert.ok(observation.outcome === 'rejected' && observation.code === 'MissingAuthenticationTokenException')
    assert.equal(observation.seen?.signed, false)
    assert.ok(!Object.keys(seen[0]?.headers ?? {}).some(name => /authorization|x-amz-(?:date|security-token)/.test(name)))
  })

  it('never lets a key, a token or a signature into what is observed', async t => {
    const echo = `bad header: Authorization=AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/x, Signature=${'ab'.repeat(32)} X-Amz-Security-Token=session-token-value`
    const { observation, http } = await ask(t, {
      status: 400,
      body: JSON.stringify({ __type: 'IncompleteSignatureException', message: echo }),
    })
    const text = JSON.stringify([observation, http])
    for (const secret of ['AKIDEXAMPLE', 'abababab', 'session-token-value']) assert.ok(!text.includes(secret), secret)
  })

  it('is silent when the layer below was, for as long', async t => {
    const below = connection({ layer: 'http', outcome: 'silent', waitedMs: 1500, address: '127.0.0.1' })
    const { observation } = await probeAws(below, call, to, credentials, { ...startContext(t), timeoutMs: 1500 })
    assert.ok(observation.outcome === 'silent' && observation.waitedMs === 1500 && observation.address === '127.0.0.1')
  })

  it('is skipped when the layer below had no time, or broke', async t => {
    const cases: readonly [HttpObservation, string][] = [
      [{ layer: 'http', outcome: 'skipped', because: 'no-time' }, 'no-time'],
      [{ layer: 'http', outcome: 'rejected', code: 'ECONNRESET' }, 'below-failed'],
    ]
    for (const [below, because] of cases) {
      const { observation } = await probeAws(connection(below), call, to, credentials, { ...startContext(t), timeoutMs: 10 })
      assert.ok(observation.outcome === 'skipped' && observation.because === because)
    }
  })

  it('that something else answered says nothing about AWS, even when it says 200', async t => {
    const page = '<!DOCTYPE html><html><body>Sign in to the network</body></html>'
    for (const status of [200, 403]) {
      const below = connection({ layer: 'http', outcome: 'answered', seen: { status, awsMarks: [] } }, page)
      const { observation } = await probeAws(below, call, to, credentials, { ...startContext(t), timeoutMs: 10 })
      assert.ok(observation.outcome === 'skipped' && observation.because === 'below-failed', String(status))
    }
  })
})
