// Reports of several places or times set side by side. Pure: no network, clock or file. Each is judged already.

import type { CauseCode } from '../model/cause.ts'
import {
  type ComparedReport,
  type Comparison,
  type Conclusion,
  comparisonFormat,
  type SeenTarget,
  type SharedCause,
} from '../model/comparison.ts'
import type { Language } from '../model/language.ts'
import type { Report } from '../model/report.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import { conclude, type Side } from './conclusions.ts'
import { areTogether, comparePlaces, isSame } from './places.ts'
import { isAlike, readSeen } from './seen.ts'
import { speak, type Words } from './words.ts'

export interface NamedReport {
  readonly name: string
  readonly report: Report
}

export interface CompareOptions {
  /** Of the words for people. Default `en`. */
  readonly language?: Language
}

/**
 * What differs between reports, and what that says. Targets are matched by id, else by host and port.
 * @throws ProbeUsageError `too-few-reports`: one report cannot be compared
 */
export function compareReports(named: readonly NamedReport[], options: CompareOptions = {}): Comparison {
  if (named.length < 2) throw new ProbeUsageError('too-few-reports', 'one report cannot be compared', 'give two or more')
  const language = options.language ?? 'en'
  const reports = named.map(({ report }) => report)
  const letters = named.map((_, index) => letterOf(index))
  const rows = matchTargets(reports, letters)
  return {
    format: comparisonFormat,
    reports: named.map((one, index) => summary(one, letters[index] ?? '')),
    places: comparePlaces(reports),
    targets: rows.map(({ id, host, service, seen }) => ({ id, host, service, seen, differs: differs(seen) })),
    conclusions: drawAll(rows, language),
    causes: sharedCauses(reports, letters),
  }
}

function summary({ name, report }: NamedReport, letter: string): ComparedReport {
  const { vantage, run, targets, findings } = report
  return {
    letter,
    name,
    startedAt: run.startedAt,
    complete: run.complete,
    region: vantage.region,
    workload: vantage.workload,
    vpc: vantage.network.vpc,
    subnet: vantage.network.subnet ?? vantage.network.subnetCidr,
    address: vantage.interfaces.find(i => i.name !== 'lo')?.address ?? null,
    account: vantage.identity?.account ?? null,
    targets: targets.length,
    healthy: targets.filter(t => t.verdict === 'healthy').length,
    errors: findings.filter(f => f.severity === 'error').length,
  }
}

interface Row {
  readonly id: string
  readonly host: string
  readonly service: string | null
  /** Host, port and what is asked of it: the same target may have another id elsewhere. */
  readonly place: string
  readonly seen: (SeenTarget | null)[]
  readonly sides: Side[]
}

function matchTargets(reports: readonly Report[], letters: readonly string[]): readonly Row[] {
  const rows: Row[] = []
  const byId = new Map<string, Row>()
  const byPlace = new Map<string, Row>()
  reports.forEach((report, index) => {
    for (const target of report.targets) {
      const { id, host, service } = target
      const place = host === '' ? id : `${host}:${target.port} ${service ?? ''} ${target.resource ?? ''}`
      let row = byId.get(id) ?? byPlace.get(place)
      if (row === undefined) {
        row = { id, host, service, place, seen: reports.map(() => null), sides: [] }
        rows.push(row)
        byId.set(id, row)
        byPlace.set(place, row)
      }
      if (row.seen[index] !== null) continue
      const seen = readSeen(target, report)
      row.seen[index] = seen
      row.sides.push({ letter: letters[index] ?? '', report, target, seen })
    }
  })
  return rows
}

function differs(seen: readonly (SeenTarget | null)[]): boolean {
  const there = seen.filter(one => one !== null)
  const [first] = there
  return first !== undefined && there.some(one => !isAlike(one, first))
}

interface Told {
  readonly targets: readonly string[]
  readonly works: string
  readonly fails: readonly string[]
  readonly words: Words
  readonly causes: readonly CauseCode[]
  readonly ruledOut: readonly CauseCode[]
}

