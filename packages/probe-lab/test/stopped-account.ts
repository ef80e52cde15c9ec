// What stands stopped, at zero or failing in moto's account, and the hosts of it in the lab's network: for tests of states.
import assert from 'node:assert/strict'
import type { Fault } from '../src/faults/fault.ts'
import type { VpcPlan } from '../src/plan/vpc-plan.ts'
import type { SetUp, SetUpCall } from '../src/world/moto.ts'

export const region = 'ap-northeast-1'
/** moto gives every database of an account this host. */
export const database = `orders.aaaaaaaaaa.${region}.rds.amazonaws.com`
export const databaseAddress = '10.20.3.30'
export const instanceAddress = '10.20.3.77'

export const hosts: Fault = plan => ({
  ...plan,
  hosts: [
    ...plan.hosts,
    { name: database, addresses: [databaseAddress], port: 5432, serve: 'postgres' },
    { name: 'web-1.internal', addresses: [instanceAddress], port: 5432, serve: 'postgres' },
  ],
  endpoints: [
    ...plan.endpoints,
    {
      service: 'application-autoscaling',
      names: [`application-autoscaling.${region}.amazonaws.com`],
      addresses: ['10.20.1.90', '10.20.2.90'],
      privateDns: true,
      securityGroup: 'open',
    },
  ],
})

/** What a stopped machine does with packets. */
export const silent =
  (address: string): Fault =>
  plan => ({ ...plan, deadAddresses: [...plan.deadAddresses, address] })

export const mayNot =
  (...actions: readonly string[]): Fault =>
  (plan: VpcPlan) => ({
    ...plan,
    aws: {
      ...plan.aws,
      policy: {
        ...plan.aws.policy,
        Statement: [...plan.aws.policy.Statement, { Effect: 'Deny', Action: actions, Resource: '*' }],
      },
    },
  })

export const makeDatabase =
  (isStopped: boolean): SetUp =>
  async call => {
    const input = { DBInstanceIdentifier: 'orders', DBInstanceClass: 'db.t3.micro', Engine: 'postgres', Port: '5432' }
    const owner = { AllocatedStorage: '20', MasterUsername: 'lab', MasterUserPassword: 'lab-password' }
    await call('rds', 'CreateDBInstance', { ...input, ...owner })
    if (isStopped) await call('rds', 'StopDBInstance', { DBInstanceIdentifier: 'orders' })
  }

export async function makeInstance(call: SetUpCall): Promise<string> {
  const vpc = idIn(await call('ec2', 'CreateVpc', { CidrBlock: '10.20.0.0/16' }), 'vpcId')
  const subnet = idIn(await call('ec2', 'CreateSubnet', { VpcId: vpc, CidrBlock: '10.20.3.0/24' }), 'subnetId')
  const input = { ImageId: 'ami-12345678', MinCount: '1', MaxCount: '1', SubnetId: subnet, PrivateIpAddress: instanceAddress }
  return idIn(await call('ec2', 'RunInstances', input), 'instanceId')
}

/** An instance that holds the address of web-1.internal. */
export const makeStopped: SetUp = async (call, plan) => {
  const instance = await makeInstance(call)
  await call('ec2', 'StopInstances', { 'InstanceId.1': instance })
  return { hosts: plan.hosts.map(host => (host.name === 'web-1.internal' ? { ...host, instance } : host)) }
}

export function idIn(xml: string, tag: string): string {
  const id = new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(xml)?.[1]
  assert.ok(id, xml.slice(0, 200))
  return id
}

export const ecsTarget = 'AmazonEC2ContainerServiceV20141113'

export const makeService =
  (desiredCount: number): SetUp =>
  async call => {
    const ecs = (operation: string, json: object) => call('ecs', operation, { json, target: ecsTarget })
    await ecs('CreateCluster', { clusterName: 'web' })
    const containerDefinitions = [{ name: 'app', image: 'app', memory: 128 }]
    await ecs('RegisterTaskDefinition', { family: 'app', networkMode: 'awsvpc', containerDefinitions })
    await ecs('CreateService', { cluster: 'web', serviceName: 'api', taskDefinition: 'app', desiredCount })
  }

export const failTask: SetUp = async call => {
  const ecs = (operation: string, json: object) => call('ecs', operation, { json, target: ecsTarget })
  const subnet = idIn(await call('ec2', 'DescribeSubnets', {}), 'subnetId')
  const awsvpcConfiguration = { subnets: [subnet], securityGroups: [] }
  const input = { cluster: 'web', taskDefinition: 'app', launchType: 'FARGATE', networkConfiguration: { awsvpcConfiguration } }
  const started = await ecs('RunTask', input)
  const task = /"(arn:aws:ecs:[^"]+:task\/web\/[^"]+)"/.exec(started)?.[1]
  assert.ok(task, started)
  const reason = `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to do request: Head "https://123456789012.dkr.ecr.${region}.amazonaws.com/v2/app/manifests/latest": dial tcp 10.20.1.32:443: i/o timeout`
  await ecs('StopTask', { cluster: 'web', task, reason })
}

export const scheduleService: SetUp = async call => {
  const aas = (operation: string, json: object) =>
    call('application-autoscaling', operation, { json, target: 'AnyScaleFrontendService' })
  const of = { ServiceNamespace: 'ecs', ResourceId: 'service/web/api', ScalableDimension: 'ecs:service:DesiredCount' }
  await aas('RegisterScalableTarget', { ...of, MinCapacity: 0, MaxCapacity: 0 })
  const timed = { ...of, Timezone: 'Asia/Tokyo' }
  await aas('PutScheduledAction', {
    ...timed,
    ScheduledActionName: 'night',
    Schedule: 'cron(0 20 ? * * *)',
    ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
  })
  await aas('PutScheduledAction', {
    ...timed,
    ScheduledActionName: 'morning',
    Schedule: 'cron(0 7 ? * * *)',
    ScalableTargetAction: { MinCapacity: 1, MaxCapacity: 4 },
  })
}

/** A group of one that is scaled to zero: its instance is gone, and the schedule that brings one back is told. */
export async function makeGroup(call: SetUpCall): Promise<string> {
  const group = { AutoScalingGroupName: 'workers' }
  await call('autoscaling', 'CreateLaunchConfiguration', {
    LaunchConfigurationName: 'workers',
    ImageId: 'ami-12345678',
    InstanceType: 't2.micro',
  })
  await call('autoscaling', 'CreateAutoScalingGroup', {
    ...group,
    LaunchConfigurationName: 'workers',
    MinSize: '0',
    MaxSize: '2',
    DesiredCapacity: '1',
    'AvailabilityZones.member.1': `${region}a`,
  })
  await call('autoscaling', 'PutScheduledUpdateGroupAction', {
    ...group,
    ScheduledActionName: 'morning',
    Recurrence: '0 7 * * *',
    TimeZone: 'Asia/Tokyo',
    DesiredCapacity: '1',
  })
  const described = await call('autoscaling', 'DescribeAutoScalingGroups', { 'AutoScalingGroupNames.member.1': 'workers' })
  const id = idIn(described, 'InstanceId')
  await call('autoscaling', 'SetDesiredCapacity', { ...group, DesiredCapacity: '0' })
  return id
}
