// Two faults at once, on different targets of one run: every pair of the commonest is told apart, and neither hides the other.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { combine, type Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { assertNoWrongCertain, judgeRun, told } from './judge-run.ts'

interface Common {
  readonly fault: Fault
  readonly target: string
  readonly cause: string
  /** Causes that may stand first in its place: nothing in band tells them apart. */
  readonly or?: readonly string[]
}

const healthy: Fault = plan => plan
const region = 'ap-northeast-1'

const common: readonly Common[] = [
  {
    fault: faults.interfaceEndpointMissing('logs'),
    target: 'logs',
    cause: 'interface-endpoint-missing',
    or: ['private-dns-disabled'],
  },
  { fault: faults.gatewayEndpointMissing('s3'), target: 's3', cause: 'gateway-endpoint-missing' },
  { fault: faults.endpointSecurityGroup('kms'), target: 'kms', cause: 'endpoint-security-group' },
  { fault: faults.targetSecurityGroup('db.internal'), target: 'tcp://db.internal:5432', cause: 'target-security-group' },
  { fault: healthy, target: 'https://sts.amazonaws.com', cause: 'endpoint-name-not-covered' },
  {
    fault: faults.firewallDropsName(`secretsmanager.${region}.amazonaws.com`),
    target: 'secretsmanager',
    cause: 'firewall-drops-name',
  },
  { fault: faults.webGatewayBlocks(`monitoring.${region}.amazonaws.com`), target: 'monitoring', cause: 'web-gateway-blocks' },
  { fault: faults.identityPolicyDenies('sqs:*'), target: 'sqs', cause: 'identity-policy-denies' },
  { fault: faults.endpointPolicyDenies('ssm:*'), target: 'ssm', cause: 'endpoint-policy-denies' },
  { fault: faults.nothingListens('app.internal'), target: 'tcp://app.internal:443', cause: 'nothing-listens' },
  { fault: healthy, target: 'tcp://gone.internal:5432', cause: 'dns-name-unknown' },
  { fault: healthy, target: 'tls://pypi.org', cause: 'internet-not-reachable' },
]

const pairs = common.flatMap((one, index) => common.slice(index + 1).map(other => [one, other] as const))

describe('every pair of common faults', { concurrency: 8 }, () => {
  for (const pair of pairs)
    test(`${pair.map(({ cause }) => cause).join(' and ')} are both named in one run`, async t => {
      const vpc = await vpcLab(t, combine(...pair.map(({ fault }) => fault)))
      if (!vpc) return
      const report = judgeRun(await vpc.eniprobe([...pair.map(({ target }) => target), 'sts']))
      for (const { target, cause, or = [] } of pair) {
        const covering = report.findings.filter(finding => finding.targets.includes(target))
        assert.equal(covering.length, 1, told(report.findings))
        assert.ok([cause, ...or].includes(covering[0]?.causes[0]?.cause ?? ''), told(report.findings))
      }
      assert.ok(!report.findings.some(({ targets }) => targets.includes('sts')), told(report.findings))
      assertNoWrongCertain(
        report,
        pair.map(({ cause }) => cause),
      )
    })
})
