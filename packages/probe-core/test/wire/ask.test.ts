import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { makeAsking } from '../../src/confirm/ask.ts'
import type { Lent } from '../../src/probe/control-line.ts'
import { openHttp } from '../../src/probe/http.ts'
import { startContext } from './local-server.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret-key-value', sessionToken: 'session-token-value' }
const mark = { 'x-amzn-requestid': 'r-1' }

interface Asked {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

async function api(t: TestContext, answer: (asked: Asked, response: ServerResponse) => unknown, more: Partial<Lent> = {}) {
  const asked: Asked[] = []
  let connections = 0
  let atOnce = 0
  let most = 0
  const server = createServer(async (request, response) => {
    most = Math.max(most, ++atOnce)
    response.on('close', () => atOnce--)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() }
    asked.push(one)
    answer(one, response)
  })
  server.on('connection', () => connections++)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const context: Lent = {
    ...startContext(t),
    region: 'eu-west-1',
    settings: { endpointUrls: { '*': `http://127.0.0.1:${port}` } },
    credentials: Promise.resolve({ credentials, source: 'environment', tried: [] }),
    timeoutMs: 3000,
    open: async to => {
      const dial = async () => {
        const socket = connect(to.port, to.host)
        await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
        return socket
      }
      return { connection: await openHttp(await dial(), { ...to, scheme: 'http', address: to.host }, dial) }
    },
    ...more,
  }
  const asking = makeAsking(context)
  t.after(() => asking.close())
  return { ask: asking.ask, asked, connections: () => connections, most: () => most }
}

const send = (response: ServerResponse, body: string, status = 200) => response.writeHead(status, mark).end(body)
const describeGroups = { service: 'ec2', operation: 'DescribeSecurityGroups', input: { 'GroupId.1': 'sg-1' } }

