// Any world: mostly sound, with any number of faults.

import fc from 'fast-check'
import type { CauseCode } from '../../../src/model/cause.ts'
import { namesOfService, publicAddresses } from './names.ts'
import { type Endpoint, soundEndpoint, soundWorld, type Thing, type World } from './world.ts'

/** Sound nine times out of ten. */
function rarely<T>(sound: T, ...faults: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 8, arbitrary: fc.constant(sound) }, { weight: 2, arbitrary: fc.constantFrom(...faults) })
}

const services = ['sts', 'logs', 'ssm', 'kms', 's3', 'dynamodb', 'iam', 'ecr.api'] as const

const endpoint: fc.Arbitrary<Endpoint> = fc
  .record(
    {
      privateDns: rarely(true, false),
      admits: rarely(true, false),
      ready: rarely(true, false),
      zones: fc.constantFrom<readonly ('own' | 'other')[]>(['own', 'other'], ['own'], ['other']),
      covers: rarely<'every-name' | 'regional-name'>('every-name', 'regional-name'),
      deadZone: rarely<'own' | 'other' | undefined>(undefined, 'own', 'other'),
    },
    { requiredKeys: ['privateDns', 'admits', 'ready', 'zones', 'covers'] },
  )
  .map(({ deadZone, ...rest }) => (deadZone === undefined ? rest : { ...rest, deadZone }))

const thing: fc.Arbitrary<Thing> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('service' as const),
      service: fc.constantFrom(...services),
      name: rarely<'regional' | 'global' | 'dualstack' | 'legacy'>('regional', 'global', 'dualstack', 'legacy'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('service' as const),
      service: fc.constantFrom('sts', 'logs', 's3'),
      name: fc.constant('regional' as const),
      region: fc.constant('eu-west-1'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('endpoint-name' as const), service: fc.constantFrom('sts', 'logs', 'ssm') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constantFrom<'database' | 'instance'>('database', 'instance'),
      where: fc.constantFrom('own' as const, 'other' as const),
      state: fc.constantFrom(
        'runs' as const,
        'runs' as const,
        'stopped' as const,
        'closed' as const,
        'no-listener' as const,
        'gone' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('elsewhere' as const),
      what: fc.constantFrom('database' as const, 'hub' as const),
      state: fc.constantFrom('runs' as const, 'unrouted' as const, 'closed' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Thing>({ is: 'website' }, { is: 'website', wantedBy: 'pip' }, { is: 'unknown-name' }) },
)

const hosts = services.flatMap(s =>
  namesOfService(s)
    .slice(0, 2)
    .map(n => n.host),
)

const middlebox = fc.record({
  what: fc.constantFrom(
    'drops-names' as const,
    'resets-names' as const,
    'passes-names-only' as const,
    'drops-large-hello' as const,
    'mtu' as const,
    'inspects' as const,
    'block-page' as const,
  ),
  names: fc.subarray([...hosts, 'www.example.org'], { minLength: 1 }),
})

const denial = fc.record({
  by: fc.constantFrom<'identity' | 'endpoint' | 'scp'>('identity', 'endpoint', 'scp'),
  isNamed: fc.boolean(),
})

const hostsFile = fc
  .tuple(
    fc.constantFrom(...hosts),
    fc.constantFrom('10.20.1.250', '10.20.2.250', '10.20.1.60', publicAddresses('x.example')[0] ?? ''),
  )
  .map(([host, address]) => ({ [host]: address }))

export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    resolver: rarely<World['resolver']>('vpc', 'custom-forwards', 'custom-public', 'custom-dead', 'custom-servfail'),
    dnsLoss: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(0.02, 0.3, 0.7) }),
    vpcDns: rarely<World['vpcDns']>('on', 'hostnames-off', 'support-off'),
    emptyZone: rarely<string | undefined>(
      undefined,
      'amazonaws.com',
      'ap-northeast-1.amazonaws.com',
      's3.ap-northeast-1.amazonaws.com',
      'example.org',
    ),
    hasWayOut: fc.constantFrom(false, false, true),
    egress: rarely<World['egress']>('open', 'nothing', 'vpc-only', 'public-only', 'first-endpoint-only', 'own-subnet-only'),
    nacl: rarely<World['nacl']>('open', 'nothing-beyond-subnet', 'no-public', 'replies-above-49152', 'replies-below-32768'),
    loss: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(0.02, 0.2, 0.5) }),
    endpoints: fc.dictionary(fc.constantFrom('sts', 'logs', 'ssm', 'kms', 's3', 'ecr.api'), endpoint, { maxKeys: 5 }),
    gateways: fc.subarray(['s3', 'dynamodb']),
    middlebox: fc.option(middlebox, { freq: 5, nil: undefined }),
    mtuEverywhere: rarely(false, true),
    proxy: rarely<World['proxy']>(undefined, 'works', 'is-off', 'is-closed', 'refuses'),
    denials: fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('sts', 'logs', 's3'), denial, { maxKeys: 2 }) },
    ),
    hostsFile: fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: hostsFile }),
    metadata: rarely<World['metadata']>('answers', 'no-role', 'hop-limit', 'silent', 'refused', 'absent'),
    keys: rarely<World['keys']>('role', 'none', 'expired', 'wrong-secret'),
    clockOffMs: rarely(0, 900_000, -900_000, 120_000),
    targets: fc.array(thing, { minLength: 1, maxLength: 6 }),
    run: fc.record({
      cidrsKnown: rarely(true, false),
      hasChecks: rarely(true, false),
      variants: rarely<'all' | 'none' | 'some'>('all', 'none', 'some'),
      seed: fc.nat(),
    }),
  })
  .map(({ middlebox: box, emptyZone, proxy, ...rest }) => ({
    ...rest,
    ...(box === undefined ? {} : { middlebox: box }),
    ...(emptyZone === undefined ? {} : { emptyZone }),
    ...(proxy === undefined ? {} : { proxy }),
  }))

