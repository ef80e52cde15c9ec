// The policy of a run: what is granted together, what is not granted twice, and that it comes from the tables of the run itself.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noopsOf, permissionsOf, serviceIds } from '../../src/catalog/index.ts'
import type { Situation } from '../../src/confirm/situation.ts'
import { topicActions, topics } from '../../src/confirm/topics.ts'
import { planTargets } from '../../src/plan/targets.ts'
import { confirmPermissionsOf } from '../../src/policy/confirm-permissions.ts'
import { planPolicyHere } from '../../src/policy/plan-policy.ts'
import { covers, makePolicyDocument, policyCharacters } from '../../src/policy/policy-document.ts'

const region = 'eu-west-1'
const env = { AWS_REGION: region, AWS_ACCOUNT_ID: '111122223333', HOME: '/nonexistent' }
const place = { region, partition: 'aws', account: '111122223333' }
const read = (action: string, resource: string) => ({ action, resource, phase: 'read' as const })

describe('a policy document', () => {
  it('joins actions of one resource, and resources of the same actions, and nothing else', () => {
    const { Statement } = makePolicyDocument([
      read('sqs:B', 'arn:q1'),
      read('sqs:A', 'arn:q1'),
      read('sqs:A', 'arn:q2'),
      read('sqs:B', 'arn:q2'),
      read('sqs:A', 'arn:q3'),
    ])
    assert.deepEqual(
      Statement.map(({ Sid, Action, Resource }) => [Sid, Action, Resource]),
      [
        ['EniprobeReads', ['sqs:A', 'sqs:B'], ['arn:q1', 'arn:q2']],
        ['EniprobeReads2', 'sqs:A', 'arn:q3'],
      ],
    )
  })

  it('says nothing twice: neither what is broader elsewhere, nor in a later statement what an earlier one allows', () => {
    const { Statement } = makePolicyDocument([
      { action: 's3:GetObject', resource: 'arn:aws:s3:::b/a*', phase: 'write' },
      read('s3:GetObject', 'arn:aws:s3:::b/a/b*'),
      read('s3:GetObject', 'arn:aws:s3:::b/*'),
      read('s3:GetObject', 'arn:aws:s3:::b/*'),
      { action: 's3:GetObject', resource: '*', phase: 'confirm' },
    ])
    assert.deepEqual(
      Statement.map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ['EniprobeReads', 'arn:aws:s3:::b/*'],
        ['EniprobeConfirm', '*'],
      ],
    )
  })

  it('takes a pattern for broader only where it is', () => {
    const is = (first: string, second: string) => covers({ action: 'a', resource: first }, { action: 'a', resource: second })
    assert.ok(is('*', 'arn:x') && is('arn:*', 'arn:x*') && is('arn:??', 'arn:ab') && is('arn:?', 'arn:?'))
    assert.ok(!is('arn:x', '*') && !is('arn:x?', 'arn:x*') && !is('arn:x.y', 'arn:xzy') && !is('arn:x', 'arn:x*'))
    assert.ok(!covers({ action: 'a', resource: '*' }, { action: 'b', resource: 'x' }))
    const literal = (letter: string) => ['$', '{', letter, '}'].join('')
    assert.ok(!is(`arn:a${literal('*')}b`, `arn:a${literal('$')}{c}b`) && is('arn:a*', `arn:a${literal('?')}`))
    // Many wildcards cost no time.
    assert.ok(!is('arn:*a'.repeat(200), `${'arn:aa'.repeat(200)}b`))
  })

  it('has statement ids of letters and digits, each once, as IAM wants them', async () => {
    const targets = ['s3://my-bucket', 'logs:/app', 'sqs:a', 'sqs:b', 'rds:orders', 'ecs:web/api']
    const { document } = await planPolicyHere({ targets, writeChecks: true }, env)
    const sids = document.Statement.map(({ Sid }) => Sid)
    assert.equal(new Set(sids).size, sids.length)
    assert.ok(sids.every(sid => /^Eniprobe(?:Reads|Confirm|WriteChecks)\d*$/.test(sid)))
    assert.ok(policyCharacters(document) < 6144)
  })

  it('means a key letter by letter, whatever stands in it', async () => {
    const dollar = '$'
    const targets = [`s3://my-bucket/a*b?${dollar}{c}/報告/`]
    const { document, notes } = await planPolicyHere({ targets, confirm: false }, env)
    const resources = document.Statement.flatMap(({ Resource }) => Resource)
    assert.ok(
      resources.includes(`arn:aws:s3:::my-bucket/a${dollar}{*}b${dollar}{?}${dollar}{${dollar}}{c}/*/*`),
      resources.join(),
    )
    assert.ok(notes.some(({ en }) => /beyond Latin-1/.test(en)))
    assert.ok(resources.every(resource => /^[\x20-\xff]*$/.test(resource)))
  })
})

