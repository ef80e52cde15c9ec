// What each kind of workload needs, and what it loses without. The table itself: scripts/catalog/workloads.source.json, a line a need.

import type { Language } from '../model/language.ts'
import { fillTemplate, hostsOf } from './hosts.ts'
import { partitionRow } from './partitions.ts'
import { findService } from './services.ts'
import { workloadData } from './workloads.data.ts'

export interface WorkloadNeed {
  /** Catalogue id; null when it is not an AWS endpoint service. */
  readonly service: string | null
  /** What it is, when `service` is null: `nfs`, `self-sg`, `internet`, `iam-global` … */
  readonly name: string | null
  /** Null: not one name (a bucket, a mount target, the other nodes). */
  readonly host: string | null
  /** 0: no single port. */
  readonly port: number
  /** `always`, or the feature that makes it needed. */
  readonly when: string
  readonly without: 'fails' | 'stalls' | 'degrades'
  /** The need cannot be read from what the user asked for. */
  readonly silent: boolean
  readonly kind: string
  readonly effect: { readonly en: string; readonly ja: string }
  readonly source: { readonly title: string; readonly url: string } | null
}

export interface Workload {
  readonly id: string
  readonly title: { readonly en: string; readonly ja: string }
  needs(region: string): readonly WorkloadNeed[]
  /** The needs that no feature switches on: `when` is `always`. */
  alwaysNeeded(region: string): readonly WorkloadNeed[]
  /** Traffic that does not cross the customer's interface: an endpoint missing for it is no finding. */
  readonly notViaEni: readonly { readonly traffic: string; readonly why: string }[]
  readonly notes: string
}

type RawNeed = readonly [
  service: string | 0,
  name: string | 0,
  host: string | 0,
  port: number,
  feature: number,
  without: number,
  silent: number,
  kind: number,
  effect: number,
  told?: number,
  source?: number,
]

interface RawData {
  readonly sources: readonly (readonly [string, string])[]
  readonly kinds: readonly string[]
  readonly effects: readonly (readonly [string, string])[]
  readonly features: readonly (readonly [string, string])[]
  readonly workloads: readonly (readonly [
    string,
    string,
    string,
    string,
    readonly (readonly [string, string])[],
    readonly RawNeed[],
  ])[]
}

const losses = ['fails', 'stalls', 'degrades'] as const

let read: ReadonlyMap<string, Workload> | undefined
let features: ReadonlyMap<string, string> | undefined

export function workloadIds(): readonly string[] {
  return [...workloads().keys()]
}

export function findWorkload(id: string): Workload | undefined {
  return workloads().get(id.trim().toLowerCase())
}

/** The `when` of a need, or several parted by `; `, in a language. What is no feature of the catalogue comes back as it is. */
export function featureIn(when: string, language: Language): string {
  if (language === 'en') return when
  features ??= new Map((JSON.parse(workloadData) as RawData).features)
  const known = features
  const whole = known.get(when)
  if (whole !== undefined) return whole
  const pieces = when.split('; ')
  // One feature may hold a semicolon itself: the longest that is known goes first.
  const said: string[] = []
  while (pieces.length > 0) {
    let taken = pieces.length
    while (taken > 1 && !known.has(pieces.slice(0, taken).join('; '))) taken -= 1
    const name = pieces.splice(0, taken).join('; ')
    const word = known.get(name)
    if (word === undefined) return when
    said.push(word)
  }
  return said.reduce((line, word) => `${line}、または${/^[!-~]/.test(word) ? ' ' : ''}${word}`)
}

function workloads(): ReadonlyMap<string, Workload> {
  read ??= readWorkloads(JSON.parse(workloadData) as RawData)
  return read
}

function readWorkloads(raw: RawData): ReadonlyMap<string, Workload> {
  return new Map(
    raw.workloads.map(([id, en, ja, notes, notViaEni, rows]) => {
      const needs = (region: string) => rows.map(row => readNeed(row, raw, region))
      const workload: Workload = {
        id,
        title: { en, ja },
        needs,
        alwaysNeeded: region => needs(region).filter(need => need.when === 'always'),
        notViaEni: notViaEni.map(([traffic, why]) => ({ traffic, why })),
        notes,
      }
      return [id, workload]
    }),
  )
}

function readNeed(row: RawNeed, raw: RawData, region: string): WorkloadNeed {
  const [service, name, host, port, feature, without, silent, kind, effect, , source] = row
  const [en, ja] = raw.effects[effect]!
  const cited = source ? raw.sources[source - 1] : undefined
  return {
    service: service || null,
    name: name || null,
    host: host ? fillTemplate(host, '', region, partitionRow(region)).replaceAll('{r}', region) : hostOf(service || null, region),
    port,
    when: feature === 0 ? 'always' : raw.features[feature - 1]![0],
    without: losses[without] ?? 'fails',
    silent: silent === 1,
    kind: raw.kinds[kind]!,
    effect: { en, ja },
    source: cited === undefined ? null : { title: cited[0], url: cited[1] },
  }
}

function hostOf(service: string | null, region: string): string | null {
  const found = service === null ? undefined : findService(service)
  return found === undefined ? null : (hostsOf(found, region)[0]?.host ?? null)
}