/** One fault in a closed VPC where everything that is asked for has its endpoint, and the cause that it is. */
export interface OneFault {
  readonly world: World
  readonly fault: CauseCode
}

const served = ['sts', 'logs', 'ssm', 'kms', 'ecr.api'] as const

const soundVpc: fc.Arbitrary<World> = fc
  .record({
    services: fc.subarray([...served], { minLength: 1 }),
    others: fc.subarray<Thing>([
      { is: 'service', service: 's3', name: 'regional' },
      { is: 'service', service: 'dynamodb', name: 'regional' },
      { is: 'database', where: 'own', state: 'runs' },
      { is: 'instance', where: 'other', state: 'runs' },
    ]),
    zones: fc.constantFrom<readonly ('own' | 'other')[]>(['own', 'other'], ['own'], ['other']),
    resolver: rarely<World['resolver']>('vpc', 'custom-forwards'),
    run: fc.record({
      cidrsKnown: rarely(true, false),
      hasChecks: rarely(true, false),
      variants: rarely<'all' | 'none' | 'some'>('all', 'none', 'some'),
      seed: fc.nat(),
    }),
  })
  .map(({ services, others, zones, resolver, run }) => ({
    ...soundWorld,
    resolver,
    run,
    endpoints: Object.fromEntries(served.map(s => [s, { ...soundEndpoint, zones }])),
    targets: [...services.map(service => ({ is: 'service' as const, service, name: 'regional' as const })), ...others],
  }))

type Break = readonly [CauseCode, (world: World, service: string) => World]

const change =
  (how: Partial<Endpoint>) =>
  (world: World, service: string): World => ({
    ...world,
    endpoints: { ...world.endpoints, [service]: { ...(world.endpoints[service] ?? soundEndpoint), ...how } },
  })
const add =
  (...things: readonly Thing[]) =>
  (world: World): World => ({ ...world, targets: [...world.targets, ...things] })
const set =
  (how: Partial<World>) =>
  (world: World): World => ({ ...world, ...how })

/** Where the ranges of the VPC are not known, nothing is said to lie outside of them. */
const elsewhere = (what: 'database' | 'hub', state: 'unrouted' | 'closed') => (world: World) =>
  add({ is: 'elsewhere', what, state })({ ...world, run: { ...world.run, cidrsKnown: true } })

