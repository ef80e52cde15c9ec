import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readDenial } from '../../src/catalog/denial.ts'
import { defaultHost, findService } from '../../src/catalog/index.ts'
import { diagnose } from '../../src/diagnose/index.ts'
import type { CauseCode } from '../../src/model/cause.ts'
import type { AwsObservation } from '../../src/model/observation.ts'
import type { ObservedReport, Report } from '../../src/model/report.ts'
import { readEnvelope } from '../../src/probe/envelope.ts'
import { type Recorded, recorded } from './denial-vectors.ts'

const region = 'eu-west-1'
const account = '111122223333'

const causeOfPolicy: Readonly<Record<string, readonly CauseCode[]>> = {
  identity: ['identity-policy-denies'],
  boundary: ['permissions-boundary-denies'],
  session: ['session-policy-denies'],
  scp: ['scp-denies'],
  rcp: ['rcp-denies'],
  endpoint: ['endpoint-policy-denies'],
  resource: ['resource-policy-denies', 'bucket-policy-denies', 'kms-denies'],
  'role-trust': ['resource-policy-denies'],
}
const causeOfKind: Readonly<Record<string, readonly (CauseCode | undefined)[]>> = {
  expired: ['credentials-expired'],
  'invalid-credentials': ['credentials-invalid'],
  'signature-mismatch': ['credentials-invalid'],
  'malformed-signature': ['credentials-invalid'],
  'not-opted-in': ['region-not-enabled'],
  'clock-skew': ['clock-skew'],
  'region-mismatch': ['region-mismatch'],
  'missing-auth': ['denied-unattributed'],
  'account-not-authorized': ['denied-unattributed'],
  'not-found-or-denied': ['denied-unattributed', 'resource-missing'],
  'not-found': ['resource-missing'],
  'past-authorization': [undefined],
  'dry-run-ok': [undefined],
}

function wantedOf({ truth, body }: Recorded): readonly (CauseCode | undefined)[] {
  if (truth.kind !== 'access-denied') return causeOfKind[truth.kind] ?? []
  if (truth.policyType)
    return /\bkms:/.test(body)
      ? ['kms-denies', ...(causeOfPolicy[truth.policyType] ?? [])]
      : (causeOfPolicy[truth.policyType] ?? [])
  return /kms|KMS/.test(body) ? ['kms-denies', 'denied-unattributed'] : ['denied-unattributed']
}

function reportWith(each: Recorded): ObservedReport {
  const error = readEnvelope({ status: each.status, headers: each.headers, body: Buffer.from(each.body) }, each.protocol)
  assert.ok(error)
  const service = findService(each.service)
  const host = (service && defaultHost(service, region, { accountId: account })) ?? `${each.service}.${region}.amazonaws.com`
  const seen = { action: `${each.service}:Call`, signed: true, signingRegion: region, status: each.status, requestId: 'r-1' }
  const aws: AwsObservation = {
    layer: 'aws',
    address: '10.20.1.20',
    outcome: 'rejected',
    code: error.code,
    ...(error.message === undefined ? {} : { message: error.message }),
    seen: { ...seen, ...(error.region ? { region: error.region } : {}) },
  }
  return denied(host, service?.id ?? null, aws)
}

function denied(host: string, service: string | null, aws: AwsObservation, owner = account): ObservedReport {
  return {
    format: 'eniprobe/1',
    run: { version: '0.1.0', startedAt: '2026-11-23T10:00:00.000Z', durationMs: 1000, deadlineMs: 15000, complete: true },
    vantage: {
      workload: 'ec2',
      region,
      partition: 'aws',
      interfaces: [{ name: 'eth0', address: '10.20.1.10', prefixLength: 24 }],
      resolvers: ['10.20.0.2'],
      proxy: null,
      network: {
        eni: null,
        vpc: null,
        subnet: null,
        subnetCidr: '10.20.1.0/24',
        vpcCidrs: ['10.20.0.0/16'],
        securityGroups: null,
      },
      identity: { arn: `arn:aws:sts::${owner}:assumed-role/workload/session`, account: owner, source: 'imds' },
      internet: 'silent',
      clockSkewMs: null,
      checks: [],
    },
    targets: [
      {
        id: 'target',
        kind: service === null ? 'https' : 'service',
        service,
        host,
        port: 443,
        region,
        wantedBy: ['command-line'],
        observations: [
          { layer: 'dns', outcome: 'answered', seen: { addresses: ['10.20.1.20'], resolver: '10.20.0.2' } },
          { layer: 'tcp', address: '10.20.1.20', outcome: 'answered', seen: { port: 443 } },
          { layer: 'tls', address: '10.20.1.20', outcome: 'answered', seen: { trusted: true } },
          { layer: 'http', address: '10.20.1.20', outcome: 'answered', seen: { status: 403, awsMarks: ['x-amzn-requestid'] } },
          aws,
        ],
      },
    ],
  }
}

