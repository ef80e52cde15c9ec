// The control plane's second opinion, in a VPC whose ec2 endpoint answers: configuration names the resource and the rule, and the
// finding becomes certain. Denied or silent, it stays likely, and costs nothing worth speaking of.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Finding, Report } from '@eniprobe/core'
import type { Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { networkIds as ids } from '../src/servers/ec2-places.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { assertNoWrongCertain, judgeRun, told } from './judge-run.ts'

const three = ['logs', 'sts', 's3']
const database = ['tcp://db.internal:5432', 'logs', 'sts']

interface Case {
  readonly fault: Fault
  readonly args: readonly string[]
  readonly cause: string
  /** What the first sentence of proof must name. */
  readonly proof: RegExp
  /** The command that mends it, with real ids. */
  readonly fix?: RegExp
  readonly also?: readonly string[]
}

const settled: Readonly<Record<string, Case>> = {
  'a missing interface endpoint': {
    fault: faults.interfaceEndpointMissing(),
    args: three,
    cause: 'interface-endpoint-missing',
    proof: new RegExp(`${ids.vpc} has no endpoint for com\\.amazonaws\\.ap-northeast-1\\.logs`),
  },
  'private DNS that is off': {
    fault: faults.privateDnsDisabled(),
    args: three,
    cause: 'private-dns-disabled',
    proof: /vpce-0lablogs .*private DNS is off/,
    fix: /--vpc-endpoint-id vpce-0lablogs /,
  },
  'a missing gateway endpoint': {
    fault: faults.gatewayEndpointMissing(),
    args: three,
    cause: 'gateway-endpoint-missing',
    proof: new RegExp(`route table ${ids.routeTable} of ${ids.subnet} has no route to 52\\.219\\.`),
    fix: new RegExp(`--route-table-ids ${ids.routeTable}$`),
  },
  "an endpoint's closed group": {
    fault: faults.endpointSecurityGroup(),
    args: three,
    cause: 'endpoint-security-group',
    proof: new RegExp(`${ids.closedGroup} on vpce-0lablogs has no ingress for tcp/443 from 10\\.20\\.1\\.10`),
    fix: new RegExp(`--group-id ${ids.closedGroup} .*--source-group ${ids.ownGroup}`),
  },
  'own egress to the VPC alone': {
    fault: faults.eniSecurityGroup('vpc-only'),
    args: three,
    cause: 'eni-security-group',
    proof: new RegExp(`${ids.ownGroup} on ${ids.eni} has no egress for tcp/443 to 52\\.219\\.`),
    fix: new RegExp(`--group-id ${ids.ownGroup} .*PrefixListId=${ids.s3List}`),
  },
  "a database's closed group": {
    fault: faults.targetSecurityGroup(),
    args: database,
    cause: 'target-security-group',
    proof: new RegExp(`${ids.closedHostGroup} on eni-\\w+ has no ingress for tcp/5432 from 10\\.20\\.1\\.10`),
    fix: new RegExp(`--group-id ${ids.closedHostGroup} --protocol tcp --port 5432`),
  },
  'a network ACL that closes the other subnet': {
    fault: faults.networkAcl(),
    args: three,
    cause: 'network-acl',
    proof: new RegExp(`network ACL ${ids.acl} on ${ids.subnet}: outbound entry 50 denies tcp/443 to 10\\.20\\.2\\.\\d+`),
    fix: new RegExp(`--network-acl-id ${ids.acl} --egress --rule-number 49 .*--cidr-block 10\\.20\\.2\\.0/24 `),
  },
  'a network ACL that loses replies': {
    fault: faults.networkAcl('ephemeral-ports'),
    args: three,
    cause: 'network-acl',
    proof: new RegExp(`network ACL ${ids.acl} on ${ids.subnet}: inbound entry 5\\d denies tcp/32768-60999 from`),
  },
  'a network ACL that closes the ranges of S3': {
    fault: faults.networkAcl('s3-ranges'),
    args: three,
    cause: 'network-acl',
    proof: new RegExp(`network ACL ${ids.acl} on ${ids.subnet}: outbound entry 50 denies tcp/443 to 52\\.219\\.`),
  },
  'no way to the internet': {
    fault: plan => plan,
    args: ['tls://pypi.org', 'logs', 'sts'],
    cause: 'internet-not-reachable',
    proof: new RegExp(`route table ${ids.routeTable} of ${ids.subnet} has no route to 151\\.101\\.`),
  },
  'a host of another region': {
    fault: plan => plan,
    args: ['https://logs.us-east-1.amazonaws.com', 'logs', 'sts'],
    cause: 'other-region',
    proof: /has no route to/,
    also: ['internet-not-reachable'],
  },
  'an endpoint policy': {
    fault: faults.endpointPolicyDenies(),
    args: three,
    cause: 'endpoint-policy-denies',
    proof: /vpce-0lablogs has no statement that allows logs:/,
  },
}

describe('with an ec2 endpoint that answers', { concurrency: 3 }, () => {
  for (const [name, { fault, args, cause, proof, fix, also = [] }] of Object.entries(settled))
    test(`configuration makes certain: ${name}`, async t => {
      const vpc = await vpcLab(t, fault)
      if (!vpc) return
      const report = judgeRun(await vpc.eniprobe(args))
      const finding = assertNames(report, cause)
      const named = finding.causes.find(one => one.cause === cause)
      assert.equal(named?.confidence, 'certain', told(report.findings) + asked(report))
      assert.equal(finding.nextStep, null)
      assert.match(named?.evidence[0]?.says ?? '', proof)
      if (fix) assert.match(finding.fix.snippets.cli ?? '', fix)
      assertNoWrongCertain(report, [cause, ...also])
    })
})

/** A run that has silence in it takes 3.2 s whoever is asked. */
const withoutConfirm = ['--no-confirm']

describe('without an answer of the control plane', { concurrency: 3 }, () => {
  test('denied, the finding stays likely and names the permission that would settle it', async t => {
    const vpc = await vpcLab(t, faults.combine(faults.endpointSecurityGroup(), faults.identityPolicyDenies('ec2:*')))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(three))
    const finding = assertNames(report, 'endpoint-security-group')
    assert.equal(finding.causes[0]?.confidence, 'likely', told(report.findings))
    assert.match(finding.nextStep?.summary ?? '', /ec2:DescribeNetworkInterfaces/)
    assert.ok(report.controlPlane?.asked.some(call => call.outcome === 'rejected' && call.code === 'UnauthorizedOperation'))
  })

  test('denied in part, what was told proves nothing beyond itself', async t => {
    const vpc = await vpcLab(
      t,
      faults.combine(faults.endpointSecurityGroup(), faults.identityPolicyDenies('ec2:DescribeNetworkAcls')),
    )
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(three))
    const finding = assertNames(report, 'endpoint-security-group')
    assert.equal(finding.causes[0]?.confidence, 'likely', told(report.findings))
    assert.match(finding.causes[0]?.evidence[0]?.says ?? '', /has no ingress for tcp\/443/)
    assert.match(finding.nextStep?.summary ?? '', /ec2:DescribeNetworkAcls/)
  })

  test('silent, the finding stays likely and the run is not longer', async t => {
    const vpc = await vpcLab(t, faults.combine(faults.interfaceEndpointMissing('ec2'), faults.interfaceEndpointMissing()))
    if (!vpc) return
    const plain = judgeRun(await vpc.eniprobe([...three, ...withoutConfirm]))
    const asking = judgeRun(await vpc.eniprobe(three))
    assert.equal(plain.controlPlane, undefined)
    const [call, ...more] = asking.controlPlane?.asked ?? []
    assert.ok(call && ['silent', 'skipped'].includes(call.outcome), asked(asking))
    assert.ok(more.every(other => other.outcome === call.outcome))
    assert.equal(assertNames(asking, 'interface-endpoint-missing').causes[0]?.confidence, 'likely')
    // Known to be silent before the climbs have ended: nothing is waited for again.
    const costMs = asking.run.durationMs - plain.run.durationMs
    t.diagnostic(`${plain.run.durationMs} ms without, ${asking.run.durationMs} ms with: ${costMs} ms`)
    assert.ok(costMs < 1000, `${costMs} ms longer`)
  })

  test('where all is well, nobody is asked and no packet leaves for it', async t => {
    // No endpoint for ec2: a connection to it could only be one that the second opinion made.
    const vpc = await vpcLab(t, faults.interfaceEndpointMissing('ec2'))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(three))
    assert.deepEqual(report.findings, [])
    assert.equal(report.controlPlane, undefined)
  })
})

