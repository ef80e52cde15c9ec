// Names of services: the traps as tables, and the way back from a name to its service.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  defaultHost,
  findPartition,
  findService,
  hostsOf,
  isKnownRegion,
  isRegionName,
  serviceIds,
  serviceWords,
  signingRegionOf,
  suggestRegions,
} from '../../src/catalog/index.ts'

describe('default names', () => {
  for (const [word, region, host] of [
    ['sts', 'eu-west-1', 'sts.eu-west-1.amazonaws.com'],
    ['sts', 'us-east-1', 'sts.us-east-1.amazonaws.com'],
    ['s3', 'us-east-1', 's3.us-east-1.amazonaws.com'],
    ['ecr', 'eu-west-1', 'api.ecr.eu-west-1.amazonaws.com'],
    ['sagemaker', 'eu-west-1', 'api.sagemaker.eu-west-1.amazonaws.com'],
    ['sagemaker-runtime', 'eu-west-1', 'runtime.sagemaker.eu-west-1.amazonaws.com'],
    ['cloudwatch', 'eu-west-1', 'monitoring.eu-west-1.amazonaws.com'],
    ['execute-api', 'eu-west-1', 'execute-api.eu-west-1.amazonaws.com'],
    ['ses', 'eu-west-1', 'email.eu-west-1.amazonaws.com'],
    ['stepfunctions', 'eu-west-1', 'states.eu-west-1.amazonaws.com'],
    ['sync-states', 'eu-west-1', 'sync-states.eu-west-1.amazonaws.com'],
    ['codeartifact', 'eu-west-1', 'codeartifact.eu-west-1.amazonaws.com'],
    ['ssmmessages', 'eu-west-1', 'ssmmessages.eu-west-1.amazonaws.com'],
    ['ecs-agent', 'eu-west-1', 'ecs-a.eu-west-1.amazonaws.com'],
    ['eks-auth', 'eu-west-1', 'eks-auth.eu-west-1.api.aws'],
    ['airflow.env', 'eu-west-1', 'env.airflow.eu-west-1.amazonaws.com'],
    ['kinesis-streams', 'eu-west-1', 'kinesis.eu-west-1.amazonaws.com'],
    ['detective', 'eu-west-1', 'api.detective.eu-west-1.amazonaws.com'],
    ['iam', 'eu-west-1', 'iam.amazonaws.com'],
    ['organizations', 'eu-west-1', 'organizations.us-east-1.amazonaws.com'],
    ['logs', 'cn-north-1', 'logs.cn-north-1.amazonaws.com.cn'],
    ['iam', 'cn-northwest-1', 'iam.cn-north-1.amazonaws.com.cn'],
    ['logs', 'us-gov-west-1', 'logs.us-gov-west-1.amazonaws.com'],
    ['iam', 'us-gov-east-1', 'iam.us-gov.amazonaws.com'],
    ['logs', 'us-iso-east-1', 'logs.us-iso-east-1.c2s.ic.gov'],
    ['logs', 'us-isob-east-1', 'logs.us-isob-east-1.sc2s.sgov.gov'],
    ['logs', 'eusc-de-east-1', 'logs.eusc-de-east-1.amazonaws.eu'],
  ] as const) {
    test(`${word} in ${region} is ${host}`, () => {
      const service = findService(word)
      assert.ok(service, word)
      assert.equal(defaultHost(service, region), host)
      assert.equal(hostsOf(service, region)[0]?.host, host)
    })
  }

  test('a registry has no name without its account', () => {
    const registry = findService('ecr.dkr')!
    assert.equal(defaultHost(registry, 'eu-west-1'), undefined)
    assert.equal(
      defaultHost(registry, 'cn-north-1', { accountId: '111122223333' }),
      '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn',
    )
  })

  test('an SDK that knows the account asks DynamoDB by a name with the account', () => {
    const dynamodb = findService('dynamodb')!
    assert.equal(defaultHost(dynamodb, 'eu-west-1', { accountId: '111122223333' }), '111122223333.ddb.eu-west-1.amazonaws.com')
    assert.equal(
      defaultHost(dynamodb, 'eu-west-1', { accountId: '111122223333', useFips: true }),
      'dynamodb-fips.eu-west-1.amazonaws.com',
    )
  })

  test('a service whose every name carries a resource has none', () => {
    assert.deepEqual(hostsOf(findService('transfer.server')!, 'eu-west-1'), [])
    assert.equal(defaultHost(findService('codeartifact.repositories')!, 'eu-west-1'), undefined)
  })
})

