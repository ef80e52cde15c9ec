// What two reports side by side say: each conclusion by the difference that it is drawn from.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareReports, diagnose, type NamedReport, type Observation, ProbeUsageError } from '../../src/index.ts'
import { decodeReport } from '../../src/report/decode.ts'

interface Seen {
  readonly addresses: readonly string[]
  readonly tcp: 'answered' | 'silent'
  readonly scope?: 'vpc' | 'public'
  readonly denied?: boolean
}

interface Place {
  readonly vpc?: string | null
  readonly subnet?: string | null
  readonly groups?: readonly string[] | null
  readonly resolver?: string
  readonly arn?: string
  readonly at?: string
}

function report(name: string, seen: Readonly<Record<string, Seen>>, place: Place = {}): NamedReport {
  const { vpc = 'vpc-1', subnet = 'subnet-1', groups = ['sg-1'], resolver = '10.0.0.2', at = '2026-01-01T00:00:00.000Z' } = place
  const arn = place.arn ?? 'arn:aws:sts::123456789012:assumed-role/app/one'
  const text = JSON.stringify({
    format: 'eniprobe/1',
    run: { startedAt: at },
    vantage: {
      region: 'eu-west-1',
      resolvers: [resolver],
      network: { vpc, subnet, securityGroups: groups, vpcCidrs: ['10.0.0.0/16'] },
      identity: { arn, account: '123456789012', source: 'imds' },
    },
    targets: Object.entries(seen).map(([id, one]) => ({
      id,
      service: id,
      host: `${id}.eu-west-1.amazonaws.com`,
      region: 'eu-west-1',
      observations: observe(one, resolver),
    })),
  })
  return { name, report: diagnose(decodeReport(text)) }
}

function observe({ addresses, tcp, scope = 'vpc', denied }: Seen, resolver: string): Observation[] {
  const dns: Observation = { layer: 'dns', outcome: 'answered', seen: { addresses, resolver, scope } }
  if (tcp === 'silent')
    return [
      dns,
      ...addresses.map((address): Observation => ({ layer: 'tcp', address, outcome: 'silent', waitedMs: 3000, tries: 3 })),
    ]
  return [
    dns,
    ...addresses.map((address): Observation => ({ layer: 'tcp', address, outcome: 'answered', seen: {} })),
    { layer: 'tls', outcome: 'answered', seen: { trusted: true } },
    { layer: 'http', outcome: 'answered', seen: { status: 404, awsMarks: ['x-amzn-requestid'] } },
    denied
      ? { layer: 'aws', outcome: 'rejected', code: 'AccessDenied', seen: { action: `x:List`, signed: true } }
      : { layer: 'aws', outcome: 'answered', seen: { action: 'x:List', signed: true, status: 200 } },
  ]
}

const works: Seen = { addresses: ['10.0.9.5'], tcp: 'answered' }
const silent: Seen = { addresses: ['10.0.9.5'], tcp: 'silent' }
const isPublic: Seen = { addresses: ['3.5.0.1'], tcp: 'silent', scope: 'public' }

function only(reports: readonly NamedReport[]) {
  const { conclusions } = compareReports(reports)
  assert.equal(conclusions.length, 1, JSON.stringify(conclusions))
  const [one] = conclusions
  assert.ok(one)
  return one
}

