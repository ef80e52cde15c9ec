import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, it } from 'node:test'
import { probeMetadata } from '../../src/probe/metadata.ts'
import { serve, startContext } from './local-server.ts'

const mac = '0a:1b:2c:3d:4e:5f'
const instance: Record<string, string> = {
  'instance-id': 'i-0123456789abcdef0',
  mac,
  'placement/region': 'eu-west-1',
  'placement/availability-zone': 'eu-west-1a',
  'iam/security-credentials/': 'example-role',
  [`network/interfaces/macs/${mac}/interface-id`]: 'eni-0a',
  [`network/interfaces/macs/${mac}/subnet-id`]: 'subnet-0b',
  [`network/interfaces/macs/${mac}/subnet-ipv4-cidr-block`]: '10.20.1.0/24',
  [`network/interfaces/macs/${mac}/vpc-id`]: 'vpc-0c',
  [`network/interfaces/macs/${mac}/vpc-ipv4-cidr-blocks`]: '10.20.0.0/16\n100.64.0.0/16',
  [`network/interfaces/macs/${mac}/security-group-ids`]: 'sg-0d\nsg-0e',
}

/** Like EC2's: the token by PUT, everything else with it. */
function answerLikeEc2(request: IncomingMessage, response: ServerResponse): unknown {
  if (request.method === 'PUT') return response.end('the-token')
  if (request.headers['x-aws-ec2-metadata-token'] !== 'the-token') {
    response.writeHead(401)
    return response.end()
  }
  const body = instance[(request.url ?? '').replace('/latest/meta-data/', '')]
  if (body === undefined) response.writeHead(404)
  return response.end(body)
}