function top(report: Report) {
  return report.findings.find(f => f.targets.includes('target'))?.causes[0]
}

describe('a refusal that AWS once gave, through the whole diagnosis', () => {
  for (const each of recorded) {
    it(`${each.name} is named for what it was`, () => {
      const report = diagnose(reportWith(each))
      const first = top(report)?.cause
      assert.ok(wantedOf(each).includes(first), `${first} is not among ${wantedOf(each).join(', ')}`)
      assert.deepEqual(report.unexplained, [])
    })

    it(`${each.name} is not certain where its words are known to mislead`, () => {
      const report = diagnose(reportWith(each))
      const { code, message } = readEnvelope(
        { status: each.status, headers: each.headers, body: Buffer.from(each.body) },
        each.protocol,
      ) ?? { code: '', message: '' }
      const denial = readDenial({ code, message, status: each.status, service: each.service })
      const misleads = denial.caveat !== undefined || (denial.policyType === 'resource' && !denial.explicit)
      if (misleads && denial.kind === 'access-denied' && top(report)?.cause !== 'kms-denies')
        assert.notEqual(top(report)?.confidence, 'certain')
    })
  }

  for (const each of recorded.filter(r => r.truth.kind === 'access-denied')) {
    it(`${each.name} is not certain when the caller is of another account`, () => {
      const report = reportWith(each)
      const elsewhere = {
        ...report,
        vantage: {
          ...report.vantage,
          identity: { arn: 'arn:aws:iam::999999999999:user/u', account: '999999999999', source: 'environment' },
        },
      }
      const aws = elsewhere.targets[0]?.observations.at(-1)
      const hasOwner =
        aws?.outcome === 'rejected' && /resource: "?arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:/.test(aws.message ?? '')
      if (!hasOwner) return
      assert.notEqual(top(diagnose(elsewhere))?.confidence, 'certain')
    })
  }
})

describe('a denial without a reason', () => {
  const bare = (action: string, extra: object = {}): AwsObservation => ({
    layer: 'aws',
    outcome: 'rejected',
    code: 'AccessDenied',
    message: 'Access Denied',
    seen: { action, signed: true, status: 403, ...extra },
  })
  const named = (report: Report) => report.findings[0]?.causes.map(c => c.cause) ?? []

  it('lists who can stand behind it, none of them certain, and asks CloudTrail', () => {
    const report = diagnose(denied(`s3.${region}.amazonaws.com`, 's3', bare('s3:PutObject', { resource: 'orders' })))
    assert.equal(top(report)?.cause, 'denied-unattributed')
    for (const cause of ['kms-denies', 'identity-policy-denies', 'endpoint-policy-denies', 'bucket-policy-denies'] as const)
      assert.ok(named(report).includes(cause), cause)
    assert.match(report.findings[0]?.nextStep?.command ?? '', /cloudtrail lookup-events/)
  })

  it('of the contents of a resource that can be listed points at its key', () => {
    const second: AwsObservation = {
      layer: 'aws',
      variant: 'second-action',
      outcome: 'answered',
      seen: { action: 's3:ListBucket' },
    }
    const report = denied(`s3.${region}.amazonaws.com`, 's3', bare('s3:PutObject', { resource: 'orders' }))
    const [target] = report.targets
    assert.ok(target)
    const listed = { ...report, targets: [{ ...target, observations: [...target.observations, second] }] }
    assert.ok(['kms-denies', 'denied-unattributed'].includes(top(diagnose(listed))?.cause ?? ''))
    assert.ok(named(diagnose(listed)).slice(0, 2).includes('kms-denies'))
  })

  it('of sts:GetCallerIdentity, which no identity policy can deny, points at the endpoint policy', () => {
    const report = diagnose(denied(`sts.${region}.amazonaws.com`, 'sts', bare('sts:GetCallerIdentity')))
    assert.equal(top(report)?.cause, 'endpoint-policy-denies')
    assert.ok(!named(report).includes('identity-policy-denies'))
  })
})