describe('the policy of a run', () => {
  it('of everything is one read for each service that has one, and never an action that changes something', async () => {
    const { document } = await planPolicyHere({ targets: ['all'], confirm: false }, env)
    const actions = document.Statement.flatMap(({ Action }) => Action)
    const wanted = serviceIds().flatMap(id => {
      const first = noopsOf(id).find(({ documented, kind }) => documented && kind !== 'write')
      return first?.iamActions ?? []
    })
    assert.deepEqual([...actions].sort(), [...new Set(wanted)].sort())
    assert.ok(actions.every(action => !/:(?:Put|Create|Delete|Update|Invoke|Send|Publish)/.test(action)))
  })

  it('asks no permission for package managers, which sign nothing', async () => {
    const { document } = await planPolicyHere({ targets: ['pip', 'dnf', 'npm'], confirm: false }, env)
    assert.deepEqual(document.Statement, [])
  })

  it('allows of the control plane only what reads, and every topic that can be asked', () => {
    const [target] = planTargets(['logs'], { region, workloads: [] })
    assert.ok(target)
    const granted = confirmPermissionsOf(target, place).map(({ action }) => action)
    assert.deepEqual(
      granted,
      topicActions.filter(action => action.startsWith('ec2:')),
    )
    assert.ok(granted.every(action => /:(?:Describe|Get|List)/.test(action)))
    assert.ok(Object.values(topics).every(({ actions }) => actions.length > 0))
  })

  it('allows what only some VPCs make it ask: options of DHCP, and prefix lists of the customer’s own', () => {
    const situation = {
      report: { vantage: { network: { vpc: 'vpc-1' } } },
      told: { vpcs: [{ id: 'vpc-1', dhcpOptions: 'dopt-1' }], routeTables: [{ routes: [{ to: 'pl-0a' }] }], prefixLists: [] },
    } as unknown as Situation
    const asked = (['dhcp', 'managed-prefix-lists'] as const).flatMap(name => topics[name].questions(situation))
    assert.deepEqual(
      asked.map(({ ask }) => ask.action),
      ['ec2:DescribeDhcpOptions', 'ec2:GetManagedPrefixListEntries'],
    )
    assert.ok(asked.every(({ ask }) => ask.action === `${ask.service}:${ask.operation}` && topicActions.includes(ask.action)))
  })

  it('of a host asks for the database that its name says, and for any where the name may lead to one', () => {
    const of = (word: string) =>
      planTargets([word], { region, workloads: [] })
        .flatMap(target => confirmPermissionsOf(target, place))
        .flatMap(({ action, resource }) => (action.startsWith('rds:Describe') && !/Pending/.test(action) ? [resource] : []))
    const rds = (rest: string) => `arn:aws:rds:${region}:111122223333:${rest}`
    assert.deepEqual(of(`tcp://orders.abcdefghij.${region}.rds.amazonaws.com:5432`), [rds('db:orders')])
    assert.deepEqual(of(`tcp://orders.cluster-abcdefghij.${region}.rds.amazonaws.com:5432`), [rds('cluster:orders'), rds('db:*')])
    assert.deepEqual(of('tcp://orders.abcdefghij.us-east-1.rds.amazonaws.com:5432'), [])
    assert.deepEqual(of('tcp://db.internal:5432'), [rds('cluster:*'), rds('db:*')])
    assert.deepEqual(of('tcp://10.0.0.9:5432'), [])
    assert.deepEqual(of('logs'), [])
  })

  it('of an API asks for no instance behind it, though its name is not known without a region', async () => {
    const { document } = await planPolicyHere({ targets: ['logs'] }, { HOME: '/nonexistent' })
    assert.ok(document.Statement.every(({ Action }) => ![Action].flat().includes('ec2:DescribeInstances')))
    assert.ok(document.Statement.length > 1)
  })

  it('asks for a bucket’s policy only where there is one to ask for', () => {
    const of = (word: string) =>
      planTargets([word], { region, workloads: [] })
        .flatMap(target => confirmPermissionsOf(target, place))
        .filter(({ action }) => action === 's3:GetBucketPolicy')
        .map(({ resource }) => resource)
    assert.deepEqual(of('s3://my-bucket/a/b'), ['arn:aws:s3:::my-bucket'])
    assert.deepEqual(of('s3://arn:aws:s3:eu-west-1:111122223333:accesspoint/my-point'), [])
    assert.deepEqual(of('s3'), [])
  })

  it('reads the states of named resources by the same table, confirm apart', () => {
    const [target] = planTargets(['rds:Orders'], { region, workloads: [] })
    assert.ok(target)
    const phases = (confirm: boolean) => permissionsOf(target, { confirm }).map(({ action, phase }) => `${phase} ${action}`)
    assert.deepEqual(phases(false), ['read rds:DescribeDBInstances', 'read rds:DescribeDBClusters'])
    assert.ok(phases(true).includes('confirm rds:DescribePendingMaintenanceActions'))
  })
})