describe('configuration and packets', () => {
  test('that disagree are both told, and nothing is certain', async t => {
    // A firewall on the database's host: no group, ACL or route knows of it.
    const vpc = await vpcLab(t, plan => ({ ...plan, deadAddresses: [...plan.deadAddresses, '10.20.3.9'] }))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(database))
    assertNoWrongCertain(report, [])
    const [finding] = report.findings
    assert.deepEqual(finding?.targets, ['tcp://db.internal:5432'], told(report.findings))
    assert.equal(finding?.causes[0]?.cause, 'database-stopped', told(report.findings))
    assert.match(finding?.causes[0]?.evidence.map(e => e.says).join(' ') ?? '', /lets tcp\/5432 to 10\.20\.3\.9 through/)
    const group = finding?.causes.find(one => one.cause === 'target-security-group')
    assert.equal(group?.confidence, 'possible')
    assert.match(group?.against[0]?.says ?? '', new RegExp(`${ids.openGroup} on eni-\\w+ admits tcp/5432 from 10\\.20\\.1\\.10`))
    assert.match(finding?.nextStep?.command ?? '', /describe-flow-logs/)
  })

  test('two faults at once are both told, each with its rule', async t => {
    const vpc = await vpcLab(t, faults.combine(faults.gatewayEndpointMissing(), faults.networkAcl('s3-ranges')))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(three))
    const finding = assertNames(report, 'gateway-endpoint-missing')
    const sure = finding.causes.filter(one => one.confidence === 'certain').map(one => one.cause)
    assert.deepEqual([...sure].sort(), ['gateway-endpoint-missing', 'network-acl'], told(report.findings))
    assert.match(finding.fix.steps.join(' '), /network-acl/)
  })

  test('the private names that the attributes of the VPC turn off are named by an API reached at its own name', async t => {
    const vpc = await vpcLab(t, faults.vpcDnsAttributesOff())
    if (!vpc) return
    const url = 'https://vpce-0labec2-abcd.ec2.ap-northeast-1.vpce.amazonaws.com'
    const report = judgeRun(await vpc.eniprobe(three, { env: { AWS_ENDPOINT_URL_EC2: url } }))
    const finding = assertNames(report, 'vpc-dns-attributes-off')
    assert.equal(finding.causes[0]?.confidence, 'certain', told(report.findings) + asked(report))
    assert.match(finding.causes[0]?.evidence[0]?.says ?? '', /enableDnsHostnames of vpc-\w+ is off/)
  })
})

function assertNames(report: Report, cause: string): Finding {
  const finding = report.findings.find(one => one.causes[0]?.cause === cause || one.causes.some(each => each.cause === cause))
  assert.ok(finding, told(report.findings) + asked(report))
  return finding
}

function asked({ controlPlane }: Report): string {
  return `\nasked: ${controlPlane?.asked.map(call => `${call.action} ${call.outcome} ${call.code ?? ''}`).join(', ')}`
}
