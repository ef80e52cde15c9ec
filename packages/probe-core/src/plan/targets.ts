// What one run will look at: the user's words and what a workload needs, merged, as pure data. Nothing is probed here.

import { findWorkload, isRegionName, suggestRegions, workloadIds } from '../catalog/index.ts'
import type { PackageSettings } from '../model/packages.ts'
import type { PlannedTarget, TargetKind } from '../model/target.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import type { NetworkIds, SdkSettings } from '../model/vantage.ts'
import { bracketed, quote } from './addresses.ts'
import { packageDefaults } from './resource-words.ts'
import { nearestOf, readTargetWord } from './target-words.ts'
import { planNeeds } from './workload-needs.ts'

export interface PlanContext {
  /** Null when nothing tells it: services are then planned with an empty host, which nobody can probe. */
  readonly region: string | null
  /** Named by the user with `--for`: everything they can need is planned. */
  readonly workloads: readonly string[]
  /** Recognised, not named: only what they always need, and what fails without a word when it is missing. */
  readonly detected?: readonly string[]
  readonly settings?: SdkSettings
  readonly accountId?: string | null
  readonly network?: NetworkIds
  readonly packages?: ReadonlyMap<string, PackageSettings>
}

/** Looked at when nothing is named and nothing is recognised: what nearly every AWS client touches first. */
const basics = ['sts', 's3']

/**
 * The targets of one run, in the order asked: words first, then the needs of workloads. One host and port is one target,
 * whoever asked for it (`wantedBy`). A target whose host is empty cannot be named in this environment; `note` says why.
 * @throws ProbeUsageError for an unknown word, workload or region
 */
export function planTargets(words: readonly string[], context: PlanContext): PlannedTarget[] {
  if (context.region !== null) checkRegion(context.region)
  const named = words.flatMap(word => readTargetWord(word.trim(), context))
  const needed = [
    ...context.workloads.flatMap(id => planNeeds(knownWorkload(id), context, 'all')),
    ...(context.detected ?? []).flatMap(id => planNeeds(knownWorkload(id), context, 'always-and-silent')),
  ]
  const asked = [...named, ...needed]
  if (asked.length > 0) return merge(asked)
  return basics.flatMap(word => readTargetWord(word, context)).map(target => ({ ...target, wantedBy: ['default'] }))
}

/** A word that names a package manager, whose configuration tells the targets. */
export function isPackageWord(word: string): boolean {
  return Object.hasOwn(packageDefaults, word)
}

function knownWorkload(id: string): string {
  if (findWorkload(id) !== undefined) return id
  const near = nearWorkloads(id.toLowerCase())
  const mend =
    near.length === 0
      ? { en: '"eniprobe list workloads" shows all', ja: '一覧は "eniprobe list workloads"' }
      : {
          en: `did you mean ${near.join(', ')}? "eniprobe list workloads" shows all`,
          ja: `${near.join('、')} ではありませんか。一覧は "eniprobe list workloads"`,
        }
  throw new ProbeUsageError(
    'unknown-workload',
    { en: `${quote(id)} is no workload (--for)`, ja: `${quote(id)} というワークロードはありません（--for）` },
    mend,
  )
}

/** All of the family that the word names: `sagemaker` is five; else what is nearest, of one or of the families. */
function nearWorkloads(word: string): readonly string[] {
  const ids = workloadIds()
  const familyOf = (id: string) => id.split('-')[0] as string
  const families = [...new Set(ids.map(familyOf))]
  const nearest = families.includes(word) ? undefined : nearestOf(word, ids)
  const family = nearestOf(word, families)
  return nearest === undefined ? ids.filter(id => familyOf(id) === family) : [nearest]
}

/** A region this version has not heard of is fine; one that cannot be a region is a slip. */
function checkRegion(region: string): void {
  if (isRegionName(region)) return
  const nearest = nearestOf(region.toLowerCase(), suggestRegions())
  throw new ProbeUsageError(
    'bad-region',
    { en: `${quote(region)} is not a region`, ja: `${quote(region)} はリージョンではありません` },
    nearest === undefined
      ? { en: 'write it like ap-northeast-1', ja: 'ap-northeast-1 のように書いてください' }
      : { en: `did you mean ${nearest}?`, ja: `${nearest} ではありませんか` },
  )
}

function merge(asked: readonly PlannedTarget[]): PlannedTarget[] {
  const byPlace = new Map<string, PlannedTarget>()
  for (const target of asked) {
    const place = placeOf(target)
    const first = byPlace.get(place)
    byPlace.set(place, first === undefined ? target : join(first, target))
  }
  return withOwnIds([...byPlace.values()])
}

/** Two resources behind one host are two targets: their calls differ. A bare service joins no resource for the same reason. */
function placeOf(target: PlannedTarget): string {
  const where = target.host === '' ? target.id : `${bracketed(target.host)}:${target.port}`
  // A service and a bare TCP look at its host are one climb. Two services behind one endpoint URL are not, nor are two paths.
  return [
    where,
    target.service ?? '',
    target.resource ?? '',
    target.kind === 'https' && target.path !== '/' ? (target.path ?? '') : '',
    target.scheme === 'http' ? 'http' : '',
    target.only === 'name' ? 'name' : '',
  ].join(' ')
}

const worst = ['fails', 'stalls', 'degrades'] as const

/** How far up each kind is climbed: of two that ask for one place, the higher climb answers both. */
const reach: Readonly<Record<TargetKind, number>> = { tcp: 0, tls: 1, https: 2, service: 3, resource: 3 }

function join(first: PlannedTarget, second: PlannedTarget): PlannedTarget {
  const higher = reach[second.kind] > reach[first.kind] ? second : first
  const without = worst.find(effect => first.without === effect || second.without === effect)
  // Needed always by one of them = needed always.
  const { when: _, ...rest } = higher
  const when = first.when === undefined || second.when === undefined ? [] : [...new Set([first.when, second.when])]
  return {
    ...rest,
    wantedBy: [...new Set([...first.wantedBy, ...second.wantedBy])],
    ...(without === undefined ? {} : { without }),
    ...(when.length > 0 ? { when: when.join('; ') } : {}),
  }
}

function withOwnIds(targets: readonly PlannedTarget[]): PlannedTarget[] {
  const taken = new Set<string>()
  return targets.map(target => {
    let id = target.id
    if (taken.has(id))
      id = `${target.id} (${target.host === '' ? (target.service ?? 'no host') : `${bracketed(target.host)}:${target.port}`})`
    for (let n = 2; taken.has(id); n += 1) id = `${target.id} (${n})`
    taken.add(id)
    return { ...target, id }
  })
}
