// Endpoint services and what their private DNS covers; workloads; calls; clients; issuers; the canary.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  canaryOf,
  endpointServicesFor,
  endpointServicesOf,
  findNoop,
  findService,
  findWorkload,
  hangsOf,
  hostsOf,
  isAwsIssuer,
  isCovered,
  noopsOf,
  portOf,
  reachPathOf,
  readHost,
  serviceIds,
  suggestRegions,
  workloadIds,
} from '../../src/catalog/index.ts'

const endpointsOf = (word: string, region: string) => endpointServicesOf(findService(word)!, region)

const carrying = (word: string, region: string, host: string) =>
  endpointServicesFor(findService(word)!, region, host).map(e => `${e.type} ${e.serviceName.split('.').at(-1)}`)

describe('the endpoints that carry a name', () => {
  for (const host of [
    'data--apne1-az4--x-s3.s3express-apne1-az4.ap-northeast-1.amazonaws.com',
    's3express-apne1-az4.ap-northeast-1.amazonaws.com',
    's3express-control.ap-northeast-1.amazonaws.com',
    'S3Express-control-dualstack.ap-northeast-1.amazonaws.com',
    'data--apne1-az4--x-s3.s3express-apne1-az4.dualstack.ap-northeast-1.amazonaws.com',
  ])
    test(`of a directory bucket are its own gateway alone: ${host}`, () => {
      assert.deepEqual(carrying('s3', 'ap-northeast-1', host), ['Gateway s3express'])
    })

  for (const host of [
    's3.ap-northeast-1.amazonaws.com',
    's3express-logs.s3.ap-northeast-1.amazonaws.com',
    'my-bucket.s3.dualstack.ap-northeast-1.amazonaws.com',
  ])
    test(`of any other bucket are not that one: ${host}`, () => {
      assert.deepEqual(carrying('s3', 'ap-northeast-1', host), ['Gateway s3', 'Interface s3'])
    })
})

describe('endpoint services', () => {
  for (const [word, region, names] of [
    ['logs', 'eu-west-1', ['com.amazonaws.eu-west-1.logs']],
    ['ecr.dkr', 'eu-west-1', ['com.amazonaws.eu-west-1.ecr.dkr']],
    ['s3', 'eu-west-1', ['com.amazonaws.eu-west-1.s3', 'com.amazonaws.eu-west-1.s3', 'com.amazonaws.eu-west-1.s3express']],
    [
      'dynamodb',
      'eu-west-1',
      ['com.amazonaws.eu-west-1.dynamodb', 'com.amazonaws.eu-west-1.dynamodb', 'com.amazonaws.eu-west-1.dynamodb-fips'],
    ],
    ['studio', 'eu-west-1', ['aws.sagemaker.eu-west-1.studio']],
    ['iam', 'eu-west-1', ['com.amazonaws.iam']],
    ['sts', 'us-east-1', ['com.amazonaws.us-east-1.sts', 'com.amazonaws.us-east-1.sts-fips']],
    ['ecr.api', 'cn-north-1', ['cn.com.amazonaws.cn-north-1.ecr.api']],
    ['ssm', 'cn-north-1', ['com.amazonaws.cn-north-1.ssm', 'com.amazonaws.cn-north-1.ssm-fips']],
    ['athena', 'us-iso-east-1', ['gov.ic.c2s.us-iso-east-1.athena']],
    ['sqs', 'us-gov-west-1', ['com.amazonaws.us-gov-west-1.sqs', 'com.amazonaws.us-gov-west-1.sqs-fips']],
    ['budgets', 'eu-west-1', []],
  ] as const) {
    test(`${word} in ${region}: ${names.join(', ') || 'none'}`, () => {
      assert.deepEqual(
        endpointsOf(word, region).map(endpoint => endpoint.serviceName),
        names,
      )
    })
  }

  test('gateways come first, and have no private DNS', () => {
    const [gateway, endpoint] = endpointsOf('s3', 'eu-west-1')
    assert.deepEqual(gateway, { serviceName: 'com.amazonaws.eu-west-1.s3', type: 'Gateway', privateDns: [] })
    assert.equal(endpoint?.type, 'Interface')
  })

  test('an endpoint that takes no policy says so', () => {
    assert.equal(endpointsOf('transfer.server', 'eu-west-1')[0]?.takesPolicy, false)
    assert.equal(endpointsOf('logs', 'eu-west-1')[0]?.takesPolicy, undefined)
  })

  test('the ports that are not 443', () => {
    assert.equal(portOf(findService('cassandra')!), 9142)
    assert.equal(portOf(findService('email-smtp')!), 587)
    assert.equal(portOf(findService('logs')!), 443)
  })

  test('a global service is not one with a gateway', () => {
    assert.equal(findService('iam')!.isGlobal, true)
    assert.equal(findService('sts')!.isGlobal, false)
    assert.deepEqual(
      serviceIds().filter(id => findService(id)!.hasGatewayEndpoint),
      ['dynamodb', 's3'],
    )
  })
})

