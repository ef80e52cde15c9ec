// The path as a VPC takes it, over configuration in the shapes that EC2 tells it. What was not told is neither open nor closed.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Addresses } from '../../src/diagnose/address.ts'
import { acls, type Flow, farIngress, ownEgress, route, type Surroundings } from '../../src/diagnose/path/steps.ts'
import type {
  ControlPlane,
  NetworkAclEntry,
  RouteFacts,
  SecurityGroupFacts,
  SecurityGroupRule,
} from '../../src/model/control-plane.ts'

const all: SecurityGroupRule = { protocol: '-1', peers: ['0.0.0.0/0', '::/0'] }
const https = (...peers: string[]): SecurityGroupRule => ({ protocol: 'tcp', fromPort: 443, toPort: 443, peers })
const group = (id: string, ingress: SecurityGroupRule[], egress: SecurityGroupRule[] = [all]): SecurityGroupFacts => ({
  id,
  ingress,
  egress,
})
const allowAll = (direction: 'ingress' | 'egress'): NetworkAclEntry[] => [
  { number: 100, direction, action: 'allow', protocol: '-1', cidr: '0.0.0.0/0' },
  { number: 32_767, direction, action: 'deny', protocol: '-1', cidr: '0.0.0.0/0' },
]
const open = [...allowAll('ingress'), ...allowAll('egress')]
const entry = (
  number: number,
  direction: 'ingress' | 'egress',
  action: 'allow' | 'deny',
  more: Partial<NetworkAclEntry> = {},
) => ({
  number,
  direction,
  action,
  protocol: '6',
  cidr: '0.0.0.0/0',
  ...more,
})
const to: Flow = { protocol: 'tcp', port: 443, address: '10.0.2.20' }

interface Vpc {
  readonly own?: SecurityGroupFacts[]
  readonly far?: SecurityGroupFacts[]
  readonly ownAcl?: NetworkAclEntry[]
  readonly farAcl?: NetworkAclEntry[]
  readonly routes?: RouteFacts[]
  readonly farAddress?: string
  readonly farSubnet?: string
  readonly more?: Partial<ControlPlane>
  readonly publicAddress?: string
}

function vpc(given: Vpc = {}): Surroundings {
  const { own = [group('sg-own', [])], far = [group('sg-far', [https('10.0.0.0/16')])] } = given
  const eni = {
    id: 'eni-own',
    vpc: 'vpc-1',
    subnet: 'subnet-1',
    addresses: ['10.0.1.10', '2001:db8::10'],
    groups: own.map(g => g.id),
    ...(given.publicAddress && { publicAddress: given.publicAddress }),
  }
  const told: ControlPlane = {
    asked: [],
    interfaces: [
      eni,
      {
        id: 'eni-far',
        vpc: 'vpc-1',
        subnet: given.farSubnet ?? 'subnet-2',
        addresses: [given.farAddress ?? to.address],
        groups: far.map(g => g.id),
      },
    ],
    securityGroups: [...own, ...far],
    networkAcls: [
      { id: 'acl-1', subnets: ['subnet-1'], entries: given.ownAcl ?? open },
      { id: 'acl-2', subnets: ['subnet-2'], entries: given.farAcl ?? open },
    ],
    routeTables: [
      {
        id: 'rtb-main',
        vpc: 'vpc-1',
        isMain: true,
        subnets: [],
        routes: given.routes ?? [{ to: '10.0.0.0/16', via: 'local', isBlackhole: false }],
      },
    ],
    ...given.more,
  }
  return {
    told,
    known: new Addresses(['10.0.0.0/16', '2001:db8::/56']),
    own: { addresses: eni.addresses, vpc: 'vpc-1', subnet: 'subnet-1', groups: eni.groups, interface: eni },
  }
}

const way = (to: string, via: string, isBlackhole = false): RouteFacts => ({ to, via, isBlackhole })
const outside: Flow = { protocol: 'tcp', port: 443, address: '52.219.1.1' }