describe('what a difference between two places says', () => {
  it('the same address is silent from another subnet with the same groups: its network ACL, or an endpoint that admits addresses', () => {
    const one = only([
      report('a', { logs: works, sts: works }),
      report('b', { logs: silent, sts: silent }, { subnet: 'subnet-2' }),
    ])
    assert.deepEqual(one.causes, ['network-acl', 'endpoint-security-group'])
    assert.deepEqual(one.ruledOut, ['nothing-listens', 'endpoint-not-ready'])
    assert.deepEqual([one.targets, one.works, one.fails], [['logs', 'sts'], ['A'], ['B']])
    assert.match(one.says, /logs\.eu-west-1\.amazonaws\.com, sts\.eu-west-1\.amazonaws\.com answers A and is silent to B/)
  })

  it('the same subnet and other groups: a group', () => {
    const one = only([report('a', { logs: works }), report('b', { logs: silent }, { groups: ['sg-2'] })])
    assert.deepEqual(one.causes, ['eni-security-group', 'endpoint-security-group'])
  })

  it('groups that nobody knows are not taken for the same', () => {
    const one = only([
      report('a', { logs: works }, { groups: null }),
      report('b', { logs: silent }, { groups: null, subnet: 'subnet-2' }),
    ])
    assert.ok(one.causes.includes('eni-security-group'))
  })

  it('the same place at another time: something changed, and nothing is ruled out', () => {
    const one = only([report('a', { logs: works }, { at: '2026-01-02T00:00:00.000Z' }), report('b', { logs: silent })])
    assert.equal(one.phrase.key, 'tcp.changed')
    assert.deepEqual(one.ruledOut, [])
  })

  it('runs a day apart rule nothing out, whatever else differs', () => {
    const one = only([
      report('a', { logs: works }),
      report('b', { logs: silent }, { subnet: 'subnet-2', at: '2026-01-02T00:00:00.000Z' }),
    ])
    assert.deepEqual(one.ruledOut, [])
  })

  it('private in one VPC and public in another: the endpoint is in one of them', () => {
    const one = only([report('a', { logs: works }), report('b', { logs: isPublic }, { vpc: 'vpc-2', subnet: 'subnet-2' })])
    assert.deepEqual(one.causes, ['interface-endpoint-missing', 'private-dns-disabled'])
  })

  it('private and public in one VPC by different servers: the server', () => {
    const one = only([report('a', { logs: works }), report('b', { logs: isPublic }, { resolver: '10.0.5.5' })])
    assert.equal(one.causes[0], 'custom-dns-bypasses-vpc')
  })

  it('a gateway that one subnet has: the route table of the other', () => {
    const gateway: Seen = { addresses: ['3.5.0.1'], tcp: 'answered', scope: 'public' }
    const one = only([report('a', { s3: gateway }), report('b', { s3: isPublic }, { subnet: 'subnet-2' })])
    assert.equal(one.causes[0], 'gateway-endpoint-missing')
  })

  it('let in from one VPC and refused from another, with one identity: a policy that looks at the way', () => {
    const refused: Seen = { ...works, denied: true }
    const one = only([
      report('a', { logs: works }),
      report('b', { logs: refused }, { vpc: 'vpc-2', arn: 'arn:aws:sts::123456789012:assumed-role/app/two' }),
    ])
    assert.equal(one.phrase.key, 'aws.otherEndpoint')
    assert.ok(one.causes.includes('endpoint-policy-denies'))
  })

  it('of several places, the one that shares most is what a failure is held against', () => {
    const far = report('far', { logs: works }, { vpc: 'vpc-9', subnet: 'subnet-9', groups: ['sg-9'] })
    const near = report('near', { logs: works }, { subnet: 'subnet-2' })
    const one = only([far, near, report('bad', { logs: silent })])
    assert.deepEqual([one.works, one.fails], [['B'], ['C']])
  })

  it('a cause over many places is told once, with where it is', () => {
    const bad = (name: string) => report(name, { logs: isPublic, sts: works })
    const { causes } = compareReports([report('a', { logs: works, sts: works }), bad('b'), bad('c')])
    const logs = causes.flatMap(({ where }) => where.logs ?? [])
    assert.deepEqual(logs, ['B', 'C'])
  })

  it('speaks Japanese with the same codes', () => {
    const reports = [report('a', { logs: works }), report('b', { logs: silent }, { subnet: 'subnet-2' })]
    const [english, japanese] = [compareReports(reports), compareReports(reports, { language: 'ja' })]
    assert.match(japanese.conclusions[0]?.says ?? '', /無応答/)
    const silence = (c: typeof english) => ({ ...c, conclusions: c.conclusions.map(({ says: _, ...rest }) => rest) })
    assert.deepEqual(silence(japanese), silence(english))
  })

  it('a target that only one of them looked at is no difference of the network', () => {
    const { targets, conclusions } = compareReports([report('a', { logs: works, sts: silent }), report('b', { logs: works })])
    assert.deepEqual(
      targets.map(({ differs }) => differs),
      [false, false],
    )
    assert.deepEqual(conclusions, [])
  })

  it('one report cannot be compared', () => {
    assert.throws(() => compareReports([report('a', {})]), ProbeUsageError)
  })
})
