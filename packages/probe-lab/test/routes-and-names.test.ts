// Addresses that no route leads to, names that nobody has, and names that no endpoint covers: whatever looks like them from inside, the
// control plane and the names beside them tell which it is.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Finding, Report } from '@eniprobe/core'
import * as faults from '../src/faults/index.ts'
import type { HostPlan, VpcPlan } from '../src/plan/vpc-plan.ts'
import { networkIds as ids } from '../src/servers/ec2-places.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { assertNoWrongCertain, judgeRun, told } from './judge-run.ts'

const logs = 'logs.ap-northeast-1.amazonaws.com'

/** A private zone of the user's gives the name these addresses. */
function strayRecord(...addresses: readonly string[]) {
  return (plan: VpcPlan): VpcPlan => ({
    ...plan,
    dns: { ...plan.dns, zones: [...plan.dns.zones, { zone: logs, records: { [logs]: addresses } }] },
  })
}

function withHost(host: HostPlan) {
  return (plan: VpcPlan): VpcPlan => ({ ...plan, hosts: [...plan.hosts, host] })
}

const withoutEc2 = faults.interfaceEndpointMissing('ec2')

function of(report: Report, target: string): Finding {
  const found = report.findings.find(finding => finding.targets.includes(target))
  assert.ok(found, told(report.findings))
  return found
}

const gist = ({ causes }: Finding) => causes.map(({ cause, confidence }) => `${cause} ${confidence}`)
const proof = ({ causes }: Finding) => causes[0]?.evidence.map(e => e.says).join('\n') ?? ''

describe('a private address that no route leads to', { concurrency: 2 }, () => {
  const noRoute = (address: string) => new RegExp(`^route table ${ids.routeTable} of ${ids.subnet} has no route to ${address}`)

  test('decides, where a private zone gives it to an AWS name', async t => {
    const vpc = await vpcLab(t, strayRecord('10.99.1.5'))
    if (!vpc) return
    const finding = of(judgeRun(await vpc.eniprobe(['logs', 'sts'])), 'logs')
    assert.deepEqual(gist(finding), ['host-unreachable certain'])
    assert.match(proof(finding), noRoute('10.99.1.5'))
    assert.deepEqual(finding.fix.snippets, {})
  })

  test('decides, where another address of the same name answers', async t => {
    const vpc = await vpcLab(t, strayRecord('10.99.1.5', '10.20.1.21'))
    if (!vpc) return
    assert.deepEqual(gist(of(judgeRun(await vpc.eniprobe(['logs', 'sts'])), 'logs')), ['host-unreachable certain'])
  })

  test('decides for a database of another network', async t => {
    const vpc = await vpcLab(t, withHost({ name: 'pay.internal', addresses: ['10.30.4.5'], port: 5432, serve: 'postgres' }))
    if (!vpc) return
    const finding = of(judgeRun(await vpc.eniprobe(['tcp://pay.internal:5432', 'sts'])), 'tcp://pay.internal:5432')
    assert.deepEqual(gist(finding), ['host-unreachable certain', 'database-stopped possible'])
    assert.match(proof(finding), noRoute('10.30.4.5'))
  })

  test('is one of several where nobody can be asked, and certain nowhere', async t => {
    const vpc = await vpcLab(t, faults.combine(withoutEc2, strayRecord('10.99.1.5')))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['logs', 'sts']))
    assert.ok(gist(of(report, 'logs')).includes('host-unreachable possible'))
    assertNoWrongCertain(report, [])
  })
})

describe('a directory bucket', { concurrency: 2 }, () => {
  const bucket = 's3://data--apne1-az4--x-s3'
  const name = 'data--apne1-az4--x-s3.s3express-apne1-az4.ap-northeast-1.amazonaws.com'
  const express = withHost({ name, addresses: ['151.1.2.4'], port: 443, serve: 'https' })

  test('lacks its own gateway endpoint, though plain S3 passes by another', async t => {
    const vpc = await vpcLab(t, faults.combine(withoutEc2, express))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['s3', bucket]))
    const finding = of(report, bucket)
    assert.equal(gist(finding)[0], 'gateway-endpoint-missing likely')
    assert.match(finding.fix.snippets.cli ?? '', /--service-name com\.amazonaws\.ap-northeast-1\.s3express /)
  })

  test('lacks it for certain where the route table is told, and the gateway of S3 is left alone', async t => {
    const vpc = await vpcLab(t, express)
    if (!vpc) return
    const finding = of(judgeRun(await vpc.eniprobe([bucket])), bucket)
    assert.deepEqual(gist(finding), ['gateway-endpoint-missing certain'])
    assert.match(proof(finding), /has no gateway endpoint for com\.amazonaws\.ap-northeast-1\.s3express/)
    assert.match(finding.fix.snippets.cli ?? '', /^aws ec2 create-vpc-endpoint .*s3express/)
  })
})