describe('further names', () => {
  const names = (word: string, region: string) => hostsOf(findService(word)!, region).map(({ host, kind }) => `${kind} ${host}`)

  test('STS: regional, then the global name that old SDKs ask, then dual-stack and FIPS', () => {
    assert.deepEqual(names('sts', 'us-east-1'), [
      'regional sts.us-east-1.amazonaws.com',
      'global sts.amazonaws.com',
      'dualstack sts.us-east-1.api.aws',
      'fips sts-fips.us-east-1.amazonaws.com',
      'dualstack-fips sts-fips.us-east-1.api.aws',
    ])
  })

  test('no FIPS name is claimed where AWS lists none', () => {
    assert.deepEqual(
      names('sts', 'eu-west-1').filter(name => name.includes('fips')),
      [],
    )
  })

  test('S3 and SQS keep the names of their first years', () => {
    assert.ok(names('s3', 'eu-west-1').includes('legacy s3-eu-west-1.amazonaws.com'))
    assert.ok(!names('s3', 'ap-east-1').some(name => name.startsWith('legacy')))
    assert.ok(names('sqs', 'us-east-1').includes('legacy queue.amazonaws.com'))
    assert.ok(names('elasticmapreduce', 'eu-west-1').includes('legacy eu-west-1.elasticmapreduce.amazonaws.com'))
  })

  test('China has no global STS name', () => {
    assert.deepEqual(
      names('sts', 'cn-north-1').filter(name => name.startsWith('global')),
      [],
    )
  })
})

describe('signing', () => {
  for (const [word, region, signed] of [
    ['iam', 'eu-west-1', 'us-east-1'],
    ['iam', 'cn-northwest-1', 'cn-north-1'],
    ['organizations', 'eu-west-1', 'us-east-1'],
    ['route53', 'ap-northeast-1', 'us-east-1'],
    ['sts', 'eu-west-1', 'eu-west-1'],
  ] as const) {
    test(`${word} called from ${region} is signed for ${signed}`, () => {
      assert.equal(signingRegionOf(findService(word)!, region), signed)
    })
  }

  test('names that differ from the id', () => {
    const signed = (word: string) => findService(word)!.signingName
    assert.deepEqual(
      ['ecr.api', 'sagemaker.runtime', 'monitoring', 'email', 'aps', 'ssmmessages', 'bedrock-runtime'].map(signed),
      ['ecr', 'sagemaker', 'monitoring', 'ses', 'aps', 'ssmmessages', 'bedrock'],
    )
  })
})

describe('words', () => {
  test('there are more than 400 services, sorted, each found by its id and by all its words', () => {
    const ids = serviceIds()
    assert.ok(ids.length > 400)
    assert.deepEqual([...ids], [...ids].sort())
    for (const id of ids) {
      const service = findService(id)
      assert.equal(service?.id, id)
      for (const word of service!.words) assert.equal(findService(word)?.id, id, word)
    }
    assert.equal(new Set(serviceWords()).size, serviceWords().length)
  })

  test('the words people use lead to the PrivateLink name', () => {
    for (const [word, id] of Object.entries({
      CloudWatch: 'monitoring',
      'cloudwatch logs': 'logs',
      sfn: 'states',
      eventbridge: 'events',
      efs: 'elasticfilesystem',
      elbv2: 'elasticloadbalancing',
      firehose: 'kinesis-firehose',
      docdb: 'rds',
      mwaa: 'airflow.api',
      amp: 'aps',
      opensearch: 'es',
      'com.amazonaws.eu-west-1.ecr.dkr': 'ecr.dkr',
      'cn.com.amazonaws.cn-north-1.sts': 'sts',
      'aws.sagemaker.us-east-1.studio': 'studio',
      'sts-fips': 'sts',
    })) {
      assert.equal(findService(word)?.id, id, word)
    }
    assert.equal(findService('no-such-service'), undefined)
  })

  test('what a network cannot tell apart is one service', () => {
    assert.equal(findService('neptune'), findService('rds'))
  })
})

describe('regions', () => {
  test('a region leads to its partition, an unknown one by its shape', () => {
    const partitions = Object.fromEntries(
      [
        'eu-west-1',
        'cn-north-1',
        'us-gov-east-1',
        'us-iso-west-1',
        'us-isob-east-1',
        'eu-isoe-west-1',
        'us-isof-south-1',
        'eusc-de-east-1',
        'ap-north-9',
        'nonsense',
      ].map(region => [region, findPartition(region).id]),
    )
    assert.deepEqual(partitions, {
      'eu-west-1': 'aws',
      'cn-north-1': 'aws-cn',
      'us-gov-east-1': 'aws-us-gov',
      'us-iso-west-1': 'aws-iso',
      'us-isob-east-1': 'aws-iso-b',
      'eu-isoe-west-1': 'aws-iso-e',
      'us-isof-south-1': 'aws-iso-f',
      'eusc-de-east-1': 'aws-eusc',
      'ap-north-9': 'aws',
      nonsense: 'aws',
    })
  })

  test('a zone, a service and a typo are no regions', () => {
    for (const text of ['eu-west-1a', 'logs', 'eu_west_1', 'euwest1', '']) assert.equal(isRegionName(text), false, text)
    assert.equal(isRegionName('eu-west-9'), true)
    assert.equal(isKnownRegion('eu-west-9'), false)
    assert.ok(suggestRegions().every(isRegionName))
  })
})