describe('private DNS', () => {
  const covers = (word: string, region: string, host: string) =>
    endpointsOf(word, region).some(endpoint => !endpoint.serviceName.includes('-fips') && isCovered(host, endpoint))

  for (const [word, host, covered] of [
    ['sts', 'sts.eu-west-1.amazonaws.com', true],
    ['sts', 'sts.amazonaws.com', false],
    ['ecr.dkr', '111122223333.dkr.ecr.eu-west-1.amazonaws.com', true],
    ['ecr.dkr', 'dkr.ecr.eu-west-1.amazonaws.com', false],
    ['ecr.api', '111122223333.dkr.ecr.eu-west-1.amazonaws.com', false],
    ['s3', 'my.dotted.bucket.s3.eu-west-1.amazonaws.com', true],
    ['s3', 's3.dualstack.eu-west-1.amazonaws.com', false],
    ['s3', 's3.amazonaws.com', false],
    ['sqs', 'eu-west-1.queue.amazonaws.com', false],
    ['dynamodb', 'dynamodb.eu-west-1.amazonaws.com', false],
    ['states', 'sync-states.eu-west-1.amazonaws.com', false],
    ['monitoring', 'monitoring.eu-west-1.api.aws', true],
    ['execute-api', 'abc.execute-api.eu-west-1.amazonaws.com', true],
    ['logs', 'logs.us-east-1.amazonaws.com', false],
    ['eks-auth', 'EKS-AUTH.eu-west-1.api.aws.', true],
  ] as const) {
    test(`${word} ${covered ? 'answers' : 'does not answer'} for ${host}`, () => {
      assert.equal(covers(word, 'eu-west-1', host), covered)
    })
  }

  test('outside China no name ends as in China, and the other way round', () => {
    for (const id of serviceIds()) {
      for (const name of endpointsOf(id, 'cn-north-1').flatMap(endpoint => endpoint.privateDns)) {
        assert.match(name, /\.(amazonaws\.com\.cn|api\.amazonwebservices\.com\.cn)$/, id)
      }
      for (const name of endpointsOf(id, 'eu-west-1').flatMap(endpoint => endpoint.privateDns)) assert.doesNotMatch(name, /\.cn$/)
    }
  })
})

describe('harmless calls', () => {
  test('at least 45 services have a documented read', () => {
    assert.ok(serviceIds().filter(id => findNoop(id) !== undefined).length >= 45)
  })

  test('the default of STS is GetCallerIdentity, and needs no permission', () => {
    assert.equal(findNoop('sts')?.action, 'sts:GetCallerIdentity')
    assert.deepEqual(findNoop('sts')?.iamActions, [])
  })

  test('a registry has none: it is asked unsigned', () => {
    assert.equal(findNoop('ecr.dkr'), undefined)
    assert.equal(reachPathOf('ecr.dkr'), '/v2/')
    assert.equal(reachPathOf('logs'), '/')
  })

  test('words find the calls too', () => {
    assert.equal(findNoop('cloudwatch')?.action, 'cloudwatch:ListMetrics')
    assert.equal(findNoop('kinesis')?.action, 'kinesis:ListStreams')
  })

  const never =
    /^(s3:(Delete|Put)|ssm:PutParameter|ecr:InitiateLayerUpload|sns:Subscribe|cloudformation:(Create|Delete)|\w+:Delete|cloudtrail:Stop|config:Stop|ses:Send|ec2:GetPasswordData|secretsmanager:GetSecretValue)/

  for (const call of serviceIds().flatMap(noopsOf)) {
    test(`${call.action} is a request that can be signed and changes nothing`, () => {
      assert.equal(findService(call.service)?.signingName, call.signingName)
      assert.match(call.action, /^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/)
      assert.doesNotMatch(call.action, never)
      assert.match(call.method, /^(GET|HEAD|POST|PUT)$/)
      assert.match(call.path, /^\/[^?]*$/)
      assert.doesNotMatch(call.query, /^\?|\s/)
      assert.ok(Object.keys(call.headers).every(name => name === name.toLowerCase()))
      assert.equal(call.body === '' || call.headers['content-type'] !== undefined, true)
      assert.doesNotMatch(call.body + call.path + call.query, /YOUR|\{region\}|netprobe/)
      if (call.headers['content-type']?.includes('json') && call.body !== 'x') JSON.parse(call.body)
      if (call.kind === 'read' && !call.documented) assert.ok(call.allowedCodes.length > 0)
      if (call.kind === 'write') assert.match(call.body + call.path, /does-not-exist|DryRun/)
      assert.ok(call.kind !== 'write' || call.allowedCodes.length > 0)
    })
  }
})

