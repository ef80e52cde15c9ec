// The evaluator against a packet that is walked through the same VPC by hand: every port tried, ranges compared as numbers, no
// code shared. Where the evaluator commits itself, the packet must fare as it says.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Addresses } from '../../src/diagnose/address.ts'
import {
  acls,
  ephemeralPorts,
  type Flow,
  farIngress,
  ownEgress,
  route,
  type Surroundings,
} from '../../src/diagnose/path/steps.ts'
import type { ControlPlane, NetworkAclEntry, RouteFacts, SecurityGroupFacts } from '../../src/model/control-plane.ts'

const address = fc.constantFrom('10.0.1.10', '10.0.1.20', '10.0.2.20', '10.0.2.21', '52.219.1.1', '8.8.8.8')
const cidr = fc.constantFrom(
  '0.0.0.0/0',
  '10.0.0.0/16',
  '10.0.1.0/24',
  '10.0.2.0/24',
  '10.0.2.20/32',
  '52.219.0.0/17',
  '10.0.1.10/31',
)
const port = fc.constantFrom(22, 443, 1024, 32_767, 32_768, 40_000, 49_152, 60_999, 61_000, 65_535)
const ports = fc.tuple(port, port).map(([a, b]) => ({ fromPort: Math.min(a, b), toPort: Math.max(a, b) }))
const protocol = fc.constantFrom('tcp', '6', 'udp', '17', '-1', '1')

const peer = fc.oneof(cidr, fc.constantFrom('sg-own', 'sg-far', 'sg-both', 'sg-none', 'pl-s3', 'pl-untold'))
const rule = fc
  .record({ protocol, ports: fc.option(ports, { nil: undefined }), peers: fc.array(peer, { minLength: 1, maxLength: 3 }) })
  .map(({ protocol: p, ports: range, peers }) => ({ protocol: p, ...range, peers }))
const groupOf = (id: string): fc.Arbitrary<SecurityGroupFacts> =>
  fc.record({ id: fc.constant(id), ingress: fc.array(rule, { maxLength: 3 }), egress: fc.array(rule, { maxLength: 3 }) })

const aclEntries: fc.Arbitrary<NetworkAclEntry[]> = fc
  .uniqueArray(
    fc
      .record({
        number: fc.integer({ min: 1, max: 12 }),
        direction: fc.constantFrom<'ingress' | 'egress'>('ingress', 'egress'),
        action: fc.constantFrom<'allow' | 'deny'>('allow', 'allow', 'deny'),
        protocol: fc.constantFrom('-1', '6', '17'),
        cidr,
        ports: fc.option(ports, { nil: undefined }),
      })
      .map(({ ports: range, ...one }) => ({ ...one, ...(one.protocol === '-1' ? {} : range) })),
    { selector: one => `${one.direction} ${one.number}`, maxLength: 8 },
  )
  .map(entries => [
    ...entries,
    ...(['ingress', 'egress'] as const).map(direction => ({
      number: 32_767,
      direction,
      action: 'deny' as const,
      protocol: '-1',
      cidr: '0.0.0.0/0',
    })),
  ])

const routes: fc.Arbitrary<RouteFacts[]> = fc.uniqueArray(
  fc.record({
    to: fc.oneof(cidr, fc.constantFrom('pl-s3', 'pl-untold')),
    via: fc.constantFrom('local', 'nat-1', 'vpce-1', 'igw-1', 'tgw-1'),
    isBlackhole: fc.boolean(),
  }),
  { selector: one => one.to, maxLength: 5 },
)

interface World {
  readonly surroundings: Surroundings
  readonly flow: Flow
}

