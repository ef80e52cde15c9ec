import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  readActivities,
  readBounds,
  readGroupSchedules,
  readScalingGroups,
  readTargetSchedules,
} from '../../src/confirm/state/read-scaling.ts'
import { answer, now } from './state-answers.ts'

describe('what scales', () => {
  it('groups are read with their bounds and what is in service', () => {
    assert.deepEqual(readScalingGroups(answer('groups')), [{ name: 'workers', min: 0, max: 2, desired: 1, inService: 1 }])
  })

  it('schedules of a group tell their next change, in UTC, by their own time zone', async () => {
    const schedules = await readGroupSchedules(answer('group-schedules'), now)
    assert.deepEqual(
      schedules.map(({ name, desired, nextAt, lastAt, timeZone }) => ({ name, desired, nextAt, lastAt, timeZone })),
      [
        { name: 'night', desired: 0, nextAt: '2026-11-24T09:00:00Z', lastAt: '2026-11-23T09:00:00Z', timeZone: 'Asia/Tokyo' },
        { name: 'morning', desired: 1, nextAt: '2026-11-23T22:00:00Z', lastAt: '2026-11-22T22:00:00Z', timeZone: 'Asia/Tokyo' },
      ],
    )
    assert.equal(schedules[0]?.actsOn, 'auto-scaling-group:workers')
  })

  it('schedules of a service do, by AWS’s own cron', async () => {
    const [morning] = await readTargetSchedules(answer('target-schedules'), now)
    assert.equal(morning?.actsOn, 'ecs:service/web/api')
    assert.equal(morning?.nextAt, '2026-11-23T22:00:00Z')
    assert.equal(morning?.min, 1)
    assert.deepEqual(readBounds(answer('scalable-targets'), 'service/web/api'), { min: 0, max: 4 })
  })

  it('activities tell whether a schedule set it to zero', () => {
    const of = 'auto-scaling-group:workers'
    const activity = (cause: string, description = '', at = '2026-11-23T09:00:05Z') =>
      readActivities({ Activities: [{ StartTime: at, Cause: cause, Description: description }] }, of)[0]
    const bySchedule = activity(
      'At 2026-11-23T09:00:02Z a scheduled action update of AutoScalingGroup constraints to min: 0, max: 0, desired: 0 changing the desired capacity from 2 to 0.',
      'Terminating EC2 instance: i-0a',
    )
    assert.deepEqual([bySchedule?.bySchedule, bySchedule?.toZero], [true, true])
    const byHand = activity(
      'At 2026-11-23T09:00:02Z a user request explicitly set group desired capacity changing the desired capacity from 2 to 0.',
    )
    assert.deepEqual([byHand?.bySchedule, byHand?.toZero], [undefined, true])
    const up = activity(
      'At 2026-11-23T09:00:02Z a scheduled action update of AutoScalingGroup constraints to min: 1, max: 4, desired: 2 changing the desired capacity from 0 to 2.',
    )
    assert.deepEqual([up?.bySchedule, up?.toZero], [true, undefined])
    const [ofService] = readActivities(
      {
        ScalingActivities: [
          {
            StartTime: 1795449992,
            Cause: 'scheduled action name night was triggered',
            Description: 'Setting min capacity to 0 and max capacity to 0',
          },
        ],
      },
      'ecs:service/web/api',
    )
    assert.deepEqual([ofService?.bySchedule, ofService?.schedule, ofService?.toZero], [true, 'night', true])
    const ten = activity(
      'a scheduled action update of AutoScalingGroup constraints to min: 10, max: 10, desired: 10 changing the desired capacity from 20 to 10.',
    )
    assert.deepEqual([ten?.toZero, ten?.toMore, up?.toMore, byHand?.toMore], [undefined, true, true, undefined])
    const [failed] = readActivities(
      { Activities: [{ StartTime: '2026-11-23T09:00:05Z', Cause: bySchedule?.says, StatusCode: 'Failed' }] },
      of,
    )
    assert.deepEqual([failed?.bySchedule, failed?.toZero], [true, undefined])
  })
})
