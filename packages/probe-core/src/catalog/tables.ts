// The endpoint data as the other files of the catalogue read it. Parsed on the first question, so that importing costs nothing.

import { endpointData } from './endpoints.data.ts'

export const variants = ['default', 'fips', 'dualstack', 'dualstackFips'] as const
export type HostVariant = (typeof variants)[number]

type Templates = Readonly<Record<string, string | null>>

interface RawLink {
  readonly 0: string
  readonly 1?: readonly string[] | 0
  readonly 2?: string | 0
  readonly 3?: string | 0
  readonly 4?: RawLink | 0
  readonly 5?: number
  readonly 6?: number
}

interface RawData {
  readonly botocore: string
  readonly partitions: readonly (readonly [string, string, string, string, string, number, string | 0])[]
  readonly regions: readonly string[]
  readonly gateways: readonly string[]
  /** Pattern, partition, variant: a template, or 0. */
  readonly patterns: readonly (readonly (readonly (string | 0)[])[])[]
  readonly services: readonly (readonly unknown[])[]
}

export interface PartitionRow {
  readonly id: string
  readonly index: number
  readonly dnsSuffix: string
  readonly dualStackDnsSuffix: string
  readonly globalRegion: string
  readonly regionPattern: RegExp
  readonly regions: readonly string[]
  /** What begins the PrivateLink names that do not begin with com.amazonaws here; undefined when all do. */
  readonly servicePrefix: string | undefined
}

export interface Regions {
  readonly isNone: boolean
  has(region: string): boolean
}

/** One PrivateLink service. `dns` undefined: the API's own default name. */
export interface LinkRow {
  readonly name: string
  readonly dns: readonly string[] | undefined
  readonly prefixedIn: Regions
  readonly chinaName: string | undefined
  readonly fips: LinkRow | undefined
  readonly takesPolicy: boolean
  readonly port: number
}

/** One service. `names` is set for names outside the API models, and the API fields are then empty. */
export interface ServiceRow {
  readonly id: string
  readonly title: string
  readonly words: readonly string[]
  readonly signingName: string
  readonly prefix: string
  readonly pattern: number
  readonly deviations: Templates
  readonly names: readonly string[] | undefined
  readonly exceptions: Readonly<Record<string, Readonly<Partial<Record<HostVariant, string>>>>>
  readonly signing: Readonly<Record<string, string>>
  /** None = not known. */
  readonly regions: Regions
  readonly fipsRegions: Regions
  readonly links: readonly LinkRow[]
}

export interface Tables {
  readonly botocoreVersion: string
  readonly partitions: readonly PartitionRow[]
  readonly regions: readonly string[]
  readonly gateways: readonly string[]
  readonly patterns: RawData['patterns']
  readonly services: ServiceRows
}

/** Each row is read when it is first asked for: most never are. */
export interface ServiceRows {
  get(id: string): ServiceRow | undefined
  /** By its id, or by one of its words. */
  find(word: string): ServiceRow | undefined
  /** Sorted. */
  ids(): readonly string[]
  words(): readonly string[]
  all(): Iterable<ServiceRow>
}

let read: Tables | undefined

export function tables(): Tables {
  read ??= readTables(JSON.parse(endpointData) as RawData)
  return read
}

function readTables(raw: RawData): Tables {
  let from = 0
  const partitions = raw.partitions.map(([id, dnsSuffix, dualStackDnsSuffix, globalRegion, pattern, count, prefix], index) => {
    const regions = raw.regions.slice(from, from + count)
    from += count
    const servicePrefix = prefix === 0 ? undefined : prefix
    return { id, index, dnsSuffix, dualStackDnsSuffix, globalRegion, regionPattern: new RegExp(pattern), regions, servicePrefix }
  })
  const { botocore: botocoreVersion, regions, gateways, patterns } = raw
  return { botocoreVersion, partitions, regions, gateways, patterns, services: readServices(raw) }
}

function readServices({ services, regions }: RawData): ServiceRows {
  const byId = new Map<string, number>()
  const byWord = new Map<string, number>()
  for (const [at, row] of services.entries()) {
    const [id, , words] = row as readonly [string, string, string | 0 | undefined]
    byId.set(id, at)
    byWord.set(id, at)
    if (words) for (const word of words.split(' ')) byWord.set(word, at)
  }
  const known: ServiceRow[] = []
  const rowAt = (at: number) => {
    known[at] ??= readService(services[at]!, regions)
    return known[at]
  }
  const rowOf = (at: number | undefined) => (at === undefined ? undefined : rowAt(at))
  return {
    get: id => rowOf(byId.get(id)),
    find: word => rowOf(byWord.get(word)),
    ids: () => [...byId.keys()],
    words: () => [...byWord.keys()],
    *all() {
      for (const at of services.keys()) yield rowAt(at)
    },
  }
}

function readService(row: readonly unknown[], regions: readonly string[]): ServiceRow {
  const [id, title, words, signingName, prefix, pattern, hosts, exceptions, signing, offered, fips, links] = row
  return {
    id: id as string,
    title: title as string,
    words: words === '' || !words ? [] : (words as string).split(' '),
    signingName: (signingName || id) as string,
    prefix: (prefix || '') as string,
    pattern: (pattern ?? 0) as number,
    deviations: Array.isArray(hosts) ? {} : ((hosts || {}) as Templates),
    names: (pattern ?? 0) === -1 ? ((hosts || []) as readonly string[]) : undefined,
    exceptions: (exceptions || {}) as ServiceRow['exceptions'],
    signing: (signing || {}) as ServiceRow['signing'],
    regions: readMask(offered, regions),
    fipsRegions: readMask(fips, regions),
    links: ((links || []) as readonly RawLink[]).map(link => readLink(link, regions)),
  }
}

function readLink(link: RawLink, regions: readonly string[]): LinkRow {
  return {
    name: link[0],
    dns: link[1] || undefined,
    prefixedIn: readMask(link[2], regions),
    chinaName: link[3] || undefined,
    fips: link[4] ? readLink(link[4], regions) : undefined,
    takesPolicy: link[5] !== 1,
    port: link[6] || 443,
  }
}

/** A set of regions is written as hexadecimal digits, each of four regions, the lowest bit first. */
function readMask(mask: unknown, regions: readonly string[]): Regions {
  if (typeof mask !== 'string') return { isNone: true, has: () => false }
  return {
    isNone: !/[1-9a-f]/i.test(mask),
    has: region => {
      const at = regions.indexOf(region)
      return at >= 0 && ((Number.parseInt(mask[at >> 2] ?? '0', 16) >> (at & 3)) & 1) === 1
    },
  }
}
