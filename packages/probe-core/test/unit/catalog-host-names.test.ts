// A host name read back: whose it is, and of which service, region and partition.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findService, hostsOf, readHost, serviceIds } from '../../src/catalog/index.ts'

describe('reading a host name', () => {
  for (const [host, expected] of Object.entries({
    's3.amazonaws.com': { service: 's3', region: null, kind: 'global' },
    'my.bucket.s3.amazonaws.com': { service: 's3', region: null, kind: 'global', bucket: 'my.bucket' },
    'my-bucket.s3.eu-west-1.amazonaws.com': { service: 's3', region: 'eu-west-1', kind: 'regional', bucket: 'my-bucket' },
    's3.dualstack.eu-west-1.amazonaws.com': { service: 's3', region: 'eu-west-1', kind: 'dualstack' },
    'b.s3.dualstack.eu-west-1.amazonaws.com': { service: 's3', region: 'eu-west-1', kind: 'dualstack', bucket: 'b' },
    's3-fips.us-east-1.amazonaws.com': { service: 's3', region: 'us-east-1', kind: 'fips' },
    'b.s3-eu-west-1.amazonaws.com': { service: 's3', region: 'eu-west-1', kind: 'legacy', bucket: 'b' },
    'b.s3.cn-north-1.amazonaws.com.cn': { service: 's3', region: 'cn-north-1', kind: 'regional', bucket: 'b' },
    'prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com': {
      service: 's3',
      region: 'eu-west-1',
      kind: 'regional',
      bucket: 'prod-eu-west-1-starport-layer-bucket',
    },
    'ap-111122223333.s3-accesspoint.eu-west-1.amazonaws.com': {
      service: 's3',
      region: 'eu-west-1',
      kind: 'regional',
      accountId: '111122223333',
    },
    'STS.amazonaws.com.': { service: 'sts', region: null, kind: 'global' },
    'sts.eu-west-1.api.aws': { service: 'sts', region: 'eu-west-1', kind: 'dualstack' },
    'sts-fips.us-east-1.amazonaws.com': { service: 'sts', region: 'us-east-1', kind: 'fips' },
    '111122223333.dkr.ecr.eu-west-1.amazonaws.com': {
      service: 'ecr.dkr',
      region: 'eu-west-1',
      kind: 'regional',
      accountId: '111122223333',
    },
    'api.ecr.eu-west-1.amazonaws.com': { service: 'ecr.api', region: 'eu-west-1', kind: 'regional' },
    '111122223333.ddb.eu-west-1.amazonaws.com': {
      service: 'dynamodb',
      region: 'eu-west-1',
      kind: 'regional',
      accountId: '111122223333',
    },
    'streams.dynamodb.eu-west-1.amazonaws.com': { service: 'dynamodb-streams', region: 'eu-west-1', kind: 'regional' },
    'team-111122223333.d.codeartifact.eu-west-1.amazonaws.com': {
      service: 'codeartifact.repositories',
      region: 'eu-west-1',
      kind: 'regional',
      accountId: '111122223333',
    },
    'abc123.execute-api.eu-west-1.amazonaws.com': { service: 'execute-api', region: 'eu-west-1', kind: 'regional' },
    'd-abc.studio.eu-west-1.sagemaker.aws': { service: 'studio', region: 'eu-west-1', kind: 'regional' },
    'nb.notebook.eu-west-1.sagemaker.aws': { service: 'notebook', region: 'eu-west-1', kind: 'regional' },
    'queue.amazonaws.com': { service: 'sqs', region: null, kind: 'legacy' },
    'eu-west-1.queue.amazonaws.com': { service: 'sqs', region: 'eu-west-1', kind: 'legacy' },
    'eu-west-1.elasticmapreduce.amazonaws.com': { service: 'elasticmapreduce', region: 'eu-west-1', kind: 'legacy' },
    'ecs-a-12.eu-west-1.amazonaws.com': { service: 'ecs-agent', region: 'eu-west-1', kind: 'regional' },
    'iam.amazonaws.com': { service: 'iam', region: null, kind: 'global' },
    'organizations.us-east-1.amazonaws.com': { service: 'organizations', region: 'us-east-1', kind: 'global' },
    'db.abc.eu-west-1.rds.amazonaws.com': { service: null, region: 'eu-west-1', kind: 'regional' },
    'fs-1.efs.eu-west-1.amazonaws.com': { service: null, region: 'eu-west-1', kind: 'regional' },
    'abc.lambda-url.eu-west-1.on.aws': { service: null, region: 'eu-west-1', kind: 'regional' },
    'vpce-0a1b-x1y2.logs.eu-west-1.vpce.amazonaws.com': {
      service: 'logs',
      region: 'eu-west-1',
      kind: 'regional',
      isEndpointSpecific: true,
    },
    'vpce-0a1b-x1y2-eu-west-1a.dkr.ecr.eu-west-1.vpce.amazonaws.com': {
      service: 'ecr.dkr',
      region: 'eu-west-1',
      kind: 'regional',
      isEndpointSpecific: true,
    },
    'my-bucket.bucket.vpce-0a1b-x1y2.s3.eu-west-1.vpce.amazonaws.com': {
      service: 's3',
      region: 'eu-west-1',
      kind: 'regional',
      isEndpointSpecific: true,
      bucket: 'my-bucket',
    },
    'vpce-0a1b-x1y2.vpce-svc-0c2d.eu-west-1.vpce.amazonaws.com': {
      service: null,
      region: 'eu-west-1',
      kind: 'regional',
      isEndpointSpecific: true,
    },
  })) {
    test(host, () => {
      const read = readHost(host)
      assert.ok(read)
      assert.deepEqual({ ...read, service: read.service?.id ?? null }, { isAws: true, ...expected })
    })
  }

  test('names of others are not taken for AWS', () => {
    for (const host of [
      'example.com',
      'amazonaws.com.example.com',
      'notamazonaws.com',
      'pypi.org',
      '10.0.0.1',
      '',
      '::1',
      'a b.amazonaws.com',
    ]) {
      assert.equal(readHost(host), undefined, host)
    }
  })

  test('every name of every service leads back to it, in each partition', () => {
    const wrong: string[] = []
    for (const region of [
      'eu-west-1',
      'us-east-1',
      'us-west-2',
      'cn-north-1',
      'us-gov-west-1',
      'us-iso-east-1',
      'us-isob-east-1',
      'eusc-de-east-1',
    ]) {
      for (const id of serviceIds()) {
        for (const { host } of hostsOf(findService(id)!, region)) {
          const found = readHost(host)?.service?.id
          if (found !== id) wrong.push(`${host} of ${id} leads to ${found}`)
        }
      }
    }
    assert.deepEqual(wrong, [])
  })
})
