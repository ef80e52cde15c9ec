// Signatures judged by an independent verifier: moto, with its IAM enforcement on.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { type AwsCall, probeAws } from '../../src/probe/aws.ts'
import { probeIdentity } from '../../src/probe/identity.ts'
import type { Credentials } from '../../src/probe/sign.ts'
import { connectPlainly, startContext } from './local-server.ts'

const region = 'us-east-1'
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
const json = (target: string, version = '1.1') => ({
  'content-type': `application/x-amz-json-${version}`,
  'x-amz-target': target,
})
const get = { method: 'GET', path: '/' }
const post = { method: 'POST', path: '/' }

const calls: readonly (AwsCall & { readonly host: string })[] = [
  {
    ...post,
    service: 'sts',
    action: 'GetSessionToken',
    signingName: 'sts',
    protocol: 'query',
    host: 'sts.us-east-1.amazonaws.com',
    headers: form,
    body: 'Action=GetSessionToken&Version=2011-06-15',
  },
  {
    ...post,
    service: 'iam',
    action: 'ListUsers',
    signingName: 'iam',
    protocol: 'query',
    host: 'iam.amazonaws.com',
    headers: form,
    body: 'Action=ListUsers&Version=2010-05-08',
  },
  {
    ...post,
    service: 'ec2',
    action: 'DescribeVpcs',
    signingName: 'ec2',
    protocol: 'ec2',
    host: 'ec2.us-east-1.amazonaws.com',
    headers: form,
    body: 'Action=DescribeVpcs&Version=2016-11-15',
  },
  {
    ...post,
    service: 'logs',
    action: 'DescribeLogGroups',
    signingName: 'logs',
    protocol: 'json',
    host: 'logs.us-east-1.amazonaws.com',
    headers: json('Logs_20140328.DescribeLogGroups'),
    body: '{"limit":1}',
  },
  {
    ...post,
    service: 'dynamodb',
    action: 'ListTables',
    signingName: 'dynamodb',
    protocol: 'json',
    host: 'dynamodb.us-east-1.amazonaws.com',
    headers: json('DynamoDB_20120810.ListTables', '1.0'),
    body: '{"Limit":1}',
  },
  {
    ...get,
    service: 'lambda',
    action: 'ListFunctions',
    signingName: 'lambda',
    protocol: 'rest-json',
    host: 'lambda.us-east-1.amazonaws.com',
    path: '/2015-03-31/functions/',
    query: 'MaxItems=1',
  },
  {
    ...get,
    service: 's3',
    action: 'ListAllMyBuckets',
    signingName: 's3',
    protocol: 'rest-xml',
    host: 's3.us-east-1.amazonaws.com',
  },
]

/** moto asks AWS itself now and then, with whatever credentials it finds: here it finds some, and nobody to ask. */
const nowhereElse = {
  ...process.env,
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nobody',
  AWS_EC2_METADATA_DISABLED: 'true',
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
}

const hasMoto = spawnSync('python3', ['-c', 'import moto.server, flask'], { stdio: 'ignore' }).status === 0

describe('signatures, as an independent server judges them', {
  skip: !hasMoto && 'moto (python3 -m moto.server) is not installed',
}, () => {
  let server: ChildProcess
  let port = 0
  let allowed: Credentials
  let denied: Credentials

  before(async () => {
    port = await findFreePort()
    server = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: nowhereElse,
    })
    await untilListening(server)
    allowed = await makeUser('allowed', 'Allow')
    denied = await makeUser('denied', 'Deny')
    // From here on every request must be signed by one of them.
    await fetch(`http://127.0.0.1:${port}/moto-api/reset-auth`, { method: 'POST', body: '0' })
  })
  after(() => {
    server?.kill()
  })

  for (const call of calls) {
    const to = { host: call.host, signingRegion: region }
    const what = `${call.service} (${call.protocol})`

    it(`${what}: a good key is let in`, async t => {
      const { observation } = await probeAws(await connectPlainly(t, port), call, to, allowed, {
        ...startContext(t),
        timeoutMs: 5000,
      })
      assert.equal(observation.outcome, 'answered', JSON.stringify(observation))
    })

    it(`${what}: a wrong secret is a wrong signature`, async t => {
      const wrong = { ...allowed, secretAccessKey: 'wrong' }
      const { observation } = await probeAws(await connectPlainly(t, port), call, to, wrong, {
        ...startContext(t),
        timeoutMs: 5000,
      })
      assert.ok(observation.outcome === 'rejected', JSON.stringify(observation))
      assert.match(observation.code, /^(?:SignatureDoesNotMatch|InvalidSignatureException|AuthFailure)$/)
    })

    it(`${what}: a denied action is a denial`, async t => {
      const { observation } = await probeAws(await connectPlainly(t, port), call, to, denied, {
        ...startContext(t),
        timeoutMs: 5000,
      })
      assert.ok(observation.outcome === 'rejected', JSON.stringify(observation))
      assert.match(observation.code, /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation)$/)
      assert.equal(observation.seen?.signed, true)
    })
  }

  it('the identity behind a key is found, over the connection that was handed in', async t => {
    const to = { host: 'sts.us-east-1.amazonaws.com', signingRegion: region }
    const { identity, observation } = await probeIdentity(await connectPlainly(t, port), allowed, to, {
      ...startContext(t),
      timeoutMs: 5000,
    })
    assert.equal(identity?.arn, 'arn:aws:iam::123456789012:user/allowed')
    assert.equal(identity?.account, '123456789012')
    assert.equal(observation.outcome, 'answered')
  })

  it('a wrong secret gives no identity, and says why', async t => {
    const to = { host: 'sts.us-east-1.amazonaws.com', signingRegion: region }
    const wrong = { ...allowed, secretAccessKey: 'wrong' }
    const { identity, observation } = await probeIdentity(await connectPlainly(t, port), wrong, to, {
      ...startContext(t),
      timeoutMs: 5000,
    })
    assert.equal(identity, null)
    assert.ok(observation.outcome === 'rejected' && observation.code === 'SignatureDoesNotMatch', JSON.stringify(observation))
  })

  async function makeUser(name: string, effect: 'Allow' | 'Deny'): Promise<Credentials> {
    await iam(`Action=CreateUser&UserName=${name}`)
    const statements = [
      { Effect: effect, Action: '*', Resource: '*' },
      ...(effect === 'Deny' ? [{ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }] : []),
    ]
    const policy = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: statements }))
    await iam(`Action=PutUserPolicy&UserName=${name}&PolicyName=p&PolicyDocument=${policy}`)
    const key = await iam(`Action=CreateAccessKey&UserName=${name}`)
    const part = (tag: string) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(key)?.[1] ?? ''
    return { accessKeyId: part('AccessKeyId'), secretAccessKey: part('SecretAccessKey') }
  }

  async function iam(body: string): Promise<string> {
    const headers = { ...form, authorization: 'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/us-east-1/iam/aws4_request' }
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: `${body}&Version=2010-05-08` })
    assert.equal(answer.status, 200, `moto: ${body}`)
    return answer.text()
  }
})

function findFreePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

/** The server says on stderr when it listens; one that ends first says why. */
function untilListening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const read = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('Running on')) resolve()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.on('exit', code => reject(new Error(`moto ended (${code}): ${said.slice(-500)}`)))
  })
}
