// `eniprobe` alone: what kind of compute this is, where it stands and what it needs is found without being told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fault } from '../src/faults/fault.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { onEksPodIdentity, onFargate, onLambda, onSageMakerStudio } from '../src/workloads.ts'
import { readReport } from './judge-run.ts'

interface Kind {
  readonly workload: string
  readonly on: Fault
  readonly regionFrom: string
  readonly credentials: string
  readonly needs: readonly string[]
}

const kinds: readonly Kind[] = [
  { workload: 'ec2', on: plan => plan, regionFrom: 'AWS_REGION', credentials: 'imds', needs: ['s3', 'sts'] },
  { workload: 'lambda', on: onLambda, regionFrom: 'AWS_REGION', credentials: 'environment', needs: ['s3', 'lambda'] },
  {
    workload: 'ecs-fargate',
    on: onFargate,
    regionFrom: 'AWS_REGION',
    credentials: 'container',
    needs: ['logs', 'secretsmanager'],
  },
  { workload: 'eks-pod', on: onEksPodIdentity(), regionFrom: 'AWS_REGION', credentials: 'container', needs: ['eks-auth', 'sts'] },
  {
    workload: 'sagemaker-studio',
    on: onSageMakerStudio,
    regionFrom: 'resource-metadata.json',
    credentials: 'container',
    needs: ['sagemaker.api', 'sagemaker.runtime', 's3'],
  },
]

for (const { workload, on, regionFrom, credentials, needs } of kinds)
  test(`on ${workload} the region, the credentials and the needs are found with no arguments`, async t => {
    const vpc = await vpcLab(t, on)
    if (!vpc) return
    const { vantage, targets } = readReport(await vpc.eniprobe([]))
    assert.equal(vantage.workload, workload, JSON.stringify(vantage.signs))
    assert.equal(vantage.region, vpc.plan.region)
    assert.equal(vantage.regionFrom, regionFrom)
    assert.equal(vantage.credentials?.source, credentials)
    assert.equal(vantage.identity?.account, vpc.plan.aws.account)
    const planned = targets.filter(target => target.wantedBy.includes(workload)).map(({ id }) => id)
    assert.deepEqual(
      needs.filter(id => !planned.includes(id)),
      [],
      planned.join(' '),
    )
  })

test('an instance tells its interface, subnet, VPC, security groups and role', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const { vantage } = readReport(await vpc.eniprobe(['sts']))
  assert.deepEqual(
    vantage.interfaces
      .filter(({ address }) => !address.startsWith('fe80:'))
      .map(({ name, address, prefixLength }) => ({ name, address, prefixLength })),
    [{ name: 'eth0', address: '10.20.1.10', prefixLength: 24 }],
  )
  const { eni, vpc: vpcId, subnet, subnetCidr, vpcCidrs, securityGroups } = vantage.network
  assert.match(`${eni} ${vpcId} ${subnet} ${securityGroups}`, /^eni-\w+ vpc-\w+ subnet-\w+ sg-\w+$/)
  assert.deepEqual([subnetCidr, vpcCidrs], ['10.20.1.0/24', ['10.20.0.0/16']])
  const get = vantage.checks?.find(({ check }) => check === 'imds-get')
  assert.equal(get?.seen?.role, vpc.plan.aws.principal)
})

test('a short name is looked for in the search domains, as the C library does', async t => {
  const name = 'short.ap-northeast-1.compute.internal'
  const vpc = await vpcLab(t, plan => ({
    ...plan,
    hosts: [...plan.hosts, { name, addresses: ['10.20.3.30'], port: 5432, serve: 'postgres' }],
  }))
  if (!vpc) return
  const { targets } = readReport(await vpc.eniprobe(['tcp://short:5432']))
  assert.equal(targets[0]?.verdict, 'healthy')
  const dns = targets[0]?.observations.find(o => o.layer === 'dns' && o.outcome === 'answered')
  assert.equal(dns?.outcome === 'answered' && dns.layer === 'dns' && dns.seen.name, name)
})

test('metadata that is not there is asked once, and not waited for where the environment tells the workload', async t => {
  const vpc = await vpcLab(t, onLambda)
  if (!vpc) return
  const { vantage, targets } = readReport(await vpc.eniprobe([]))
  assert.ok(!vantage.checks?.some(({ check }) => check === 'imds-get'))
  const firstAsked = Math.min(...targets.flatMap(({ observations }) => observations.flatMap(o => o.startMs ?? [])))
  const token = vantage.checks?.find(({ check }) => check === 'imds-token')
  assert.ok(token === undefined || firstAsked < (token.durationMs ?? 0), `names were asked for from ${firstAsked} ms on`)
})
