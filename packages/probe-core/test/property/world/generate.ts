// Any world: mostly sound, with any number of faults.

import fc from 'fast-check'
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
    'drops-large-hello' as const,
    'mtu' as const,
    'inspects' as const,
    'block-page' as const,
  ),
  names: fc.subarray([...hosts, 'www.example.org'], { minLength: 1 }),
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
    egress: rarely<World['egress']>('open', 'nothing', 'vpc-only', 'public-only'),
    nacl: rarely<World['nacl']>('open', 'nothing-beyond-subnet', 'no-public', 'replies-above-49152', 'replies-below-32768'),
    loss: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(0.02, 0.2, 0.5) }),
    endpoints: fc.dictionary(fc.constantFrom('sts', 'logs', 'ssm', 'kms', 's3', 'ecr.api'), endpoint, { maxKeys: 5 }),
    gateways: fc.subarray(['s3', 'dynamodb']),
    middlebox: fc.option(middlebox, { freq: 5, nil: undefined }),
    mtuEverywhere: rarely(false, true),
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
  .map(({ middlebox: box, emptyZone, ...rest }) => ({
    ...rest,
    ...(box === undefined ? {} : { middlebox: box }),
    ...(emptyZone === undefined ? {} : { emptyZone }),
  }))

export { soundEndpoint, soundWorld }
