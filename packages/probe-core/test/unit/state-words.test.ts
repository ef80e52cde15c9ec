import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findNamedState, statePermissionsOf } from '../../src/catalog/index.ts'

describe('words of targets with a state', () => {
  it('are read back', () => {
    assert.deepEqual(findNamedState({ id: 'ec2:i-0a:22 (2)', resource: 'i-0a:22' }), { of: 'instance', id: 'i-0a', port: 22 })
    assert.deepEqual(findNamedState({ id: 'rds:Orders', resource: 'Orders' }), { of: 'database', id: 'orders' })
    assert.deepEqual(findNamedState({ id: 'ecs:web/api', resource: 'web/api' }), {
      of: 'container-service',
      cluster: 'web',
      service: 'api',
    })
    assert.equal(findNamedState({ id: 's3://ecs', resource: 'ecs' }), undefined)
    assert.equal(findNamedState({ id: 'ecs' }), undefined)
  })

  it('need reads of their own resource alone, where IAM knows it', () => {
    const place = { partition: 'aws-cn', region: 'cn-north-1', account: '123456789012' }
    assert.deepEqual(
      statePermissionsOf({ id: 'rds:Orders', resource: 'Orders' }, place).filter(each => each.phase === 'read'),
      [
        { action: 'rds:DescribeDBInstances', resource: 'arn:aws-cn:rds:cn-north-1:123456789012:db:orders', phase: 'read' },
        { action: 'rds:DescribeDBClusters', resource: 'arn:aws-cn:rds:cn-north-1:123456789012:cluster:orders', phase: 'read' },
      ],
    )
    const ofTask = statePermissionsOf({ id: 'ecs:web/api', resource: 'web/api' }, place)
    assert.ok(ofTask.some(each => each.resource === 'arn:aws-cn:ecs:cn-north-1:123456789012:service/web/api'))
    assert.ok(ofTask.every(each => /:(?:Describe|List)/.test(each.action)))
    assert.deepEqual(statePermissionsOf({ id: 'logs' }, place), [])
  })
})