describe('a question to the control plane', () => {
  it('of EC2 is a signed form, and its XML comes as plain objects with lists as arrays', async t => {
    const { ask, asked } = await api(t, (_, response) =>
      send(
        response,
        `<?xml version="1.0"?><DescribeSecurityGroupsResponse xmlns="u"><requestId>r</requestId><securityGroupInfo><item>
        <groupId>sg-1</groupId><groupName>a &amp; b</groupName><ipPermissions/><ipPermissionsEgress><item><ipProtocol>-1</ipProtocol>
        </item></ipPermissionsEgress></item></securityGroupInfo></DescribeSecurityGroupsResponse>`,
      ),
    )
    const { call, body } = await ask({ ...describeGroups, about: ['sg-1'] })
    assert.deepEqual([call.action, call.outcome, call.about], ['ec2:DescribeSecurityGroups', 'answered', ['sg-1']])
    assert.deepEqual(body?.securityGroupInfo, [
      { groupId: 'sg-1', groupName: 'a & b', ipPermissions: '', ipPermissionsEgress: [{ ipProtocol: '-1' }] },
    ])
    assert.equal(asked[0]?.body, 'Action=DescribeSecurityGroups&Version=2016-11-15&GroupId.1=sg-1')
    assert.match(asked[0]?.headers.authorization ?? '', /\/eu-west-1\/ec2\/aws4_request/)
  })

  it('of RDS comes without the result element around it, one instance as a list of one', async t => {
    const { ask } = await api(t, (_, response) =>
      send(
        response,
        '<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances><DBInstance><DBInstanceIdentifier>db</DBInstanceIdentifier><VpcSecurityGroups><VpcSecurityGroupMembership><VpcSecurityGroupId>sg-9</VpcSecurityGroupId></VpcSecurityGroupMembership></VpcSecurityGroups></DBInstance></DBInstances></DescribeDBInstancesResult></DescribeDBInstancesResponse>',
      ),
    )
    const { body } = await ask({ service: 'rds', operation: 'DescribeDBInstances', input: {} })
    assert.deepEqual(body?.DBInstances, [{ DBInstanceIdentifier: 'db', VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-9' }] }])
  })

  it('of ECS is JSON 1.1 with its target', async t => {
    const { ask, asked } = await api(t, (_, response) => send(response, '{"services":[{"runningCount":0}]}'))
    const { body } = await ask({ service: 'ecs', operation: 'DescribeServices', input: { cluster: 'c', services: ['s'] } })
    assert.deepEqual(body, { services: [{ runningCount: 0 }] })
    assert.equal(asked[0]?.headers['x-amz-target'], 'AmazonEC2ContainerServiceV20141113.DescribeServices')
    assert.equal(asked[0]?.body, '{"cluster":"c","services":["s"]}')
  })

  it('of a bucket policy asks for the bucket, and gives the document as text', async t => {
    const { ask, asked } = await api(t, (_, response) => send(response, '{"Version":"2012-10-17","Statement":[]}'))
    const { body } = await ask({ service: 's3', operation: 'GetBucketPolicy', input: { Bucket: 'my-bucket' } })
    assert.equal(asked[0]?.path, '/my-bucket?policy=')
    assert.equal(body?.Policy, '{"Version":"2012-10-17","Statement":[]}')
  })

  it('is followed through its pages, and told as one answer', async t => {
    const page = (ids: string, next = '') =>
      `<DescribeVpcEndpointsResponse><vpcEndpointSet>${ids}</vpcEndpointSet>${next}</DescribeVpcEndpointsResponse>`
    const item = (id: string) => `<item><vpcEndpointId>${id}</vpcEndpointId></item>`
    const { ask } = await api(t, ({ body }, response) =>
      send(
        response,
        body.includes('NextToken=two') ? page(item('c')) : page(item('a') + item('b'), '<nextToken>two</nextToken>'),
      ),
    )
    const { body } = await ask({ service: 'ec2', operation: 'DescribeVpcEndpoints', input: {} })
    assert.deepEqual(
      body?.vpcEndpointSet,
      ['a', 'b', 'c'].map(vpcEndpointId => ({ vpcEndpointId })),
    )
  })

  it('whose pages never end is not told in part', async t => {
    let page = 0
    const { ask } = await api(t, (_, response) =>
      send(
        response,
        `<DescribeVpcEndpointsResponse><vpcEndpointSet/><nextToken>${page++}</nextToken></DescribeVpcEndpointsResponse>`,
      ),
    )
    const { call, body } = await ask({ service: 'ec2', operation: 'DescribeVpcEndpoints', input: {} })
    assert.deepEqual([call.outcome, call.code, body], ['rejected', 'TOO_MANY_PAGES', undefined])
  })

  it('that is denied keeps the code and the sentence, and is no error', async t => {
    const message = 'You are not authorized to perform this operation. Encoded authorization failure message: abcDEF123'
    const { ask } = await api(t, (_, response) =>
      send(
        response,
        `<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>${message}</Message></Error></Errors><RequestID>r</RequestID></Response>`,
        403,
      ),
    )
    const { call, body } = await ask(describeGroups)
    assert.deepEqual([call.outcome, call.code, body], ['rejected', 'UnauthorizedOperation', undefined])
    assert.doesNotMatch(call.message ?? '', /abcDEF123/)
  })

  for (const [name, reply] of [
    ['entities', '<!DOCTYPE x [<!ENTITY a "b">]><DescribeSecurityGroupsResponse>&a;</DescribeSecurityGroupsResponse>'],
    ['a nest', `<DescribeSecurityGroupsResponse>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</DescribeSecurityGroupsResponse>`],
    ['a page of somebody', '<html><body>welcome</body></html>'],
    ['too much', `<DescribeSecurityGroupsResponse>${'<a>b</a>'.repeat(700_000)}</DescribeSecurityGroupsResponse>`],
    ['nothing', ''],
  ] as const) {
    it(`answered with ${name} is unreadable, not believed`, async t => {
      const { ask } = await api(t, (_, response) => send(response, reply))
      const { call, body } = await ask(describeGroups)
      assert.deepEqual([call.outcome, call.code, body], ['rejected', 'UNREADABLE', undefined])
    })
  }

  it('answered by no API of AWS is not taken for one', async t => {
    const { ask } = await api(t, (_, response) => response.writeHead(200).end('<DescribeSecurityGroupsResponse/>'))
    const { call, body } = await ask(describeGroups)
    assert.deepEqual([call.outcome, call.because, body], ['skipped', 'below-failed', undefined])
  })

  it('that gets no answer is silent within its time, and one past the deadline is not asked', async t => {
    const { ask } = await api(t, () => {}, { timeoutMs: 200 })
    assert.equal((await ask(describeGroups)).call.outcome, 'silent')
    const late = await api(t, () => {}, startContext(t, 1))
    await new Promise(resolve => setTimeout(resolve, 20))
    assert.deepEqual((await late.ask(describeGroups)).call, {
      action: 'ec2:DescribeSecurityGroups',
      outcome: 'skipped',
      because: 'no-time',
    })
  })

  it('to a host that cannot be reached tells how the way ended', async t => {
    const { ask } = await api(t, () => {}, { open: async () => ({ end: { outcome: 'silent' } }) })
    const { call } = await ask(describeGroups)
    assert.deepEqual([call.outcome, call.host], ['silent', '127.0.0.1'])
  })

  it('without credentials, or where nothing is signed, is not asked', async t => {
    const none = await api(t, () => {}, { credentials: Promise.resolve({ source: null, tried: [] }) })
    assert.equal((await none.ask(describeGroups)).call.because, 'no-credentials')
    const off = await api(t, () => {}, { credentials: null })
    assert.equal((await off.ask(describeGroups)).call.because, 'not-asked')
    assert.deepEqual([none.asked.length, off.asked.length], [0, 0])
  })

  it('that could change anything is refused before it is sent', async t => {
    const { ask, asked } = await api(t, () => {})
    for (const operation of ['StopInstances', 'ModifyVpcEndpoint', 'DeleteVpcEndpoints', 'Describe\r\nX'])
      await assert.rejects(ask({ service: 'ec2', operation, input: {} }), RangeError)
    assert.equal(asked.length, 0)
  })

  it('shares its connections with the others: few at once, reused after', async t => {
    const { ask, connections, most } = await api(t, (_, response) =>
      setTimeout(
        () => send(response, '<DescribeSecurityGroupsResponse><securityGroupInfo/></DescribeSecurityGroupsResponse>'),
        20,
      ),
    )
    const many = await Promise.all(Array.from({ length: 12 }, () => ask(describeGroups)))
    assert.ok(many.every(({ call }) => call.outcome === 'answered'))
    assert.ok(connections() <= 3 && most() <= 3, `${connections()} connections`)
    assert.equal((await ask(describeGroups)).call.outcome, 'answered')
    assert.ok(connections() <= 3)
  })

  it('shows no credential in its call, whatever happens', async t => {
    const { ask } = await api(t, ({ headers }, response) =>
      send(
        response,
        JSON.stringify({ __type: 'X', message: `${headers.authorization} ${headers['x-amz-security-token']}` }),
        400,
      ),
    )
    const { call } = await ask({ service: 'ecs', operation: 'DescribeServices', input: {} })
    assert.doesNotMatch(JSON.stringify(call), /session-token-value|secret-key-value|Signature=[0-9a-f]/)
  })
})
