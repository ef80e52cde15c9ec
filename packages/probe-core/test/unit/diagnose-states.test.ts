import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import { endpointsBehind } from '../../src/diagnose/state/endpoints-behind.ts'
import type { ContainerServiceFacts, ControlPlane, InstanceFacts } from '../../src/model/control-plane.ts'
import type { Observation } from '../../src/model/observation.ts'
import { redactReport } from '../../src/report/redact/index.ts'
import {
  address,
  asked,
  atApi,
  held,
  instance,
  judged,
  ofDatabase,
  ofInstance,
  ofService,
  reached,
  report,
  service,
  silent,
  told,
  vpc,
} from './state-reports.ts'

describe('an instance', () => {
  const named = (facts: Partial<InstanceFacts>, observations = silent) =>
    report({ ...ofInstance, observations }, told({ instances: [{ ...instance, ...facts }] }))

  it('that is stopped and silent is stopped for certain', () => assert.equal(judged(named({})), 'instance-stopped certain'))
  it('that is stopped and answers all the same is healthy', () => assert.equal(judged(named({}, reached)), 'healthy'))
  it('on its way to or from stopping is never certainly stopped', () => {
    for (const state of ['stopping', 'pending', 'a-word-of-tomorrow'])
      assert.doesNotMatch(judged(named({ state })), /instance-stopped certain/)
  })
  it('that runs is not stopped, and its group or NACL is suspected as ever', () => {
    const { findings } = diagnose(named({ state: 'running', statusChecks: 'ok' }))
    assert.ok(findings[0]?.causes.every(each => each.cause !== 'instance-stopped' && each.confidence !== 'certain'))
    assert.ok(findings[0]?.excluded?.some(each => each.cause === 'instance-stopped'))
  })
  it('that runs and fails its status checks is suspected, and never certain', () => {
    const { findings } = diagnose(named({ state: 'running', statusChecks: 'instance impaired' }))
    const cause = findings[0]?.causes.find(each => each.cause === 'instance-stopped')
    assert.notEqual(cause?.confidence ?? 'certain', 'certain')
    assert.match(JSON.stringify(cause?.evidence), /does not pass its status checks: instance impaired/)
  })
  it('that is terminated is gone', () => assert.equal(judged(named({ state: 'terminated' })), 'resource-missing certain'))
  it('without a port is judged by its state alone', () => {
    const alone = (state: string) =>
      report(
        { id: `ec2:${instance.id}`, resource: instance.id, ...atApi, observations: asked },
        told({ instances: [{ ...instance, state }] }),
      )
    assert.equal(judged(alone('stopped')), 'instance-stopped certain')
    assert.equal(judged(alone('running')), 'healthy')
    assert.equal(judged(alone('stopping')), 'instance-stopped likely')
  })
  it('of a group at zero is the group’s doing; a schedule did it only where AWS records that', () => {
    const of = 'auto-scaling-group:workers'
    const group = { name: 'workers', min: 0, max: 2, desired: 0, inService: 0 }
    const schedule = {
      name: 'night',
      actsOn: of,
      from: 'autoscaling',
      expression: '0 18 * * *',
      lastAt: '2026-11-22T18:00:00Z',
      desired: 0,
    }
    const lists = { instances: [{ ...instance, scalingGroup: 'workers' }], groups: [group], schedules: [schedule] }
    const observed = (more: Omit<ControlPlane, 'asked'> = {}) =>
      report({ ...ofInstance, observations: silent }, told({ ...lists, ...more }))
    assert.equal(judged(observed()), 'scaled-to-zero certain')
    assert.match(JSON.stringify(diagnose(observed()).findings), /does not prove that it acted/)
    const zero = { of, at: '2026-11-22T18:00:05Z', says: 'a scheduled action …', bySchedule: true, toZero: true }
    assert.equal(judged(observed({ activities: [zero] })), 'scheduled-stop certain')
    const byHand = { of, at: '2026-11-22T19:00:05Z', says: 'a user request …', toZero: true }
    assert.equal(judged(observed({ activities: [{ ...zero, at: '2026-11-21T18:00:05Z' }, byHand] })), 'scaled-to-zero certain')
    const again = { of, at: '2026-11-22T23:00:05Z', says: 'a scheduled action …', bySchedule: true, toMore: true }
    assert.equal(judged(observed({ activities: [zero, again] })), 'scaled-to-zero certain', 'it had come up again since')
  })
})