describe('security groups', () => {
  const ingress: readonly [string, SecurityGroupRule[], 'open' | 'closed' | 'unknown'][] = [
    ['a range that holds us', [https('10.0.1.0/24')], 'open'],
    ['a range that does not', [https('10.0.9.0/24')], 'closed'],
    ['another port', [{ protocol: 'tcp', fromPort: 80, toPort: 80, peers: ['0.0.0.0/0'] }], 'closed'],
    ['a range of ports around ours', [{ protocol: 'tcp', fromPort: 400, toPort: 500, peers: ['10.0.0.0/8'] }], 'open'],
    ['another protocol', [{ protocol: 'udp', fromPort: 443, toPort: 443, peers: ['0.0.0.0/0'] }], 'closed'],
    ['every protocol, whatever ports stand beside', [{ protocol: '-1', fromPort: 0, toPort: 0, peers: ['0.0.0.0/0'] }], 'open'],
    ['our group by reference', [https('sg-own')], 'open'],
    ['its own members, of which we are none', [https('sg-far')], 'closed'],
    ['a list that was told and holds us', [https('pl-1')], 'open'],
    ['a list that was told and does not hold us', [https('pl-2')], 'closed'],
    ['a list that was not told', [https('pl-9')], 'unknown'],
    ['a list that was not told, beside a range that holds us', [https('pl-9'), https('10.0.1.10/32')], 'open'],
    ['IPv6 ranges alone', [https('::/0')], 'closed'],
    ['nobody', [], 'closed'],
    ['a peer of a kind that is not known', [https('something-new')], 'unknown'],
    ['a rule whose peer was not read', [https()], 'unknown'],
  ]
  const lists = {
    prefixLists: [
      { id: 'pl-1', name: '', cidrs: ['10.0.1.0/24'] },
      { id: 'pl-2', name: '', cidrs: [] },
    ],
  }
  for (const [name, rules, is] of ingress)
    it(`that admit ${name}: ${is}`, () => {
      assert.equal(farIngress(to, vpc({ far: [group('sg-far', rules)], more: lists })).is, is)
    })

  it('of a self reference admit a member', () => {
    const shared = group('sg-shared', [https('sg-shared')])
    assert.equal(farIngress(to, vpc({ own: [shared], far: [shared] })).is, 'open')
  })

  it('add up: one of several that admits is enough', () => {
    const step = farIngress(to, vpc({ far: [group('sg-a', []), group('sg-b', [https('10.0.1.10/32')])] }))
    assert.ok(step.is === 'open' && step.cite.kind === 'group')
    assert.deepEqual(step.cite.groups, ['sg-b'])
  })

  it('of which one was not told are unknown, not closed', () => {
    const surroundings = vpc({ far: [group('sg-a', []), group('sg-b', [])] })
    const told = { ...surroundings.told, securityGroups: surroundings.told.securityGroups?.filter(g => g.id !== 'sg-b') ?? [] }
    const step = farIngress(to, { ...surroundings, told })
    assert.deepEqual(step, { is: 'unknown', missing: ['ec2:DescribeSecurityGroups'] })
  })

  it('of an address that nobody told the interface of are unknown', () => {
    assert.equal(farIngress({ ...to, address: '10.0.2.99' }, vpc()).is, 'unknown')
    // The same address in another VPC is another host.
    const elsewhere = vpc()
    const told = {
      ...elsewhere.told,
      interfaces: elsewhere.told.interfaces?.map(i => (i.id === 'eni-far' ? { ...i, vpc: 'vpc-2' } : i)) ?? [],
    }
    assert.equal(farIngress(to, { ...elsewhere, told }).is, 'unknown')
  })

  it('let out what their egress names, by range, list or group', () => {
    const out = (rule: SecurityGroupRule) => ownEgress(to, vpc({ own: [group('sg-own', [], [rule])] })).is
    assert.equal(out(https('10.0.0.0/16')), 'open')
    assert.equal(out(https('10.0.3.0/24')), 'closed')
    assert.equal(out(https('sg-far')), 'open')
    assert.equal(out(https('sg-other')), 'closed')
  })

  it('keep IPv4 and IPv6 apart', () => {
    const flow = { ...to, address: '2001:db8:0:2::20' }
    const only4 = vpc({ farAddress: flow.address, far: [group('sg-far', [https('0.0.0.0/0')])] })
    const only6 = vpc({ farAddress: flow.address, far: [group('sg-far', [https('2001:db8::/56')])] })
    assert.deepEqual([farIngress(flow, only4).is, farIngress(flow, only6).is], ['closed', 'open'])
  })
})

