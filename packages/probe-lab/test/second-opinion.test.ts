// The control plane's second opinion, in a VPC whose ec2 endpoint answers: configuration names the resource and the rule, and the
// finding becomes certain. Denied or silent, it stays likely, and costs nothing worth speaking of.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Finding, Report } from '@eniprobe/core'
import type { Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { networkIds as ids } from '../src/servers/ec2-describe.ts'
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
  },
  'a missing gateway endpoint': {
    fault: faults.gatewayEndpointMissing(),
    args: three,
    cause: 'gateway-endpoint-missing',
    proof: new RegExp(`route table ${ids.routeTable} of ${ids.subnet} has no route to 52\\.219\\.`),
  },
  "an endpoint's closed group": {
    fault: faults.endpointSecurityGroup(),
    args: three,
    cause: 'endpoint-security-group',
    proof: new RegExp(`${ids.closedGroup} on vpce-0lablogs has no ingress for tcp/443 from 10\\.20\\.1\\.10`),
  },
  'own egress to the VPC alone': {
    fault: faults.eniSecurityGroup('vpc-only'),
    args: three,
    cause: 'eni-security-group',
    proof: new RegExp(`${ids.ownGroup} on ${ids.eni} has no egress for tcp/443 to 52\\.219\\.`),
  },
  "a database's closed group": {
    fault: faults.targetSecurityGroup(),
    args: database,
    cause: 'target-security-group',
    proof: new RegExp(`${ids.closedHostGroup} on eni-\\w+ has no ingress for tcp/5432 from 10\\.20\\.1\\.10`),
  },
  'a network ACL that closes the other subnet': {
    fault: faults.networkAcl(),
    args: three,
    cause: 'network-acl',
    proof: new RegExp(`network ACL ${ids.acl} on ${ids.subnet}: outbound entry 50 denies tcp/443 to 10\\.20\\.2\\.\\d+`),
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

describe('with an ec2 endpoint that answers', { concurrency: 4 }, () => {
  for (const [name, { fault, args, cause, proof, also = [] }] of Object.entries(settled))
    test(`configuration makes certain: ${name}`, async t => {
      const vpc = await vpcLab(t, fault)
      if (!vpc) return
      const report = judgeRun(await vpc.eniprobe(args))
      const finding = assertNames(report, cause)
      const named = finding.causes.find(one => one.cause === cause)
      assert.equal(named?.confidence, 'certain', told(report.findings) + asked(report))
      assert.equal(finding.nextStep, null)
      assert.match(named?.evidence[0]?.says ?? '', proof)
      assertNoWrongCertain(report, [cause, ...also])
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