describe('a plain host', () => {
  const plain = (lists: Omit<ControlPlane, 'asked'>, observations = silent) =>
    report({ id: `tcp://${address}:5432`, observations }, told(lists))

  it('whose address a stopped instance of this VPC holds is that instance', () =>
    assert.equal(judged(plain({ interfaces: [held], instances: [instance] })), 'instance-stopped certain'))

  it('is never certainly an instance of another VPC that has the same address', () => {
    const elsewhere = { ...held, vpc: 'vpc-0other' }
    assert.doesNotMatch(judged(plain({ interfaces: [elsewhere], instances: [instance] })), /instance-stopped (?:certain|likely)/)
  })

  it('behind two addresses, of which one alone is known to be stopped, is not certainly stopped', () => {
    const other: Observation = { layer: 'tcp', outcome: 'silent', waitedMs: 3000, tries: 3, address: '10.20.3.78' }
    const both = [...silent, other]
    assert.doesNotMatch(judged(plain({ interfaces: [held], instances: [instance] }, both)), /certain/)
    const running = { ...instance, id: 'i-0b', state: 'running', addresses: ['10.20.3.78'] }
    const heldToo = { ...held, id: 'eni-0b', addresses: ['10.20.3.78'], instance: 'i-0b' }
    assert.doesNotMatch(judged(plain({ interfaces: [held, heldToo], instances: [instance, running] }, both)), /certain/)
  })

  it('that this machine’s own firewall refuses to ask is not only stopped', () => {
    const refused: Observation = { layer: 'tcp', outcome: 'rejected', code: 'EPERM', address }
    const { findings } = diagnose(plain({ interfaces: [held], instances: [instance] }, [refused]))
    assert.ok(findings[0]?.causes.some(each => each.cause === 'host-unreachable'))
    assert.ok(findings[0]?.causes.every(each => each.confidence !== 'certain'))
  })

  it('that a load balancer holds is neither instance nor database, and that is said', () => {
    const { instance: _, ...balancer } = { ...held, description: 'ELB app/front/0a1b', requester: 'amazon-elb' }
    const { findings } = diagnose(plain({ interfaces: [balancer] }))
    assert.ok(findings[0]?.causes.every(each => !each.cause.endsWith('-stopped')))
    assert.match(JSON.stringify(findings[0]?.excluded), /of a load balancer \(ELB app\/front/)
  })

  it('whose address nobody holds is a likely loss, as other accounts’ interfaces are not seen', () => {
    const call = { action: 'ec2:DescribeNetworkInterfaces', outcome: 'answered', about: [address] } as const
    const observed = (controlPlane: ControlPlane) => report({ id: 'tcp://a:5432', observations: silent }, controlPlane)
    const { findings } = diagnose(observed({ asked: [call], interfaces: [] }))
    const missing = findings[0]?.causes.find(each => each.cause === 'resource-missing')
    assert.ok(missing !== undefined && missing.confidence !== 'certain')
    const ours = (owner: string) => {
      const observed = report(
        { id: 'tcp://a:5432', observations: silent },
        { asked: [call], interfaces: [], vpcs: [{ id: vpc, cidrs: [], owner }] },
      )
      const identity = { arn: 'arn:aws:sts::123456789012:assumed-role/r/s', account: '123456789012', source: 'imds' }
      const [finding] = diagnose({ ...observed, vantage: { ...observed.vantage, identity } }).findings
      return finding?.causes[0]
    }
    assert.deepEqual([ours('123456789012')?.cause, ours('123456789012')?.confidence], ['resource-missing', 'likely'])
    assert.notEqual(ours('210987654321')?.cause, 'resource-missing')
    const denied = diagnose(observed({ asked: [{ ...call, outcome: 'rejected', code: 'UnauthorizedOperation' }] }))
    assert.ok(denied.findings[0]?.causes.every(each => each.cause !== 'resource-missing'))
    assert.match(JSON.stringify(denied.findings), /ec2:DescribeNetworkInterfaces/)
  })

  it('of which nobody told anything is judged as before', () => {
    const before = diagnose(report({ id: 'tcp://a:5432', observations: silent }))
    assert.deepEqual(diagnose(report({ id: 'tcp://a:5432', observations: silent }, { asked: [] })).findings, before.findings)
  })
})

describe('a database', () => {
  const database = (status: string, more: object = {}, observations = silent) =>
    report(
      { ...ofDatabase, observations },
      told({ databases: [{ id: 'orders', isCluster: false, status, host: 'orders.example', port: 5432, ...more }] }),
    )

  it('that is stopped and silent is stopped for certain, and its restart is told', () => {
    const observed = database('stopped', { startsAgainAt: '2026-11-30T09:12:44Z' })
    assert.equal(judged(observed), 'database-stopped certain')
    const [finding] = diagnose(observed).findings
    assert.match(JSON.stringify(finding?.causes), /start orders again by itself at 2026-11-30T09:12:44Z/)
    assert.match(finding?.fix.steps.join('\n') ?? '', /2026-11-30T09:12:44Z: seven days/)
  })
  for (const [status, first, fix] of [
    ['stopping', 'database-stopped likely', /^Wait until orders is available: its status is "stopping"/],
    ['starting', 'database-stopped likely', /^Wait until orders/],
    ['rebooting', 'database-stopped likely', /^Wait until orders/],
    ['maintenance', 'database-stopped likely', /^Wait until orders/],
    ['storage-full', 'database-stopped likely', /^Repair orders: its status "storage-full"/],
    ['incompatible-network', 'database-stopped likely', /^Repair orders/],
    // Such a one may well take connections.
    ['modifying', 'target-security-group likely', /security group/],
    ['a-new-word', 'target-security-group likely', /security group/],
  ] as const)
    it(`in the status ${status} is never certain nor called stopped: ${first}`, () => {
      const [finding] = diagnose(database(status)).findings
      assert.equal(judged(database(status)), first)
      assert.ok(finding?.causes.every(each => each.confidence !== 'certain'))
      assert.match(finding?.fix.summary ?? '', fix)
      const own = finding?.causes.find(each => each.cause === 'database-stopped')
      assert.match(JSON.stringify(own?.evidence), new RegExp(`in the status ..${status}`))
    })
  it('of which some source ports get an answer is not stopped, told or not', () => {
    const sweep = [1029, 12_007, 40_009, 63_029].map((localPort): Observation => {
      const tried = { layer: 'tcp', variant: 'source-port', address } as const
      return localPort < 30_000
        ? { ...tried, outcome: 'answered', seen: { localPort } }
        : { ...tried, outcome: 'silent', waitedMs: 3000, tries: 2, seen: { localPort } }
    })
    const [finding] = diagnose(report({ id: `tcp://${address}:5432`, observations: [...silent, ...sweep] })).findings
    assert.equal(finding?.causes[0]?.cause, 'network-acl')
    assert.ok(finding?.causes.every(each => each.cause !== 'database-stopped'))
    assert.ok(finding?.excluded?.some(each => each.cause === 'database-stopped'))
  })
  it('that is available is ruled out', () => {
    const [finding] = diagnose(database('available')).findings
    assert.ok(finding?.causes.every(each => each.cause !== 'database-stopped' && each.confidence !== 'certain'))
  })
  it('that answers is healthy, whatever its status', () => assert.equal(judged(database('modifying', {}, reached)), 'healthy'))
})

describe('a container service', () => {
  const state = (facts: Partial<ContainerServiceFacts>, more: Omit<ControlPlane, 'asked'> = {}) =>
    report({ ...ofService, observations: asked }, told({ containerServices: [{ ...service, ...facts }], ...more }))

  for (const [what, facts, expected] of [
    ['that wants tasks and runs none', {}, 'service-has-no-running-task certain'],
    ['that wants none', { desired: 0 }, 'scaled-to-zero certain'],
    ['of one task a machine, without a machine', { desired: 0, isDaemon: true }, 'service-has-no-running-task certain'],
    ['that runs', { running: 1 }, 'healthy'],
    ['that ECS does not know', { status: 'MISSING', desired: 0 }, 'resource-missing certain'],
    ['that was deleted', { status: 'INACTIVE', desired: 0 }, 'resource-missing certain'],
  ] as const)
    it(`${what} is ${expected}`, () => assert.equal(judged(state(facts)), expected))

  it('keeps its judgement when its report is masked', () => {
    const observed = state({ desired: 0 })
    const [before] = diagnose(observed).findings
    const [after] = diagnose(redactReport(diagnose(observed))).findings
    assert.deepEqual(
      after?.causes.map(each => [each.cause, each.confidence]),
      before?.causes.map(each => [each.cause, each.confidence]),
    )
    assert.doesNotMatch(JSON.stringify(redactReport(diagnose(observed))), /"api"|web\/api/)
  })
})

describe('what ECS says of a stopped task', () => {
  const rows = [
    [
      'CannotPullContainerError: failed to do request: Head "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/app": dial tcp 10.0.0.7:443: i/o timeout',
      'ecr.dkr',
    ],
    [
      'CannotPullContainerError: Get https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/a: net/http: request canceled while waiting for connection',
      's3',
    ],
    ['CannotPullContainerError: context deadline exceeded', 'ecr.api ecr.dkr s3'],
    [
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: RequestError: send request failed caused by: Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 52.0.0.1:443: i/o timeout',
      'ecr.api',
    ],
    [
      'ResourceInitializationError: unable to pull secrets or registry auth: the task cannot pull the secret: there is a connection issue',
      'ecr.api secretsmanager ssm',
    ],
    ['ResourceInitializationError: unable to retrieve secret from asm: RequestCanceled: request canceled', 'secretsmanager'],
    [
      'ResourceInitializationError: failed to validate logger args: signal: killed; dial tcp: i/o timeout creating the log stream',
      'logs',
    ],
    // No endpoint is behind these.
    ['CannotPullContainerError: docker.io/library/nginx: dial tcp: i/o timeout', ''],
    ['CannotPullContainerError: manifest unknown: Requested image not found', ''],
    ['CannotPullContainerError: pull access denied, repository does not exist', ''],
    ['Essential container in task exited; app exited with 137', ''],
    ['Task failed ELB health checks: Request timed out', ''],
  ] as const
  for (const [reason, services] of rows)
    it(`leads to ${services || 'no endpoint'}: ${reason.slice(0, 60)}`, () =>
      assert.equal(endpointsBehind({ ...service, stopped: [{ task: 'a', reason }] }).join(' '), services))
})