describe('a name that a setting chose', { concurrency: 2 }, () => {
  test('and that is no endpoint’s any more is unknown, not hidden', async t => {
    const vpc = await vpcLab(t, plan => plan)
    if (!vpc) return
    const url = 'https://vpce-0abc-def.logs.ap-northeast-1.vpce.amazonaws.com'
    const finding = of(judgeRun(await vpc.eniprobe(['logs', 'sts'], { env: { AWS_ENDPOINT_URL_LOGS: url } })), 'logs')
    assert.equal(gist(finding)[0], 'dns-name-unknown likely')
    assert.match(finding.fix.summary, /^Correct AWS_ENDPOINT_URL_LOGS/)
  })

  test('and that AWS has elsewhere only is unknown, and the setting is to be turned off', async t => {
    const vpc = await vpcLab(t, plan => plan)
    if (!vpc) return
    const finding = of(judgeRun(await vpc.eniprobe(['logs'], { env: { AWS_USE_FIPS_ENDPOINT: 'true' } })), 'logs')
    assert.equal(gist(finding)[0], 'dns-name-unknown likely')
    assert.equal(finding.fix.snippets.cli, 'unset AWS_USE_FIPS_ENDPOINT')
  })

  test('and that has IPv6 addresses too is seen beside the regional name, on a machine without IPv6', async t => {
    const vpc = await vpcLab(t, plan => plan)
    if (!vpc) return
    const finding = of(judgeRun(await vpc.eniprobe(['logs'], { env: { AWS_USE_DUALSTACK_ENDPOINT: 'true' } })), 'logs')
    assert.deepEqual(gist(finding), ['endpoint-name-not-covered certain'])
    assert.match(proof(finding), /logs\.ap-northeast-1\.amazonaws\.com, is private .* and answers/)
  })
})

describe('several faults at once', { concurrency: 2 }, () => {
  test('of two silent endpoints only the one with a closed group is to be opened', async t => {
    const dark = (plan: VpcPlan): VpcPlan => ({ ...plan, deadAddresses: ['10.20.1.21', '10.20.2.21'] })
    const vpc = await vpcLab(t, faults.combine(faults.endpointSecurityGroup('sts'), dark))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['logs', 'sts']))
    assert.deepEqual(gist(of(report, 'sts')), ['endpoint-security-group certain'])
    assert.deepEqual(of(report, 'sts').targets, ['sts'])
    const other = of(report, 'logs')
    assert.equal(other.causes[0]?.confidence, 'possible')
    assert.deepEqual(other.fix.snippets, {})
    assertNoWrongCertain(report, ['endpoint-security-group'])
  })

  test('a network ACL is certain for the endpoint that it splits, and no more than possible for one silent in our own subnet', async t => {
    const dark = (plan: VpcPlan): VpcPlan => ({ ...plan, deadAddresses: ['10.20.1.21', '10.20.2.21'] })
    const vpc = await vpcLab(t, faults.combine(faults.networkAcl(), dark))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['logs', 'sts']))
    assert.deepEqual([of(report, 'sts').targets, gist(of(report, 'sts'))[0]], [['sts'], 'network-acl certain'])
    const suspected = of(report, 'logs').causes.find(({ cause }) => cause === 'network-acl')
    assert.match(suspected?.against[0]?.says ?? '', /our own subnet/)
  })

  test('of two DNS servers the silent one is to be mended, and the other is told to answer', async t => {
    const vpc = await vpcLab(t, plan => ({
      ...plan,
      workload: { ...plan.workload, nameservers: ['192.168.50.53', '10.20.0.2'] },
      dns: { ...plan.dns, customResolver: 'silent' },
    }))
    if (!vpc) return
    const finding = of(judgeRun(await vpc.eniprobe(['logs'])), 'logs')
    assert.equal(finding.causes[0]?.cause, 'dns-server-unreachable')
    assert.match(finding.fix.summary, /^Make the DNS server \(192\.168\.50\.53\) reachable/)
    assert.match(finding.fix.steps[0] ?? '', /^10\.20\.0\.2 does answer/)
  })

  test('a bucket of another region is named in its own client, not in the environment', async t => {
    const vpc = await vpcLab(t, plan => plan)
    if (!vpc) return
    const finding = of(judgeRun(await vpc.eniprobe(['s3://lab-data-elsewhere'])), 's3://lab-data-elsewhere')
    assert.deepEqual(gist(finding), ['region-mismatch certain'])
    assert.doesNotMatch(finding.fix.snippets.cli ?? '', /export/)
    assert.match(finding.fix.steps.join('\n'), /a gateway endpoint serves only its own region/)
  })
})
