// The built CLI asked about databases, instances, services and groups that stand in moto: what is stopped is named with what
// RDS, EC2, ECS and Auto Scaling say, what runs is healthy, and where nobody may ask, nothing is claimed.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Finding, Report } from '@eniprobe/core'
import { combine, type Fault } from '../src/faults/fault.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { assertNoWrongCertain, judgeRun, told } from './judge-run.ts'
import {
  database,
  databaseAddress,
  failTask,
  hosts,
  instanceAddress,
  makeDatabase,
  makeGroup,
  makeInstance,
  makeService,
  makeStopped,
  mayNot,
  region,
  scheduleService,
  silent,
} from './stopped-account.ts'

/** The one finding, certain of its cause. */
function onlyFinding(report: Report, cause: string): Finding {
  assertNoWrongCertain(report, [cause])
  assert.equal(report.findings.length, 1, told(report.findings))
  const [finding] = report.findings
  assert.ok(finding)
  assert.deepEqual(
    finding.causes.map(each => [each.cause, each.confidence]),
    [[cause, 'certain']],
    told(report.findings),
  )
  return finding
}

function proofOf(finding: Finding): string {
  return finding.causes.flatMap(cause => cause.evidence.map(each => each.says)).join('\n')
}

describe('the state of what is named', { concurrency: 3 }, () => {
  test('a stopped database is named by RDS’s word and its silence', async t => {
    const vpc = await vpcLab(t, combine(hosts, silent(databaseAddress)), makeDatabase(true))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['rds:orders']))
    const finding = onlyFinding(report, 'database-stopped')
    assert.match(proofOf(finding), /RDS says that the database orders is in the status "stopped"/)
    assert.match(proofOf(finding), /10\.20\.3\.30:5432 is silent/)
    assert.match(finding.fix.snippets.cli ?? '', /start-db-instance .*--db-instance-identifier orders/)
    assert.deepEqual([report.targets[0]?.host, report.targets[0]?.port], [database, 5432])
  })

  test('a database that runs and answers is healthy, and only the one call is made', async t => {
    const vpc = await vpcLab(t, hosts, makeDatabase(false))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['rds:orders']))
    assert.deepEqual(report.findings, [], told(report.findings))
    assert.equal(report.targets[0]?.verdict, 'healthy')
    assert.deepEqual(
      report.controlPlane?.asked.map(call => call.action),
      ['rds:DescribeDBInstances'],
    )
  })

  test('a database that RDS calls available and that is silent is not called stopped', async t => {
    const vpc = await vpcLab(t, combine(hosts, silent(databaseAddress)), makeDatabase(false))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['rds:orders']))
    assertNoWrongCertain(report, [])
    assert.ok(report.findings.length > 0)
    const named = report.findings.flatMap(finding => finding.causes.map(each => each.cause))
    assert.ok(!named.includes('database-stopped') && !named.includes('instance-stopped'), told(report.findings))
    assert.match(JSON.stringify(report.findings[0]?.excluded), /status \\"available\\"/)
  })

  test('a plain host that is a stopped database is found by its name', async t => {
    const vpc = await vpcLab(t, combine(hosts, silent(databaseAddress)), makeDatabase(true))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe([`tcp://${database}:5432`]))
    assert.match(proofOf(onlyFinding(report, 'database-stopped')), /status "stopped"/)
  })

  test('a name that RDS does not know, neither as instance nor as cluster, is missing', async t => {
    // Of another name: RDS is there, and knows it not.
    const vpc = await vpcLab(t, hosts, makeDatabase(false))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['rds:nobody']))
    onlyFinding(report, 'resource-missing')
  })

  test('where RDS may not be asked, the denial is told and nothing is said of the database', async t => {
    const vpc = await vpcLab(t, combine(hosts, silent(databaseAddress), mayNot('rds:*')), makeDatabase(true))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['rds:orders', `tcp://${database}:5432`]))
    assertNoWrongCertain(report, ['identity-policy-denies'])
    const [named, plain] = report.targets
    assert.equal(named?.verdict, 'denied')
    assert.equal(named?.host, `rds.${region}.amazonaws.com`)
    assert.match(named?.note ?? '', /only the endpoint of rds is looked at/)
    const denied = report.findings.find(finding => finding.targets.includes('rds:orders'))
    assert.equal(denied?.causes[0]?.cause, 'identity-policy-denies')
    assert.match(JSON.stringify(denied), /rds:DescribeDBInstances/)
    assert.equal(plain?.verdict, 'failing')
    const silence = report.findings.find(finding => finding.targets.includes(plain?.id ?? ''))
    assert.ok(silence?.causes.some(cause => cause.cause === 'database-stopped' && cause.confidence !== 'certain'))
    assert.match(JSON.stringify(silence), /rds:DescribeDBInstances, which would tell its state, was refused: AccessDenied/)
  })

  test('where RDS’s endpoint is closed, the way to it is what is told', async t => {
    const closed: Fault = plan => ({
      ...plan,
      endpoints: plan.endpoints.map(each => (each.service === 'rds' ? { ...each, securityGroup: 'closed' } : each)),
    })
    const vpc = await vpcLab(t, combine(hosts, closed), makeDatabase(true))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['rds:orders']))
    assert.equal(report.targets[0]?.host, `rds.${region}.amazonaws.com`)
    assert.match(report.targets[0]?.note ?? '', /only the endpoint of rds is looked at/)
    assert.equal(report.findings[0]?.causes[0]?.cause, 'endpoint-security-group', told(report.findings))
  })

  test('a stopped instance is named by EC2’s word, with and without a port', async t => {
    let id = ''
    const vpc = await vpcLab(t, combine(hosts, silent(instanceAddress)), async call => {
      id = await makeInstance(call)
      await call('ec2', 'StopInstances', { 'InstanceId.1': id })
    })
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe([`ec2:${id}:5432`, `ec2:${id}`]))
    assertNoWrongCertain(report, ['instance-stopped'])
    assert.deepEqual(
      report.findings.flatMap(finding => finding.targets).sort(),
      [`ec2:${id}`, `ec2:${id}:5432`],
      told(report.findings),
    )
    for (const finding of report.findings) {
      assert.deepEqual(
        finding.causes.map(each => [each.cause, each.confidence]),
        [['instance-stopped', 'certain']],
        told(report.findings),
      )
      assert.match(proofOf(finding), new RegExp(`${id} is stopped: User initiated \\(`))
      assert.match(finding.fix.snippets.cli ?? '', new RegExp(`start-instances .*${id}`))
    }
    assert.equal(report.targets[0]?.host, instanceAddress)
  })

  test('a plain host that is a stopped instance is found by its address', async t => {
    const vpc = await vpcLab(t, combine(hosts, silent(instanceAddress)), makeStopped)
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['tcp://web-1.internal:5432']))
    assert.match(proofOf(onlyFinding(report, 'instance-stopped')), /is stopped: User initiated/)
  })

  test('where EC2 may not be asked who holds an address, the instance is a suspicion, and the permission is named', async t => {
    const denied = mayNot('ec2:DescribeNetworkInterfaces')
    const vpc = await vpcLab(t, combine(hosts, silent(instanceAddress), denied), makeStopped)
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['tcp://web-1.internal:5432']))
    assertNoWrongCertain(report, [])
    assert.match(JSON.stringify(report.findings), /ec2:DescribeNetworkInterfaces/)
  })

  test('an address of the VPC that no interface holds is told as such, and not for certain', async t => {
    const nobody: Fault = plan => ({
      ...plan,
      hosts: [...plan.hosts, { name: 'gone.internal', addresses: ['10.20.3.99'], port: 22, serve: 'mute', isReleased: true }],
    })
    const vpc = await vpcLab(t, combine(hosts, nobody, silent('10.20.3.99')))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['tcp://gone.internal:22']))
    assertNoWrongCertain(report, [])
    assert.match(JSON.stringify(report.findings), /no network interface that this account sees in vpc-\w+ holds 10\.20\.3\.99/)
  })

  test('an address that a load balancer holds is told as such, and no instance or database is suspected', async t => {
    const balancer: Fault = plan => ({
      ...plan,
      hosts: [
        ...plan.hosts,
        {
          name: 'front.internal',
          addresses: ['10.20.3.88'],
          port: 5432,
          serve: 'mute',
          description: 'ELB net/front/0a1b2c3d4e5f6071',
        },
      ],
    })
    const vpc = await vpcLab(t, combine(hosts, balancer, silent('10.20.3.88')))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['tcp://front.internal:5432']))
    assertNoWrongCertain(report, [])
    const named = report.findings.flatMap(finding => finding.causes.map(each => each.cause))
    assert.ok(!named.includes('database-stopped') && !named.includes('instance-stopped'), told(report.findings))
    assert.match(JSON.stringify(report.findings), /of a load balancer \(ELB net\/front/)
  })

  test('an instance that runs and answers is healthy, with and without a port', async t => {
    let id = ''
    const vpc = await vpcLab(t, hosts, async call => {
      id = await makeInstance(call)
    })
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe([`ec2:${id}:5432`, `ec2:${id}`]))
    assert.deepEqual(report.findings, [], told(report.findings))
    assert.deepEqual(
      report.targets.map(target => target.verdict),
      ['healthy', 'healthy'],
    )
  })

  test('a service without a running task is told with why its tasks stopped, and what they could not reach', async t => {
    const vpc = await vpcLab(t, hosts, async (call, plan) => {
      await makeService(2)(call, plan)
      await failTask(call, plan)
    })
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['ecs:web/api']))
    const finding = onlyFinding(report, 'service-has-no-running-task')
    assert.match(proofOf(finding), /ECS says of web\/api: 0 of 2 tasks running/)
    assert.match(proofOf(finding), /CannotPullContainerError/)
    assert.match(proofOf(finding), /could not reach: ecr\.dkr/)
    assert.match(finding.fix.steps.join('\n'), /eniprobe ecr\.dkr/)
  })

  test('a service at zero is told with the schedule and the next change', async t => {
    const vpc = await vpcLab(t, hosts, async (call, plan) => {
      await makeService(0)(call, plan)
      await scheduleService(call, plan)
    })
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['ecs:web/api']))
    const finding = onlyFinding(report, 'scaled-to-zero')
    assert.match(proofOf(finding), /keeps it between 0 and 0/)
    assert.match(
      proofOf(finding),
      /the next scheduled change is (morning|night) \(cron\(0 (7|20) \? \* \* \*\), Asia\/Tokyo\) at \d{4}-\d\d-\d\dT(22|11):00:00Z/,
    )
    assert.match(
      finding.fix.snippets.cli ?? '',
      /register-scalable-target .*--max-capacity 1\naws ecs update-service .*--desired-count 1/,
    )
  })

  test('the permissions that the guide names are enough: no call is refused', async t => {
    const actions = [
      'ecs:DescribeServices',
      'application-autoscaling:DescribeScalableTargets',
      'application-autoscaling:DescribeScheduledActions',
      'application-autoscaling:DescribeScalingActivities',
    ]
    const only: Fault = plan => ({
      ...plan,
      aws: {
        ...plan.aws,
        policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
      },
    })
    const vpc = await vpcLab(t, combine(hosts, only), async (call, plan) => {
      await makeService(0)(call, plan)
      await scheduleService(call, plan)
    })
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['ecs:web/api']))
    onlyFinding(report, 'scaled-to-zero')
    const asked = report.controlPlane?.asked ?? []
    assert.deepEqual([...new Set(asked.map(call => call.action))].sort(), [...actions].sort())
    assert.deepEqual(
      asked.filter(call => call.outcome !== 'answered'),
      [],
    )
  })

  test('an instance of a group at zero is told as the group’s doing, with its schedule', async t => {
    let id = ''
    const vpc = await vpcLab(t, hosts, async call => {
      id = await makeGroup(call)
    })
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe([`ec2:${id}`]))
    const finding = onlyFinding(report, 'scaled-to-zero')
    assert.match(proofOf(finding), /the group workers: desired 0, min 0, max 2/)
    assert.match(
      proofOf(finding),
      /the next scheduled change is morning \(0 7 \* \* \*, Asia\/Tokyo\) at \d{4}-\d\d-\d\dT22:00:00Z: desired 1/,
    )
    assert.match(
      finding.fix.snippets.cli ?? '',
      /update-auto-scaling-group .*--auto-scaling-group-name workers --desired-capacity 1/,
    )
  })

  test('a service that ECS does not know is missing', async t => {
    const vpc = await vpcLab(t, hosts, makeService(0))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['ecs:web/nobody', 'ecs:nowhere/api']))
    assertNoWrongCertain(report, ['resource-missing'])
    assert.deepEqual(new Set(report.findings.map(each => each.causes[0]?.cause)), new Set(['resource-missing']))
  })
})