describe('network ACLs', () => {
  const rest = allowAll('egress')
  it('are not asked within one subnet', () => {
    const step = acls(to, vpc({ farSubnet: 'subnet-1', ownAcl: [entry(1, 'egress', 'deny')] }))
    assert.ok(step.is === 'open' && step.cite.kind === 'no-acl')
  })

  it('let the lowest number decide, whatever comes later', () => {
    const denied = [entry(50, 'egress', 'deny', { cidr: '10.0.2.0/24' }), ...open]
    const allowedFirst = [entry(40, 'egress', 'allow', { cidr: '10.0.2.20/32' }), ...denied]
    assert.equal(acls(to, vpc({ ownAcl: denied })).is, 'closed')
    assert.equal(acls(to, vpc({ ownAcl: allowedFirst.toReversed() })).is, 'open')
  })

  it('must let the replies in, to every port that clients use', () => {
    const replies = (fromPort: number, toPort: number) => [
      ...rest,
      entry(100, 'ingress', 'allow', { fromPort, toPort }),
      entry(32_767, 'ingress', 'deny', { protocol: '-1' }),
    ]
    assert.equal(acls(to, vpc({ ownAcl: replies(1024, 65_535) })).is, 'open')
    assert.equal(acls(to, vpc({ ownAcl: replies(32_768, 60_999) })).is, 'open')
    assert.equal(acls(to, vpc({ ownAcl: replies(443, 443) })).is, 'closed')
    assert.equal(acls(to, vpc({ ownAcl: replies(49_152, 65_535) })).is, 'partly')
    assert.equal(acls(to, vpc({ ownAcl: replies(1024, 32_767) })).is, 'closed')
  })

  it("are asked on the far subnet too, both ways, with its port and our replies' ports", () => {
    const inbound = [...allowAll('egress'), entry(10, 'ingress', 'deny', { fromPort: 443, toPort: 443 }), ...allowAll('ingress')]
    const step = acls(to, vpc({ farAcl: inbound }))
    assert.ok(step.is === 'closed' && step.cite.kind === 'acl')
    assert.deepEqual([step.cite.acl, step.cite.way, step.cite.entry?.number], ['acl-2', 'ingress', 10])
    const outbound = [
      ...allowAll('ingress'),
      entry(10, 'egress', 'deny', { fromPort: 1024, toPort: 65_535 }),
      ...allowAll('egress'),
    ]
    assert.equal(acls(to, vpc({ farAcl: outbound })).is, 'closed')
  })

  it('that were not told, or not to the end, are unknown', () => {
    const { told, ...around } = vpc()
    const { networkAcls: _, ...without } = told
    assert.equal(acls(to, { ...around, told: without }).is, 'unknown')
    assert.equal(acls(to, vpc({ ownAcl: [entry(100, 'egress', 'allow', { cidr: '10.9.0.0/16' })] })).is, 'unknown')
  })

  it('of a private address of nobody that was told are unknown, unless our own closes the way', () => {
    const elsewhere = { ...to, address: '192.168.7.7' }
    assert.equal(acls(elsewhere, vpc()).is, 'unknown')
    assert.equal(acls(elsewhere, vpc({ ownAcl: [entry(1, 'egress', 'deny'), ...open] })).is, 'closed')
  })

  it('towards public addresses are those of our subnet alone', () => {
    const denied = [entry(50, 'egress', 'deny', { cidr: '52.219.0.0/17' }), ...open]
    assert.equal(acls(outside, vpc()).is, 'open')
    assert.equal(acls(outside, vpc({ ownAcl: denied })).is, 'closed')
  })
})

