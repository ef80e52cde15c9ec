// A private address that is not of this VPC: where the route table leads nowhere, that decides; where it is not known to, nothing does.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { ControlPlane, RouteFacts } from '../../src/model/control-plane.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ObservedReport } from '../../src/model/report.ts'
import type { ObservedTarget } from '../../src/model/target.ts'
import type { Vantage } from '../../src/model/vantage.ts'
import { decodeReport } from '../../src/report/decode.ts'

const folder = new URL('../../../test/scenarios/', import.meta.url)
const observed: ObservedReport = decodeReport(
  readFileSync(new URL('endpoint-group-told-by-configuration/report.json', folder), 'utf8'),
)
const told = observed.controlPlane as ControlPlane
const [logs, sts] = observed.targets as [ObservedTarget, ObservedTarget]
const account = '123456789012'

function silent(address: string, port = 443): Observation {
  return { layer: 'tcp', address, outcome: 'silent', waitedMs: 3000, tries: 3, seen: { port } }
}

function answered(address: string): Observation {
  return { layer: 'tcp', address, outcome: 'answered', seen: { port: 443 } }
}

function resolving(target: ObservedTarget, addresses: readonly string[], ...tcp: readonly Observation[]): ObservedTarget {
  const seen = { name: target.host, addresses, resolver: '10.20.0.2' }
  return { ...target, observations: [{ layer: 'dns', outcome: 'answered', seen }, ...tcp] }
}

const strayLogs = resolving(logs, ['10.99.1.5'], silent('10.99.1.5'))
const pay = resolving(
  { ...logs, id: 'tcp://pay.internal:5432', kind: 'tcp', service: null, host: 'pay.internal', port: 5432 },
  ['10.30.4.5'],
  silent('10.30.4.5', 5432),
)

interface World {
  readonly routes?: readonly RouteFacts[]
  readonly owner?: string
  readonly vantage?: Partial<Vantage>
  readonly more?: Partial<ControlPlane>
  readonly beside?: readonly ObservedTarget[]
}

const local: RouteFacts = { to: '10.20.0.0/16', via: 'local', isBlackhole: false }
const by = (via: string, isBlackhole = false, to = '10.0.0.0/8'): RouteFacts => ({ to, via, isBlackhole })

function findingOn(target: ObservedTarget, world: World | 'nobody told', vantage: Partial<Vantage> = {}): Finding {
  const given = world === 'nobody told' ? {} : world
  const { controlPlane: _, ...alone } = observed
  const routeTables = [{ id: 'rtb-1', vpc: 'vpc-0b1c2d3e4f5061728', isMain: true, subnets: [], routes: given.routes ?? [local] }]
  const vpcs = told.vpcs?.map(vpc => ({ ...vpc, owner: given.owner ?? account })) ?? []
  const plane = { ...told, vpcs, routeTables, ...given.more }
  const report = diagnose({
    ...alone,
    vantage: { ...observed.vantage, ...given.vantage, ...vantage },
    targets: [target, ...(given.beside ?? [sts])],
    ...(world !== 'nobody told' && { controlPlane: plane }),
  })
  const found = report.findings.find(finding => finding.targets.includes(target.id))
  assert.ok(found)
  return found
}

const gist = ({ causes }: Finding) => causes.map(({ cause, confidence }) => `${cause} ${confidence}`)
const proof = ({ causes }: Finding) => causes[0]?.evidence.map(e => e.says).join('\n') ?? ''