const world: fc.Arbitrary<World> = fc
  .record({
    own: groupOf('sg-own'),
    far: groupOf('sg-far'),
    both: groupOf('sg-both'),
    ownHas: fc.subarray(['sg-own', 'sg-both'], { minLength: 1 }),
    farHas: fc.subarray(['sg-far', 'sg-both'], { minLength: 1 }),
    aclOne: aclEntries,
    aclTwo: aclEntries,
    routes,
    to: address.filter(a => a !== '10.0.1.10'),
    port,
    toldGroups: fc.constantFrom(true, true, true, false),
  })
  .map(given => {
    const own = { id: 'eni-own', vpc: 'vpc-1', subnet: 'subnet-1', addresses: ['10.0.1.10'], groups: given.ownHas }
    const isInside = given.to.startsWith('10.0.')
    const far = {
      id: 'eni-far',
      vpc: 'vpc-1',
      subnet: given.to.startsWith('10.0.1.') ? 'subnet-1' : 'subnet-2',
      addresses: [given.to],
      groups: given.farHas,
    }
    const told: ControlPlane = {
      asked: [],
      interfaces: isInside ? [own, far] : [own],
      securityGroups: given.toldGroups ? [given.own, given.far, given.both] : [given.own, given.far],
      networkAcls: [
        { id: 'acl-1', subnets: ['subnet-1'], entries: given.aclOne },
        { id: 'acl-2', subnets: ['subnet-2'], entries: given.aclTwo },
      ],
      routeTables: [{ id: 'rtb-1', vpc: 'vpc-1', isMain: true, subnets: [], routes: given.routes }],
      prefixLists: [{ id: 'pl-s3', name: 's3', cidrs: ['52.219.0.0/17'] }],
    }
    const surroundings: Surroundings = {
      told,
      known: new Addresses(['10.0.0.0/16']),
      own: { addresses: own.addresses, vpc: 'vpc-1', subnet: 'subnet-1', groups: own.groups, interface: own },
    }
    return { surroundings, flow: { protocol: 'tcp', port: given.port, address: given.to } }
  })

/** By hand: an IPv4 address as a number, a range by its mask. */
function holds(range: string, one: string): boolean {
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const [base = '', length = ''] = range.split('/')
  const size = 2 ** (32 - Number(length))
  return Math.floor(number(base) / size) === Math.floor(number(one) / size)
}

/** What a list that nobody told might hold: a committed answer must be right in either case. */
type Luck = 'everything' | 'nothing'

function admits(
  groups: readonly string[],
  way: 'ingress' | 'egress',
  flow: Flow,
  peerAddress: string,
  peerGroups: readonly string[] | undefined,
  { told }: Surroundings,
  luck: Luck,
): boolean {
  for (const id of groups) {
    const found = told.securityGroups?.find(g => g.id === id)
    if (found === undefined) {
      if (luck === 'everything') return true
      continue
    }
    for (const { protocol: of, fromPort, toPort, peers } of found[way]) {
      if (!['tcp', '6', '-1'].includes(of)) continue
      if (of !== '-1' && fromPort !== undefined && toPort !== undefined && (flow.port < fromPort || flow.port > toPort)) continue
      for (const one of peers) {
        if (one.startsWith('sg-')) {
          if (peerGroups === undefined ? luck === 'everything' : peerGroups.includes(one)) return true
        } else if (one === 'pl-s3') {
          if (holds('52.219.0.0/17', peerAddress)) return true
        } else if (one.startsWith('pl-')) {
          if (luck === 'everything') return true
        } else if (holds(one, peerAddress)) return true
      }
    }
  }
  return false
}

function passesAcl(
  entries: readonly NetworkAclEntry[],
  direction: 'ingress' | 'egress',
  peerAddress: string,
  at: number,
): boolean {
  for (const one of [...entries].sort((a, b) => a.number - b.number)) {
    if (one.direction !== direction || !['-1', '6'].includes(one.protocol) || !holds(one.cidr, peerAddress)) continue
    if (one.protocol !== '-1' && one.fromPort !== undefined && one.toPort !== undefined && (at < one.fromPort || at > one.toPort))
      continue
    return one.action === 'allow'
  }
  return false
}