describe('workloads', () => {
  test('there are at least 26, each with a title in both languages', () => {
    assert.ok(workloadIds().length >= 26)
    for (const id of workloadIds()) {
      const { title, needs } = findWorkload(id)!
      assert.ok(title.en && title.ja && needs('eu-west-1').length > 0, id)
    }
  })

  test('every service needed is in the catalogue, and every host is a name in the region', () => {
    for (const id of workloadIds()) {
      for (const region of ['eu-west-1', 'cn-north-1']) {
        for (const need of findWorkload(id)!.needs(region)) {
          assert.ok(need.effect.en && need.effect.ja && need.when && need.kind)
          assert.equal(need.service === null, need.name !== null)
          if (need.service !== null) assert.equal(findService(need.service)?.id, need.service)
          if (need.host !== null) {
            assert.doesNotMatch(need.host, /[{}*]/)
            assert.equal(readHost(need.host)?.service?.id ?? null, need.service ?? readHost(need.host)?.service?.id ?? null)
          }
        }
      }
    }
  })

  test('what is always needed is a part of what may be', () => {
    const studio = findWorkload('sagemaker-studio')!
    const always = studio.alwaysNeeded('ap-northeast-1')
    assert.deepEqual(
      always.map(need => need.service ?? need.name),
      ['sagemaker.api', 'sagemaker.runtime', 's3', 'nfs', 'self-sg'],
    )
    assert.equal(always[0]?.host, 'api.sagemaker.ap-northeast-1.amazonaws.com')
    assert.equal(always[3]?.port, 2049)
  })

  test("a function's own logs are not among Lambda's needs, and are named as not crossing", () => {
    const lambda = findWorkload('lambda')!
    assert.deepEqual(lambda.alwaysNeeded('eu-west-1'), [])
    assert.ok(lambda.notViaEni.some(({ traffic }) => traffic.startsWith('logs')))
  })
})

describe('clients', () => {
  test('boto3 gives each address its full time on each attempt, DynamoDB twice as often', () => {
    const ms = (service: string, addresses: number, client: string) =>
      hangsOf({ service, addresses, kind: 'service' }).find(hang => hang.client === client)?.ms
    assert.equal(ms('logs', 1, 'boto3'), 300_000)
    assert.equal(ms('logs', 3, 'boto3'), 900_000)
    assert.equal(ms('dynamodb', 1, 'boto3'), 600_000)
    assert.equal(ms('logs', 2, 'AWS CLI v2'), 360_000)
    assert.equal(ms('logs', 3, 'AWS SDK for JavaScript v3'), ms('logs', 1, 'AWS SDK for JavaScript v3'))
  })

  test('the words are those of the report', () => {
    assert.deepEqual(hangsOf({ service: 'logs', addresses: 1, kind: 'service' })[0], {
      client: 'boto3',
      ms: 300_000,
      how: '60 s × 5 attempts × 1 address',
    })
    assert.deepEqual(
      hangsOf({ service: null, addresses: 2, kind: 'https' }).map(hang => hang.how),
      ['15 s × 6 attempts × 2 addresses'],
    )
    assert.deepEqual(hangsOf({ service: null, addresses: 2, kind: 'tcp' }), [])
  })
})

describe('issuers', () => {
  for (const [dn, partition, isAws] of [
    ['CN=Amazon RSA 2048 M01, O=Amazon, C=US', 'aws', true],
    ['C=US, O=Amazon, OU=Server CA 1B, CN=Amazon', 'aws', true],
    ['C=US\nO=Amazon\nCN=Amazon RSA 2048 M02', 'aws', true],
    ['CN=Starfield Services Root Certificate Authority - G2, O=Starfield Technologies, Inc., L=Scottsdale, C=US', 'aws', true],
    ['CN=DigiCert Global Root CA, O=DigiCert Inc, C=US', 'aws-cn', true],
    ['CN=Agency CA, O=Agency, C=US', 'aws-iso', true],
    ['CN=Amazon, O=Example Corporation', 'aws', false],
    ['CN=Firewall CA, O=Amazon Example Proxy', 'aws', false],
    ['CN=O=Amazon', 'aws', false],
    ['', 'aws', false],
  ] as const) {
    test(`${dn || 'an empty name'} is ${isAws ? 'one' : 'none'} of AWS's in ${partition}`, () => {
      assert.equal(isAwsIssuer(dn, partition), isAws)
    })
  }
})

describe('the canary', () => {
  test('is no name that an endpoint covers', () => {
    for (const partition of ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc']) {
      const { host } = canaryOf(partition)!
      assert.equal(readHost(host)?.service, null)
    }
    assert.equal(canaryOf('aws-iso'), undefined)
  })
})

test('every region of the release resolves every service without an error', () => {
  for (const region of suggestRegions()) {
    for (const id of serviceIds()) {
      hostsOf(findService(id)!, region)
      endpointServicesOf(findService(id)!, region)
    }
  }
})
