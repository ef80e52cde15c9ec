// Reads a host name: is it AWS's, and if so which service, region, bucket or account it names. Never asks DNS.

import type { NameKind } from '../model/observation.ts'
import { partitionTemplates } from './hosts.ts'
import { allLegacyNames } from './legacy-names.ts'
import { isRegionName } from './partitions.ts'
import { readS3Name } from './s3-names.ts'
import { findService, type Service } from './services.ts'
import { tables, variants } from './tables.ts'

export interface HostIdentity {
  /** Null: AWS's, and no service of the catalogue (a database, a load balancer, a function URL). */
  readonly service: Service | null
  readonly region: string | null
  readonly kind: NameKind
  readonly isAws: true
  readonly bucket?: string
  /** The endpoint's own name (`vpce-….vpce.amazonaws.com`). */
  readonly isEndpointSpecific?: boolean
  readonly accountId?: string
}

interface Known {
  readonly id: string
  readonly kind: NameKind
}

interface NameIndex {
  readonly exact: ReadonlyMap<string, Known>
  /** What follows `*.` */
  readonly below: ReadonlyMap<string, Known>
}

/** Sign-in pages have suffixes of their own in each partition; the others hold what users deploy, and consoles. */
const otherSuffixes = [
  'on.aws',
  'sagemaker.aws',
  'aws.amazon.com',
  'awsapps.com',
  'cloudfront.net',
  'elasticbeanstalk.com',
  'amazonaws.cn',
  'amazonaws-us-gov.com',
  'amazonaws-eusc.eu',
  'c2shome.ic.gov',
  'sc2shome.sgov.gov',
  'csphome.hci.ic.gov',
  'csphome.adc-e.uk',
]
const kindOf: Record<(typeof variants)[number], NameKind> = {
  default: 'regional',
  fips: 'fips',
  dualstack: 'dualstack',
  dualstackFips: 'dualstack-fips',
}

/** Longest first, with the token that stands for each. */
let suffixes: readonly (readonly [string, string])[] | undefined
let built: NameIndex | undefined

/** Undefined: not a name of AWS's. Accepts upper case and a trailing dot. */
export function readHost(host: string): HostIdentity | undefined {
  const name = host.trim().toLowerCase().replace(/\.$/, '')
  suffixes ??= listSuffixes()
  const found = suffixes.find(([suffix]) => name === suffix || name.endsWith(`.${suffix}`))
  if (found === undefined || !/^[a-z0-9_.*-]+$/.test(name) || name.length > 253) return undefined
  built ??= buildIndex()
  const [suffix, token] = found
  const rest = name.slice(0, -suffix.length - 1)
  return readEndpointName(rest, suffix) ?? readServiceName(rest, suffix, token)
}

function readServiceName(rest: string, suffix: string, token: string): HostIdentity {
  const s3 = token === '{s}' ? readS3Name(rest) : undefined
  if (s3 !== undefined) return { ...s3, service: findService(s3.service) ?? null, isAws: true }
  const labels = rest.split('.')
  const at = labels.findLastIndex(isRegionName)
  const region = at < 0 ? null : labels[at]!
  const templated = labels.map((label, i) => (i === at ? '{r}' : label)).join('.')
  const tail = token === '' ? suffix : token
  const known = lookUp(`${rest}.${tail}`) ?? lookUp(`${templated}.${tail}`)
  if (known === undefined) return { service: null, region, kind: region === null ? 'global' : 'regional', isAws: true }
  const accountId = /(?:^|-)(\d{12})$/.exec(labels[0]!)?.[1]
  return {
    service: findService(known.id) ?? null,
    region,
    kind: known.kind,
    isAws: true,
    ...(accountId === undefined ? {} : { accountId }),
  }
}

/** `[BUCKET.bucket.]vpce-ID[-zone].SERVICE.REGION.vpce`: the service label is the regional name's own. */
function readEndpointName(rest: string, suffix: string): HostIdentity | undefined {
  const match = /^(?:(?:(.+)\.)?(bucket|accesspoint|control)\.|\*\.)?vpce-[0-9a-z-]+\.(.+)\.([a-z0-9-]+)\.vpce$/.exec(rest)
  if (match === null) return undefined
  const [, above, part, inner, region] = match
  // A service whose names all carry a resource is known by a name below its own: x.dkr.ecr.REGION.
  const names = ['', 'x.'].map(below => `${below}${inner}.${region}.${suffix}`)
  return {
    service: names.map(name => readHost(name)?.service).find(found => found != null) ?? null,
    region: region!,
    kind: 'regional',
    isAws: true,
    isEndpointSpecific: true,
    ...(above !== undefined && part === 'bucket' ? { bucket: above } : {}),
  }
}

function lookUp(key: string): Known | undefined {
  const exact = built!.exact.get(key) ?? built!.exact.get(key.replace(/^(ecs-[at])-\d+\./, '$1-1.'))
  if (exact !== undefined) return exact
  for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
    const below = built!.below.get(key.slice(dot + 1))
    if (below !== undefined) return below
  }
  return undefined
}

function listSuffixes(): (readonly [string, string])[] {
  const own = tables().partitions.flatMap(p => [[p.dnsSuffix, '{s}'] as const, [p.dualStackDnsSuffix, '{d}'] as const])
  const all = [...own, ...otherSuffixes.map(suffix => [suffix, ''] as const)]
  return all.sort((a, b) => b[0].length - a[0].length)
}

function buildIndex(): NameIndex {
  const { services } = tables()
  const exact = new Map<string, Known>()
  const below = new Map<string, Known>()
  const add = (template: string | undefined, id: string, kind: NameKind) => {
    if (template === undefined) return
    const name = template.replace('{a}', '*')
    const [map, key] = name.startsWith('*.') ? [below, name.slice(2)] : [exact, name]
    if (!map.has(key)) map.set(key, { id, kind })
  }
  // Default names of every service come before anybody's variants, so that a name leads to the service that uses it by default.
  for (const variant of variants) {
    for (const row of services.all()) {
      const named = (template: string | undefined) => template?.replace('{p}', row.prefix)
      const kind = (template: string | undefined) =>
        variant === 'default' && template !== undefined && !template.includes('{r}') ? 'global' : kindOf[variant]
      for (const template of row.names === undefined ? partitionTemplates(row, variant).map(named) : [])
        add(template, row.id, kind(template))
      for (const exceptions of Object.values(row.exceptions)) add(named(exceptions[variant]), row.id, kindOf[variant])
      if (variant === 'default') for (const name of row.names ?? []) add(name, row.id, kind(name))
    }
  }
  for (const name of allLegacyNames()) add(name.template, name.service, name.kind)
  add('*.ddb.{r}.{s}', 'dynamodb', 'regional')
  for (const row of services.all()) {
    for (const link of row.links) for (const name of link.dns ?? []) add(name, row.id, 'regional')
  }
  return { exact, below }
}