describe('routes', () => {
  const local = way('10.0.0.0/16', 'local')
  const routed = (routes: RouteFacts[], flow = outside, more: Partial<ControlPlane> = {}) => route(flow, vpc({ routes, more }))
  const s3 = { prefixLists: [{ id: 'pl-s3', name: 'com.amazonaws.eu-west-1.s3', cidrs: ['52.219.0.0/17'] }] }

  it('are none, where nothing matches', () => assert.equal(routed([local]).is, 'closed'))
  it('take the longest prefix', () => {
    assert.equal(routed([way('0.0.0.0/0', 'nat-1'), way('52.219.0.0/16', 'nat-2', true)]).is, 'closed')
    assert.equal(routed([way('0.0.0.0/0', 'nat-2', true), way('52.219.0.0/16', 'nat-1')]).is, 'open')
  })
  it('match by what a prefix list holds', () => {
    assert.equal(routed([local, way('pl-s3', 'vpce-1')], outside, s3).is, 'open')
    assert.equal(routed([local, way('pl-s3', 'vpce-1')], { ...outside, address: '3.3.3.3' }, s3).is, 'closed')
  })
  it('by a list that was not told are unknown, unless they lead the same way', () => {
    assert.equal(routed([local, way('pl-x', 'vpce-1')]).is, 'unknown')
    assert.equal(routed([way('0.0.0.0/0', 'nat-1'), way('pl-x', 'tgw-1')]).is, 'unknown')
    assert.equal(routed([way('0.0.0.0/0', 'nat-1'), way('pl-x', 'nat-1')]).is, 'open')
  })
  it('to what is gone are closed', () => assert.equal(routed([way('0.0.0.0/0', 'nat-1', true)]).is, 'closed'))
  it('to an internet gateway need a public address of our own', () => {
    assert.equal(routed([way('0.0.0.0/0', 'igw-1')]).is, 'closed')
    assert.equal(route(outside, vpc({ routes: [way('0.0.0.0/0', 'igw-1')], publicAddress: '3.4.5.6' })).is, 'open')
  })
  it('to others than this VPC configures are unknown', () => {
    for (const via of ['tgw-1', 'pcx-1', 'eni-appliance', 'vgw-1', 'unknown'])
      assert.equal(routed([way('0.0.0.0/0', via)]).is, 'unknown', via)
  })
  it("are those of the subnet's own table before the main one, and of the main one where it has none", () => {
    const main = { id: 'rtb-main', vpc: 'vpc-1', isMain: true, subnets: [], routes: [way('0.0.0.0/0', 'nat-1')] }
    const own = { id: 'rtb-own', vpc: 'vpc-1', isMain: false, subnets: ['subnet-1'], routes: [local] }
    assert.equal(route(outside, vpc({ more: { routeTables: [main, own] } })).is, 'closed')
    assert.equal(route(outside, vpc({ more: { routeTables: [main] } })).is, 'open')
    assert.equal(route(outside, vpc({ more: { routeTables: [{ ...own, subnets: ['subnet-7'] }] } })).is, 'unknown')
  })
  it('of IPv6 are their own', () => {
    const flow = { ...outside, address: '2600:9000::1' }
    assert.equal(routed([way('0.0.0.0/0', 'nat-1')], flow).is, 'closed')
    assert.equal(routed([way('::/0', 'eigw-1')], flow).is, 'open')
  })
})
