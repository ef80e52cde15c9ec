import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Body } from '../../src/confirm/read-body.ts'
import { readDatabaseHost } from '../../src/confirm/state/ask-databases.ts'
import { readContainerService, readStoppedTasks, readTaskArns } from '../../src/confirm/state/read-container-services.ts'
import { readDatabaseClusters, readDatabases, readPendingMaintenance } from '../../src/confirm/state/read-databases.ts'
import { readInstances, readStatusChecks } from '../../src/confirm/state/read-instances.ts'
import * as scaling from '../../src/confirm/state/read-scaling.ts'
import { answer, answers, api, body, now } from './state-answers.ts'

describe('instances', () => {
  it('are read with their state, address, and why and when it changed', () => {
    const [stopped] = readInstances(answer('instance-stopped'))
    assert.equal(stopped?.state, 'stopped')
    assert.match(stopped?.addresses[0] ?? '', /^172\.31\./)
    assert.match(stopped?.stateReason ?? '', /^User initiated \(/)
    assert.match(stopped?.changedAt ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  })

  it('tell the Auto Scaling group that they belong to', () => {
    assert.equal(readInstances(answer('instance-of-group'))[0]?.scalingGroup, 'workers')
    assert.equal(readInstances(answer('instance-running'))[0]?.scalingGroup, undefined)
  })

  it('tell which status check does not pass', () => {
    const [id] = readInstances(answer('instance-running')).map(each => each.id)
    assert.equal(readStatusChecks(answer('instance-status-ok')).get(id ?? ''), 'ok')
    const status = (instance: string, system: string) =>
      body(
        `<DescribeInstanceStatusResponse><instanceStatusSet><item><instanceId>i-0a</instanceId><instanceStatus><status>${instance}</status></instanceStatus><systemStatus><status>${system}</status></systemStatus></item></instanceStatusSet></DescribeInstanceStatusResponse>`,
        'ec2',
      )
    assert.equal(readStatusChecks(status('impaired', 'ok')).get('i-0a'), 'instance impaired')
    assert.equal(readStatusChecks(status('initializing', 'ok')).get('i-0a'), undefined)
    assert.equal(readStatusChecks(status('not-applicable', 'not-applicable')).get('i-0a'), undefined)
  })

  it('whose ids could be something else in a shell are not read', () => {
    const one = (id: string) =>
      body(
        `<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceId>${id}</instanceId><instanceState><name>stopped</name></instanceState></item></instancesSet></item></reservationSet></DescribeInstancesResponse>`,
        'ec2',
      )
    assert.equal(readInstances(one('i-0a')).length, 1)
    for (const id of ['i-0a; reboot', '$(id)', '--help', '', 'i-'.padEnd(300, 'a')]) assert.deepEqual(readInstances(one(id)), [])
  })
})

describe('databases', () => {
  it('are read with their status and where they answer', () => {
    const [database] = readDatabases(answer('database-stopped'))
    assert.equal(database?.id, 'orders')
    assert.equal(database?.status, 'stopped')
    assert.match(database?.host ?? '', /^orders\..*\.rds\.amazonaws\.com$/)
    assert.equal(database?.port, 5432)
    assert.equal(database?.isCluster, false)
    assert.equal(readDatabases(answer('database-available'))[0]?.status, 'available')
  })

  it('of a cluster answer at the writer and at the reader', () => {
    const [cluster] = readDatabaseClusters(answer('cluster-available'))
    assert.equal(cluster?.isCluster, true)
    assert.match(cluster?.host ?? '', /\.cluster-/)
    assert.match(cluster?.otherHosts?.[0] ?? '', /\.cluster-ro-/)
  })

  it('tell when RDS will start them again', () => {
    const text = answers['database-stopped']?.body.replace(
      '</DBInstance></DBInstances>',
      '<AutomaticRestartTime>2026-11-30T09:12:44.123Z</AutomaticRestartTime></DBInstance></DBInstances>',
    )
    assert.equal(readDatabases(body(text ?? ''))[0]?.startsAgainAt, '2026-11-30T09:12:44Z')
  })

  it('keep no host and no port that is none', () => {
    const make = (address: string, port: string) =>
      readDatabases(
        body(
          `<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances><DBInstance><DBInstanceIdentifier>a</DBInstanceIdentifier><DBInstanceStatus>available</DBInstanceStatus><Endpoint><Address>${address}</Address><Port>${port}</Port></Endpoint></DBInstance></DBInstances></DescribeDBInstancesResult></DescribeDBInstancesResponse>`,
        ),
      )[0]
    assert.equal(make('db.example', '5432')?.host, 'db.example')
    assert.equal(make('a b; c', '5432')?.host, undefined)
    for (const port of ['0', '-1', '65536', '5.5', 'x', '']) assert.equal(make('db.example', port)?.port, undefined)
  })

  it('tell the maintenance that waits', () => {
    const waiting = body(
      '<DescribePendingMaintenanceActionsResponse><DescribePendingMaintenanceActionsResult><PendingMaintenanceActions><ResourcePendingMaintenanceActions><ResourceIdentifier>arn:aws:rds:ap-northeast-1:123456789012:db:orders</ResourceIdentifier><PendingMaintenanceActionDetails><PendingMaintenanceAction><Action>system-update</Action><Description>New Operating System update is available</Description><CurrentApplyDate>2026-11-25T06:38:00Z</CurrentApplyDate></PendingMaintenanceAction></PendingMaintenanceActionDetails></ResourcePendingMaintenanceActions></PendingMaintenanceActions></DescribePendingMaintenanceActionsResult></DescribePendingMaintenanceActionsResponse>',
    )
    assert.deepEqual(readPendingMaintenance(waiting), [
      'system-update: New Operating System update is available (2026-11-25T06:38:00Z)',
    ])
  })

  for (const [host, told] of [
    ['orders.c1a2b3c4d5e6.ap-northeast-1.rds.amazonaws.com', { id: 'orders', isCluster: false, region: 'ap-northeast-1' }],
    ['crew.cluster-c1a2b3c4d5e6.eu-west-1.rds.amazonaws.com', { id: 'crew', isCluster: true, region: 'eu-west-1' }],
    ['crew.cluster-ro-c1a2b3c4d5e6.cn-north-1.rds.amazonaws.com.cn', { id: 'crew', isCluster: true, region: 'cn-north-1' }],
    ['of.cluster-custom-c1a2b3c4d5e6.eu-west-1.rds.amazonaws.com', { id: undefined, isCluster: true, region: 'eu-west-1' }],
    ['docs.cluster-c1a2b3c4d5e6.eu-west-1.docdb.amazonaws.com', { id: 'docs', isCluster: true, region: 'eu-west-1' }],
    ['p.proxy-c1a2b3c4d5e6.eu-west-1.rds.amazonaws.com', undefined],
    ['rds.eu-west-1.amazonaws.com', undefined],
    ['db.internal', undefined],
  ] as const)
    it(`${told ? 'are' : 'are not'} found behind the name ${host}`, () => assert.deepEqual(readDatabaseHost(host), told))
})

describe('container services', () => {
  it('are read with what they want and what runs', () => {
    assert.deepEqual(readContainerService(answer('service-at-zero'), api), {
      ...api,
      status: 'ACTIVE',
      desired: 0,
      running: 0,
      pending: 0,
      events: [],
    })
  })

  it('that ECS does not know are missing', () => {
    assert.equal(readContainerService(answer('service-missing'), { cluster: 'web', service: 'nobody' })?.status, 'MISSING')
    assert.equal(readContainerService({ services: [], failures: [] }, api), undefined)
  })

  it('keep their last events, and daemons are told apart', () => {
    const events = Array.from({ length: 9 }, (_, i) => ({ createdAt: 1795449992.9 - i, message: `event ${i}` }))
    const service = {
      serviceName: 'api',
      status: 'ACTIVE',
      desiredCount: 0,
      runningCount: 0,
      events,
      schedulingStrategy: 'DAEMON',
    }
    const read = readContainerService({ services: [service] }, api)
    assert.equal(read?.events.length, 5)
    assert.deepEqual(read?.events[0], { at: '2026-11-23T16:06:32Z', says: 'event 0' })
    assert.equal(read?.isDaemon, true)
  })

  it('tell why their tasks stopped, the last one first, by the words of the containers too', () => {
    const arn = (id: string) => `arn:aws:ecs:ap-northeast-1:123456789012:task/web/${id}`
    assert.deepEqual(readTaskArns({ taskArns: [arn('a'), 'no arn', 7] }), [arn('a')])
    const tasks = [
      {
        taskArn: arn('early'),
        stopCode: 'EssentialContainerExited',
        stoppedAt: 1795440000,
        stoppedReason: 'Essential container in task exited',
        containers: [{ name: 'app', exitCode: 137 }],
      },
      {
        taskArn: arn('late'),
        stopCode: 'TaskFailedToStart',
        stoppedAt: 1795449000,
        stoppedReason:
          'CannotPullContainerError: pull image manifest has been retried 1 time(s): dial tcp 10.20.1.32:443: i/o timeout',
      },
    ]
    const read = readStoppedTasks({ tasks })
    assert.deepEqual(
      read.map(each => each.task),
      ['late', 'early'],
    )
    assert.equal(read[1]?.reason, 'Essential container in task exited; app exited with 137')
  })

  it('keep nothing secret of what their tasks said', () => {
    const reason = 'failed: AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY \u001b[31mred'
    const [task] = readStoppedTasks({ tasks: [{ taskArn: 'arn:aws:ecs:r:1:task/web/a', stoppedReason: reason }] })
    assert.doesNotMatch(task?.reason ?? '', /wJalr|\u001b/)
  })
})

describe('hostile answers', () => {
  it('of any shape are read without a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.object({ maxDepth: 5 }), fc.anything(), async (object, anything) => {
        const keys = [
          'reservationSet',
          'instanceStatusSet',
          'DBInstances',
          'DBClusters',
          'services',
          'failures',
          'tasks',
          'taskArns',
          'AutoScalingGroups',
          'ScheduledActions',
          'ScheduledUpdateGroupActions',
          'Activities',
          'ScalableTargets',
          'PendingMaintenanceActions',
        ]
        const hostile = {
          ...object,
          ...Object.fromEntries(keys.map(key => [key, [object, anything, { instancesSet: [object] }]])),
        } as Body
        readInstances(hostile)
        readStatusChecks(hostile)
        readDatabases(hostile)
        readDatabaseClusters(hostile)
        readPendingMaintenance(hostile)
        readContainerService(hostile, api)
        readStoppedTasks(hostile)
        readTaskArns(hostile)
        scaling.readScalingGroups(hostile)
        await scaling.readGroupSchedules(hostile, now)
        await scaling.readTargetSchedules(hostile, now)
        scaling.readActivities(hostile, 'x')
        scaling.readBounds(hostile, 'x')
      }),
      { numRuns: 100 },
    )
  })

  it('with a time beyond all calendars keep no time', async () => {
    for (const time of [1e300, -1e300, Number.NaN, 'never', '+999999-01-01T00:00:00Z']) {
      const service = { serviceName: 'api', desiredCount: 1, runningCount: 0, events: [{ createdAt: time, message: 'x' }] }
      assert.equal(readContainerService({ services: [service] }, api)?.events[0]?.at, undefined)
      await scaling.readTargetSchedules(
        { ScheduledActions: [{ ScheduledActionName: 'x', Schedule: 'rate(1 day)', CreationTime: time }] },
        now,
      )
    }
  })
})