describe('EC2 instance metadata', () => {
  it('tells the interface, its VPC, the region and the name of the role', async t => {
    const { url, host, port, seen } = await serve(t, answerLikeEc2)
    const told = await probeMetadata({ AWS_EC2_METADATA_SERVICE_ENDPOINT: `${url}/` }, startContext(t))
    assert.deepEqual(told.network, {
      eni: 'eni-0a',
      vpc: 'vpc-0c',
      subnet: 'subnet-0b',
      subnetCidr: '10.20.1.0/24',
      vpcCidrs: ['10.20.0.0/16', '100.64.0.0/16'],
      securityGroups: ['sg-0d', 'sg-0e'],
      availabilityZone: 'eu-west-1a',
      from: 'imds',
    })
    assert.equal(told.region, 'eu-west-1')
    assert.equal(told.iamRole, 'example-role')
    assert.equal(told.instanceId, 'i-0123456789abcdef0')
    assert.deepEqual(
      told.checks.map(each => [each.check, each.address, each.outcome]),
      [
        ['imds-token', `${host}:${port}`, 'answered'],
        ['imds-get', `${host}:${port}`, 'answered'],
      ],
    )
    assert.ok(!seen.some(each => each.path.endsWith('/example-role')), 'the role’s credentials are not asked for')
  })

  it('whose token is lost on the way back is told apart from one that is not there', async t => {
    const { url } = await serve(t, (request, response) => {
      if (request.method === 'PUT') return
      response.writeHead(401)
      response.end()
    })
    const { checks, network } = await probeMetadata({ AWS_EC2_METADATA_SERVICE_ENDPOINT: url }, startContext(t))
    assert.deepEqual(
      checks.map(each => [each.check, each.outcome, each.code]),
      [
        ['imds-token', 'silent', undefined],
        ['imds-get', 'rejected', '401'],
      ],
    )
    assert.equal(checks[0]?.seen?.connected, true, 'TCP was up: only the answer was lost')
    assert.equal(checks[1]?.seen?.withToken, false)
    assert.equal(network.eni, null)
  })

  it('that refuses the token is rejected with its status', async t => {
    const { url } = await serve(t, (_, response) => {
      response.writeHead(403)
      response.end('blocked')
    })
    const { checks } = await probeMetadata({ AWS_EC2_METADATA_SERVICE_ENDPOINT: url }, startContext(t))
    assert.deepEqual(
      checks.map(each => [each.check, each.outcome, each.code]),
      [
        ['imds-token', 'rejected', '403'],
        ['imds-get', 'rejected', '403'],
      ],
    )
  })

  it('at an address where nothing listens is refused, once', async t => {
    const { checks } = await probeMetadata({ AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1' }, startContext(t))
    assert.deepEqual(
      checks.map(each => [each.check, each.outcome, each.code]),
      [['imds-token', 'rejected', 'ECONNREFUSED']],
    )
  })

  it('that is switched off is not asked, and the report says by what', async t => {
    const { url, seen } = await serve(t, answerLikeEc2)
    const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: url, AWS_EC2_METADATA_DISABLED: 'true' }
    const { checks } = await probeMetadata(env, startContext(t))
    assert.deepEqual(
      [checks[0]?.outcome, checks[0]?.because, checks[0]?.seen?.disabledBy],
      ['skipped', 'not-asked', 'AWS_EC2_METADATA_DISABLED'],
    )
    assert.equal(seen.length, 0)
  })

  it('is asked past any proxy of the environment', async t => {
    const { url } = await serve(t, answerLikeEc2)
    const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: url, HTTP_PROXY: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1' }
    const { instanceId } = await probeMetadata(env, startContext(t))
    assert.equal(instanceId, 'i-0123456789abcdef0')
  })

  it('that is really a web page, or without end, gives no facts', async t => {
    for (const body of ['<html>a portal</html>\n'.repeat(3), 'x'.repeat(2 * 1024 * 1024)]) {
      const { url } = await serve(t, (_, response) => response.end(body))
      const told = await probeMetadata({ AWS_EC2_METADATA_SERVICE_ENDPOINT: url }, startContext(t))
      assert.equal(told.checks[0]?.outcome, 'rejected')
      assert.equal(told.network.vpc, null)
    }
  })

  it('with no time left is skipped, not called silent', async t => {
    const { url } = await serve(t, () => {})
    const context = startContext(t, 100)
    const { checks } = await probeMetadata({ AWS_EC2_METADATA_SERVICE_ENDPOINT: url }, context)
    assert.deepEqual(
      checks.map(each => [each.outcome, each.because]),
      [['skipped', 'no-time']],
    )
  })
})

describe('ECS task metadata', () => {
  const off = { AWS_EC2_METADATA_DISABLED: 'true' }

  it('tells the launch type, the region, and the subnet of a task with its own interface', async t => {
    const task = {
      LaunchType: 'FARGATE',
      TaskARN: 'arn:aws:ecs:ap-northeast-1:111122223333:task/example/0123',
      AvailabilityZone: 'ap-northeast-1c',
      VPCID: 'vpc-0c',
      Containers: [{ Networks: [{ NetworkMode: 'awsvpc', IPv4Addresses: ['10.20.1.7'], IPv4SubnetCIDRBlock: '10.20.1.0/24' }] }],
    }
    const { url, seen } = await serve(t, (_, response) => response.end(JSON.stringify(task)))
    const told = await probeMetadata({ ...off, ECS_CONTAINER_METADATA_URI_V4: `${url}/v4/abc` }, startContext(t))
    assert.equal(seen[0]?.path, '/v4/abc/task')
    assert.deepEqual(
      [told.taskLaunchType, told.region, told.regionFrom, told.availabilityZone],
      ['FARGATE', 'ap-northeast-1', 'ecs-metadata', 'ap-northeast-1c'],
    )
    assert.deepEqual([told.network.vpc, told.network.subnetCidr, told.network.from], ['vpc-0c', '10.20.1.0/24', 'ecs-metadata'])
  })

  it('does not mistake a Local Zone for a region', async t => {
    const { url } = await serve(t, (_, response) => response.end('{"LaunchType":"EC2","AvailabilityZone":"us-west-2-lax-1a"}'))
    const told = await probeMetadata({ ...off, ECS_CONTAINER_METADATA_URI_V4: url }, startContext(t))
    assert.equal(told.region, undefined)
  })

  it('of the wrong shape gives no facts', async t => {
    for (const body of [
      '',
      '[]',
      'null',
      '{"Containers":{"Networks":1}}',
      '{"Containers":[{"Networks":[null,7]}],"LaunchType":{}}',
    ]) {
      const { url } = await serve(t, (_, response) => response.end(body))
      const told = await probeMetadata({ ...off, ECS_CONTAINER_METADATA_URI_V4: url }, startContext(t))
      assert.equal(told.taskLaunchType, undefined, body)
    }
  })
})

describe('container credentials', () => {
  const off = { AWS_EC2_METADATA_DISABLED: 'true' }

  it('are checked for presence, and nothing of them is reported', async t => {
    const { url } = await serve(t, (_, response) => response.end('{"AccessKeyId":"ASIAVERYSECRET","SecretAccessKey":"s3cr3t"}'))
    const env = {
      ...off,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/v1/credentials/some-id`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 't0ken',
    }
    const told = await probeMetadata(env, startContext(t))
    assert.equal(told.checks.find(each => each.check === 'container-credentials')?.outcome, 'answered')
    for (const secret of ['ASIAVERY', 's3cr3t', 't0ken', 'some-id']) assert.ok(!JSON.stringify(told).includes(secret), secret)
  })

  it('that are refused keep the status', async t => {
    const { url } = await serve(t, (_, response) => {
      response.writeHead(403)
      response.end()
    })
    const told = await probeMetadata({ ...off, AWS_CONTAINER_CREDENTIALS_FULL_URI: url }, startContext(t))
    assert.deepEqual([told.checks[1]?.outcome, told.checks[1]?.code], ['rejected', '403'])
  })
})