describe('an address beyond the VPC that no route leads to', () => {
  it('of an AWS name is unreachable for certain, and no group is to be opened', () => {
    const finding = findingOn(strayLogs, {})
    assert.deepEqual(gist(finding), ['host-unreachable certain'])
    assert.match(proof(finding), /^route table rtb-1 of subnet-\w+ has no route to 10\.99\.1\.5\n/)
    assert.match(proof(finding), /10\.99\.1\.5 lies outside of this VPC \(10\.20\.0\.0\/16\)/)
    assert.deepEqual(finding.fix.snippets, {})
    assert.match(finding.fix.steps.join(' '), /private hosted zone/)
    assert.match(finding.fix.steps.join(' '), /vpce-090f9c2de20c73027/)
    const ruledOut = finding.excluded?.map(({ cause }) => cause) ?? []
    for (const cause of ['endpoint-security-group', 'network-acl', 'eni-security-group', 'endpoint-not-ready'] as const)
      assert.ok(ruledOut.includes(cause), cause)
  })

  it('beside an address that answers is why the other is silent', () => {
    const mixed = resolving(logs, ['10.99.1.5', '10.20.1.21'], silent('10.99.1.5'), answered('10.20.1.21'))
    assert.deepEqual(gist(findingOn(mixed, {})), ['host-unreachable certain'])
  })

  it('of a database is unreachable for certain; that it may be stopped beside is said', () => {
    const finding = findingOn(pay, {})
    assert.deepEqual(gist(finding), ['host-unreachable certain', 'database-stopped possible'])
    assert.doesNotMatch(JSON.stringify(finding.fix.snippets), /authorize/)
  })

  it('because the gateway of its route is gone is just as unreachable', () => {
    const finding = findingOn(pay, { routes: [local, by('tgw-1', true)] })
    assert.equal(gist(finding)[0], 'host-unreachable certain')
    assert.match(proof(finding), /leads to tgw-1, which is gone/)
  })

  it('is as certain beside a bridge for containers that has another range', () => {
    const docker = { name: 'docker0', address: '172.17.0.1', prefixLength: 16 }
    const vantage = { interfaces: [...observed.vantage.interfaces, docker] }
    assert.equal(gist(findingOn(strayLogs, { vantage }))[0], 'host-unreachable certain')
  })

  it('beside a silent address of the VPC is told with whatever is why of that one', () => {
    const both = resolving(logs, ['10.99.1.5', '10.20.1.21'], silent('10.99.1.5'), silent('10.20.1.21'))
    const finding = findingOn(both, {})
    assert.match(JSON.stringify(finding.causes), /has no route to 10\.99\.1\.5/)
    assert.ok(!gist(finding).some(each => each === 'host-unreachable certain'), gist(finding).join())
  })

  it('is one fault of two where own egress is closed as well', () => {
    const securityGroups =
      told.securityGroups?.map(group => ({ ...group, egress: [{ protocol: '-1', peers: ['10.20.0.0/16'] }] })) ?? []
    const finding = findingOn(strayLogs, { more: { securityGroups } })
    assert.deepEqual(gist(finding).sort(), ['eni-security-group certain', 'host-unreachable certain'])
  })

  const doubtful: Readonly<Record<string, readonly [ObservedTarget, World]>> = {
    'in a VPC that another account shares with us': [strayLogs, { owner: '999999999999' }],
    'where a tunnel of this machine may carry it': [
      strayLogs,
      { vantage: { interfaces: [...observed.vantage.interfaces, { name: 'wg0', address: '10.8.0.2', prefixLength: 32 }] } },
    ],
    'where a second interface, of another VPC, may carry it': [
      strayLogs,
      { vantage: { interfaces: [...observed.vantage.interfaces, { name: 'eth1', address: '10.99.7.9', prefixLength: 24 }] } },
    ],
    'from a container, whose machine turns addresses into others': [
      pay,
      {
        vantage: { interfaces: [{ name: 'eth0', address: '172.17.0.2', prefixLength: 16 }] },
      },
    ],
    'that a bridge of this machine holds': [
      pay,
      { vantage: { interfaces: [...observed.vantage.interfaces, { name: 'docker0', address: '10.30.0.1', prefixLength: 16 }] } },
    ],
    'of a service in a cluster, whose node turns it into another': [
      pay,
      { vantage: { searchDomains: ['default.svc.cluster.local', 'svc.cluster.local'] } },
    ],
    'whose DNS server has such an address itself, and answers': [strayLogs, { vantage: { resolvers: ['172.20.0.10'] } }],
    'where another such address answered in this run': [
      strayLogs,
      { beside: [sts, resolving(sts, ['172.16.9.9'], answered('172.16.9.9'))].map((t, i) => ({ ...t, id: `t${i}` })) },
    ],
    'by a NAT gateway, whose own subnet may have a way': [strayLogs, { routes: [local, by('nat-1', false, '0.0.0.0/0')] }],
    'by an internet gateway, the default route of its subnet': [pay, { routes: [local, by('igw-1', false, '0.0.0.0/0')] }],
    'where interfaces were not told, and a second one may carry it': [
      pay,
      {
        more: { interfaces: [] },
        vantage: { interfaces: [...observed.vantage.interfaces, { name: 'eth1', address: '10.20.9.9', prefixLength: 24 }] },
      },
    ],
    'of a range that clusters give to services': [
      resolving({ ...pay, host: '172.20.0.1' }, ['172.20.0.1'], silent('172.20.0.1')),
      { vantage: { workload: 'ec2' } },
    ],
    'by a transit gateway, whose routes are not told': [strayLogs, { routes: [local, by('tgw-1')] }],
  }
  it('except by the default route to the internet, which leads to no private address, is likely so', () => {
    for (const gateway of ['nat-1', 'igw-1'])
      assert.equal(
        gist(findingOn(pay, { routes: [local, by(gateway, false, '0.0.0.0/0')] }))[0],
        'host-unreachable likely',
        gateway,
      )
  })

  for (const [when, [target, world]] of Object.entries(doubtful))
    it(`${when} is not certainly unreachable, and nothing else is certain`, () => {
      const finding = findingOn(target, world)
      assert.ok(!gist(finding).some(each => each.endsWith('certain')), gist(finding).join())
      assert.ok(
        gist(finding).some(each => each.startsWith('host-unreachable')),
        gist(finding).join(),
      )
    })

  it('by a transit gateway is not first of all unrouted: the route is told against that', () => {
    const finding = findingOn(strayLogs, { routes: [local, by('tgw-1')] })
    assert.notEqual(finding.causes[0]?.cause, 'host-unreachable')
    const unreachable = finding.causes.find(({ cause }) => cause === 'host-unreachable')
    assert.match(unreachable?.against[0]?.says ?? '', /sends 10\.99\.1\.5 by 10\.0\.0\.0\/8 to tgw-1/)
    // The group of an endpoint of this VPC is none that decides over there.
    assert.doesNotMatch(JSON.stringify(finding.fix), /sg-0f1e2d3c4b5a69788/)
  })
})