/** Where it gets: the address, by the table; undefined: nowhere. */
function routedTo(flow: Flow, { told }: Surroundings, luck: Luck): RouteFacts | undefined {
  const matching = (told.routeTables?.[0]?.routes ?? []).flatMap(one => {
    if (one.to === 'pl-s3') return holds('52.219.0.0/17', flow.address) ? [{ one, length: 17 }] : []
    if (one.to === 'pl-untold') return luck === 'everything' ? [{ one, length: 31.5 }] : []
    return holds(one.to, flow.address) ? [{ one, length: Number(one.to.split('/')[1]) }] : []
  })
  // Of two equally long, the VPC's own first, then a range that is written out, then a list.
  const worth = ({ one, length }: { readonly one: RouteFacts; readonly length: number }) =>
    length * 10 + (one.via === 'local' ? 2 : one.to.startsWith('pl-') ? 0 : 1)
  return matching.sort((a, b) => worth(b) - worth(a))[0]?.one
}

const lucks: readonly Luck[] = ['everything', 'nothing']

test('groups: whatever the evaluator commits itself to is what the packet meets', () => {
  fc.assert(
    fc.property(world, ({ flow, surroundings }) => {
      const far = surroundings.told.interfaces?.find(i => i.id === 'eni-far')
      const out = ownEgress(flow, surroundings)
      const into = farIngress(flow, surroundings)
      for (const luck of lucks) {
        if (out.is !== 'unknown')
          assert.equal(
            admits(surroundings.own.groups ?? [], 'egress', flow, flow.address, far?.groups, surroundings, luck),
            out.is === 'open',
          )
        if (into.is !== 'unknown')
          assert.equal(
            admits(far?.groups ?? [], 'ingress', flow, '10.0.1.10', surroundings.own.groups, surroundings, luck),
            into.is === 'open',
          )
      }
    }),
    { numRuns: 3000 },
  )
})

test('network ACLs: open lets every port through, closed none of those that clients use, and partly some', () => {
  // The ports at which anything of the generated rules can change.
  const tried = [32_768, 36_000, 40_000, 40_001, 45_000, 49_151, 49_152, 49_153, 55_000, 60_998, 60_999]
  assert.ok(tried.every(p => p >= ephemeralPorts[0] && p <= ephemeralPorts[1]))
  fc.assert(
    fc.property(world, ({ flow, surroundings }) => {
      const [one, two] = surroundings.told.networkAcls?.map(acl => acl.entries) ?? []
      const isFar = flow.address.startsWith('10.0.2.')
      const step = acls(flow, surroundings)
      if (flow.address.startsWith('10.0.1.')) return assert.equal(step.is, 'open')
      const through = tried.filter(
        from =>
          passesAcl(one ?? [], 'egress', flow.address, flow.port) &&
          passesAcl(one ?? [], 'ingress', flow.address, from) &&
          (!isFar ||
            (passesAcl(two ?? [], 'ingress', '10.0.1.10', flow.port) && passesAcl(two ?? [], 'egress', '10.0.1.10', from))),
      )
      if (step.is === 'open') assert.equal(through.length, tried.length)
      if (step.is === 'closed') assert.equal(through.length, 0)
      if (step.is === 'partly') assert.ok(through.length < tried.length)
      if (through.length === tried.length) assert.equal(step.is, 'open')
    }),
    { numRuns: 3000 },
  )
})

test('routes: whatever the evaluator commits itself to is where the packet goes', () => {
  fc.assert(
    fc.property(world, ({ flow, surroundings }) => {
      const step = route(flow, surroundings)
      if (step.is === 'unknown') return
      for (const luck of lucks) {
        const taken = routedTo(flow, surroundings, luck)
        const arrives = taken !== undefined && !taken.isBlackhole && ['local', 'nat-1', 'vpce-1'].includes(taken.via)
        assert.equal(arrives, step.is === 'open')
      }
    }),
    { numRuns: 3000 },
  )
})