function drawAll(rows: readonly Row[], language: Language): readonly Conclusion[] {
  const one = rows.filter(({ seen }) => differs(seen)).flatMap(drawRow)
  // The same of many targets is told once, and then the same of many places.
  const ofTargets = together(
    one,
    ({ works, fails }) => [works, fails],
    ['host', 'silent'],
    (a, b) => ({
      ...a,
      targets: [...a.targets, ...b.targets],
    }),
  )
  const ofPlaces = together(
    ofTargets,
    ({ works, targets }) => [works, targets],
    ['bad'],
    (a, b) => ({
      ...a,
      fails: [...a.fails, ...b.fails],
    }),
  )
  return ofPlaces
    .map(({ targets, works, fails, words, causes, ruledOut }) => ({
      targets,
      works: [works],
      fails,
      says: speak(words, language),
      phrase: { key: words.key, parts: words.parts },
      causes,
      ruledOut,
    }))
    .sort((a, b) => b.targets.length - a.targets.length)
}

function drawRow({ id, sides }: Row): readonly Told[] {
  const good = sides.filter(({ seen }) => seen.verdict === 'healthy' || seen.verdict === 'denied')
  return sides.flatMap((bad): Told[] => {
    const best = nearest(
      good.filter(side => getsFurther(side, bad)),
      bad,
    )
    const drawn = best && conclude(best, bad)
    if (best === undefined || drawn === undefined) return []
    const ruledOut = areTogether(best.report, bad.report) ? drawn.ruledOut : []
    return [{ ...drawn, targets: [id], works: best.letter, fails: [bad.letter], ruledOut }]
  })
}

/** Those that say the same but for the parts in `lists`, which are strung together. */
function together(
  told: readonly Told[],
  keyOf: (one: Told) => unknown,
  lists: readonly string[],
  join: (a: Told, b: Told) => Told,
): readonly Told[] {
  const found = new Map<string, Told>()
  for (const one of told) {
    const { key, parts } = one.words
    const fixed = Object.entries(parts).filter(([name]) => !lists.includes(name))
    const id = JSON.stringify([key, fixed, one.causes, one.ruledOut, keyOf(one)])
    const before = found.get(id)
    if (before === undefined) {
      found.set(id, one)
      continue
    }
    const strung = lists.flatMap(name =>
      parts[name] === undefined ? [] : [[name, `${before.words.parts[name]}, ${parts[name]}`]],
    )
    found.set(id, { ...join(before, one), words: { key, parts: { ...parts, ...Object.fromEntries(strung) } } })
  }
  return [...found.values()]
}

const ladder = { dns: 0, tcp: 1, tls: 2, http: 3, aws: 4 } as const

function getsFurther(good: Side, bad: Side): boolean {
  if (good === bad) return false
  const height = ({ seen }: Side) => (seen.stopped === null ? 5 : ladder[seen.stopped.layer])
  // Where one address of several is silent, all above it was seen on another.
  if (good.seen.stopped?.onlyAt !== undefined) return false
  return height(good) > height(bad)
}

/** The one that shares most with the place where it fails tells most. */
function nearest(good: readonly Side[], bad: Side): Side | undefined {
  const shared = (side: Side) =>
    (['vpc', 'subnet', 'securityGroups', 'resolvers', 'identity'] as const).filter(
      what => isSame(what, side.report, bad.report) === 'same',
    ).length
  return [...good].sort((a, b) => shared(b) - shared(a))[0]
}

function sharedCauses(reports: readonly Report[], letters: readonly string[]): readonly SharedCause[] {
  const found = new Map<CauseCode, Map<string, string[]>>()
  reports.forEach((report, index) => {
    for (const { causes, targets } of report.findings) {
      const cause = causes[0]?.cause
      if (cause === undefined) continue
      const where = found.get(cause) ?? new Map<string, string[]>()
      found.set(cause, where)
      for (const id of targets) where.set(id, [...new Set([...(where.get(id) ?? []), letters[index] ?? ''])])
    }
  })
  return [...found].map(([cause, where]) => ({ cause, where: Object.fromEntries(where) }))
}

/** A … Z, AA, AB …, as columns of a sheet are counted. */
function letterOf(index: number): string {
  const rest = Math.floor(index / 26) - 1
  return `${rest >= 0 ? letterOf(rest) : ''}${String.fromCharCode(65 + (index % 26))}`
}