describe('an address beyond the VPC of which nobody told the routes', () => {
  it('of an AWS name may be without a way, and as well be closed over there', () => {
    const finding = findingOn(strayLogs, 'nobody told')
    assert.equal(gist(finding)[0], 'endpoint-security-group likely')
    assert.ok(gist(finding).includes('host-unreachable possible'))
    assert.match(finding.nextStep?.command ?? '', /describe-route-tables/)
  })

  it('of any other host may be so as well', () => {
    const finding = findingOn(pay, 'nobody told')
    assert.equal(gist(finding)[0], 'target-security-group likely')
    assert.ok(gist(finding).includes('host-unreachable possible'))
  })

  it('has a way to it where its neighbour answers: then its group is suspected, as ever', () => {
    const neighbour = resolving({ ...sts, id: 'hub' }, ['10.99.1.6'], answered('10.99.1.6'))
    const { controlPlane: _, ...alone } = observed
    const [finding] = diagnose({ ...alone, targets: [strayLogs, neighbour] }).findings
    assert.equal(finding?.causes[0]?.cause, 'endpoint-security-group')
    const unreachable = finding?.causes.find(({ cause }) => cause === 'host-unreachable')
    assert.equal(unreachable?.confidence, 'possible')
    assert.match(unreachable?.against[0]?.says ?? '', /10\.99\.1\.6/)
  })

  it('is a DNS server’s doing where the VPC’s own resolver gives an address of the VPC', () => {
    const asked: Observation = {
      layer: 'dns',
      variant: 'vpc-resolver',
      outcome: 'answered',
      seen: { name: logs.host, addresses: ['10.20.1.21'], resolver: '169.254.169.253' },
    }
    const finding = findingOn({ ...strayLogs, observations: [...strayLogs.observations, asked] }, 'nobody told')
    assert.equal(finding.causes[0]?.cause, 'custom-dns-bypasses-vpc')
    assert.ok(!gist(finding).some(each => each.endsWith('certain')), gist(finding).join())
  })

  it('that the hosts file gives is not said to be from a zone', () => {
    const [dns, ...rest] = strayLogs.observations as [Extract<Observation, { layer: 'dns'; outcome: 'answered' }>]
    const fromFile = { ...dns, seen: { ...dns.seen, resolver: 'hosts-file' } }
    const finding = findingOn({ ...strayLogs, observations: [fromFile, ...rest] }, {})
    assert.doesNotMatch(JSON.stringify(finding), /a private zone, another DNS server/)
  })

  it('does not make an endpoint of this VPC that is not ready the reason', () => {
    const endpoints = told.endpoints?.map(e => ({ ...e, state: 'pending' })) ?? []
    const finding = findingOn(strayLogs, { routes: [local, by('tgw-1')], more: { endpoints } })
    assert.ok(!gist(finding).some(each => each.endsWith('certain')), gist(finding).join())
  })

  it('is not said to be beyond it while the ranges of the VPC are not known', () => {
    const network = { ...observed.vantage.network, vpcCidrs: null }
    const finding = findingOn(strayLogs, 'nobody told', { network })
    assert.equal(finding.causes[0]?.cause, 'endpoint-security-group')
    assert.ok(gist(finding).includes('host-unreachable possible'), gist(finding).join())
    assert.doesNotMatch(JSON.stringify(finding), /outside of this VPC/)
  })

  it('is not said to be beyond it by ranges of IPv6 alone', () => {
    const network = { ...observed.vantage.network, vpcCidrs: ['2001:db8::/56'] }
    assert.doesNotMatch(JSON.stringify(findingOn(strayLogs, 'nobody told', { network })), /outside of this VPC/)
  })

  it('makes no pattern of a network ACL of names that have one each', () => {
    const mixed = [logs, sts].map((target, i) =>
      resolving(target, [`10.99.1.${i}`, `10.20.1.${21 + i}`], silent(`10.99.1.${i}`), answered(`10.20.1.${21 + i}`)),
    )
    const { controlPlane: _, ...alone } = observed
    const [finding] = diagnose({ ...alone, targets: mixed }).findings
    assert.doesNotMatch(gist(finding as Finding)[0] ?? '', /network-acl/)
  })
})