const breaks: readonly Break[] = [
  [
    'interface-endpoint-missing',
    (w, s) => ({ ...w, endpoints: Object.fromEntries(Object.entries(w.endpoints).filter(([k]) => k !== s)) }),
  ],
  ['private-dns-disabled', change({ privateDns: false })],
  ['endpoint-security-group', change({ admits: false })],
  ['endpoint-not-ready', change({ ready: false })],
  ['endpoint-zone-unreachable', change({ zones: ['own', 'other'], deadZone: 'other' })],
  [
    'endpoint-name-not-covered',
    (w, s) => add({ is: 'service', service: s, name: 'dualstack' })(change({ covers: 'regional-name' })(w, s)),
  ],
  ['endpoint-name-not-covered', add({ is: 'service', service: 'sts', name: 'global' })],
  ['vpc-dns-attributes-off', set({ vpcDns: 'hostnames-off' })],
  ['vpc-dns-attributes-off', set({ vpcDns: 'support-off' })],
  ['gateway-endpoint-missing', w => ({ ...add({ is: 'service', service: 's3', name: 'regional' })(w), gateways: ['dynamodb'] })],
  ['service-has-no-endpoint', add({ is: 'service', service: 'support', name: 'regional' })],
  ['other-region', add({ is: 'service', service: 'logs', name: 'regional', region: 'eu-west-1' })],
  ['internet-not-reachable', add({ is: 'website' })],
  ['package-index-is-public', add({ is: 'website', wantedBy: 'pip' })],
  ['eni-security-group', set({ egress: 'nothing' })],
  ['eni-security-group', set({ egress: 'vpc-only' })],
  ['eni-security-group', set({ egress: 'public-only' })],
  ['eni-security-group', set({ egress: 'first-endpoint-only' })],
  ['eni-security-group', set({ egress: 'own-subnet-only' })],
  ['network-acl', set({ nacl: 'nothing-beyond-subnet' })],
  ['network-acl', set({ nacl: 'no-public' })],
  ['network-acl', set({ nacl: 'replies-above-49152' })],
  ['network-acl', set({ nacl: 'replies-below-32768' })],
  ['custom-dns-bypasses-vpc', set({ resolver: 'custom-public' })],
  ['dns-server-unreachable', set({ resolver: 'custom-dead' })],
  ['dns-server-fails', set({ resolver: 'custom-servfail' })],
  ['dns-unreliable', set({ dnsLoss: 0.5 })],
  ['private-zone-shadows', (w, s) => ({ ...change({ privateDns: false })(w, s), emptyZone: 'ap-northeast-1.amazonaws.com' })],
  ['dns-name-unknown', add({ is: 'unknown-name' })],
  ['hosts-file-overrides', (w, s) => set({ hostsFile: { [namesOfService(s)[0]?.host ?? '']: '10.20.1.250' } })(w)],
  ['database-stopped', add({ is: 'database', where: 'other', state: 'stopped' })],
  ['instance-stopped', add({ is: 'instance', where: 'own', state: 'stopped' })],
  ['target-security-group', add({ is: 'database', where: 'own', state: 'closed' })],
  ['nothing-listens', add({ is: 'instance', where: 'other', state: 'no-listener' })],
  ['host-unreachable', add({ is: 'instance', where: 'own', state: 'gone' })],
  ['host-unreachable', elsewhere('hub', 'unrouted')],
  ['host-unreachable', elsewhere('database', 'unrouted')],
  ['endpoint-security-group', elsewhere('hub', 'closed')],
  ['target-security-group', elsewhere('database', 'closed')],
  ['path-flaky', set({ loss: 0.5 })],
  ['path-mtu', set({ mtuEverywhere: true })],
  ['metadata-hop-limit', set({ metadata: 'hop-limit' })],
  ['metadata-unreachable', set({ metadata: 'refused' })],
  ['no-credentials', set({ metadata: 'no-role' })],
  ['credentials-expired', set({ keys: 'expired' })],
  ['credentials-invalid', set({ keys: 'wrong-secret' })],
  ['clock-skew', set({ clockOffMs: 900_000 })],
  ['proxy-unreachable', set({ proxy: 'is-off' })],
  ['proxy-unreachable', set({ proxy: 'is-closed' })],
  ['proxy-refuses', set({ proxy: 'refuses' })],
]

const publicWay = set({ hasWayOut: true, endpoints: {} })
const onPublicWay = (what: NonNullable<World['middlebox']>['what']) => (w: World, s: string) => ({
  ...publicWay(w),
  middlebox: { what, names: [namesOfService(s)[0]?.host ?? ''] },
})
const publicBreaks: readonly Break[] = [
  ['firewall-drops-name', onPublicWay('drops-names')],
  ['firewall-drops-name', onPublicWay('resets-names')],
  ['firewall-drops-large-hello', onPublicWay('drops-large-hello')],
  ['path-mtu', onPublicWay('mtu')],
  ['tls-inspected', onPublicWay('inspects')],
  ['web-gateway-blocks', onPublicWay('block-page')],
]

export const oneFault: fc.Arbitrary<OneFault> = fc
  .tuple(soundVpc, fc.constantFrom(...breaks, ...publicBreaks))
  .map(([world, [fault, apply]]) => {
    const first = world.targets.find(t => t.is === 'service')
    return { fault, world: apply(world, first?.is === 'service' ? first.service : 'sts') }
  })
