import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { makeInspector } from '../../src/confirm/state/inspector.ts'
import type { PlannedTarget } from '../../src/model/target.ts'
import type { SendCall } from '../../src/probe/named-resource.ts'

const answers: Readonly<Record<string, { readonly body: string }>> = JSON.parse(
  readFileSync(new URL('../../../test/unit/data/state-answers.json', import.meta.url), 'utf8'),
)

const plan = { kind: 'resource', port: 443, region: 'ap-northeast-1', wantedBy: ['command-line'] } as const
const database: PlannedTarget = { ...plan, id: 'rds:orders', resource: 'orders', service: 'rds', host: 'rds.example' }
const service: PlannedTarget = { ...plan, id: 'ecs:web/api', resource: 'web/api', service: 'ecs', host: 'ecs.example' }

/** What comes back for each operation: a body of a 200, or the code of a refusal. */
function sends(told: Readonly<Record<string, { readonly body: string; readonly truncated?: boolean } | string>>) {
  const asked: string[] = []
  const send: SendCall = async call => {
    asked.push(call.action)
    const answer = told[call.action.split(':')[1] ?? '']
    const http = { layer: 'http', outcome: 'answered', seen: { status: 200 } } as const
    if (answer === undefined) return { http, observation: { layer: 'aws', outcome: 'silent', waitedMs: 6000 } }
    if (typeof answer === 'string') return { http, observation: { layer: 'aws', outcome: 'rejected', code: answer } }
    const { body, ...rest } = answer
    const whole = { status: 200, headers: {}, body: Buffer.from(body), ...rest }
    return { http, observation: { layer: 'aws', outcome: 'answered', seen: { action: call.action } }, answer: whole }
  }
  return { send, asked }
}

describe('the inspector', () => {
  it('tells where a database answers, after one call', async () => {
    const inspector = makeInspector()
    const { send, asked } = sends({ DescribeDBInstances: answers['database-stopped'] ?? '' })
    const inspected = await inspector.inspect(database, send)
    assert.equal(inspected?.place?.port, 5432)
    assert.deepEqual(asked, ['rds:DescribeDBInstances'])
    assert.equal(inspector.told()?.databases?.[0]?.status, 'stopped')
  })

  it('asks for a cluster only where no instance has the name', async () => {
    const named: PlannedTarget = { ...database, id: 'rds:crew', resource: 'crew' }
    const { send, asked } = sends({
      DescribeDBInstances: 'DBInstanceNotFound',
      DescribeDBClusters: answers['cluster-available'] ?? '',
    })
    const inspected = await makeInspector().inspect(named, send)
    assert.match(inspected?.place?.host ?? '', /\.cluster-/)
    assert.deepEqual(asked, ['rds:DescribeDBInstances', 'rds:DescribeDBClusters'])
    for (const code of ['AccessDenied', 'Throttling', 'ExpiredToken']) {
      const denied = sends({ DescribeDBInstances: code })
      const end = await makeInspector().inspect(database, denied.send)
      assert.equal(end?.observation.outcome, 'rejected')
      assert.deepEqual(denied.asked, ['rds:DescribeDBInstances'])
    }
  })

  it('takes nothing from an answer about another database', async () => {
    const { send } = sends({
      DescribeDBInstances: { body: (answers['database-stopped']?.body ?? '').replaceAll('orders', 'others') },
    })
    assert.equal((await makeInspector().inspect(database, send))?.place, undefined)
  })

  it('leaves alone what no API tells the state of', async () => {
    const { send, asked } = sends({})
    assert.equal(
      await makeInspector().inspect({ ...plan, id: 'logs', kind: 'service', service: 'logs', host: 'l' }, send),
      undefined,
    )
    assert.deepEqual(asked, [])
  })

  it('takes nothing from an answer that was cut, and says so', async () => {
    const inspector = makeInspector()
    const cut = { ...(answers['service-at-zero'] ?? { body: '' }), truncated: true }
    assert.equal((await inspector.inspect(service, sends({ DescribeServices: cut }).send))?.place, undefined)
    assert.deepEqual(
      inspector.told()?.asked.map(call => [call.outcome, call.code]),
      [['rejected', 'UNREADABLE']],
    )
    assert.equal(inspector.told()?.containerServices, undefined)
  })

  it('survives every body', async () => {
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map(text => `{"services":[${text}],"failures":${text}}`),
      fc
        .string()
        .map(
          text =>
            `<DescribeDBInstancesResponse><DescribeDBInstancesResult>${text}</DescribeDBInstancesResult></DescribeDBInstancesResponse>`,
        ),
      fc.constant('<!DOCTYPE a [<!ENTITY b "c">]><DescribeDBInstancesResponse/>'),
      fc.constant('<a>'.repeat(5000)),
      fc.constant('['.repeat(5000)),
    )
    await fc.assert(
      fc.asyncProperty(bodies, async body => {
        const { send } = sends({ DescribeDBInstances: { body }, DescribeServices: { body } })
        assert.equal((await makeInspector().inspect(database, send))?.place, undefined)
        await makeInspector().inspect(service, send)
      }),
      { numRuns: 200 },
    )
  })
})
