// Reports of several places or times set side by side. Pure: no network, clock or file. Each is judged already.

import type { CauseCode } from '../model/cause.ts'
import {
  type ComparedReport,
  type ComparedTarget,
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
import { comparePlaces, isSame } from './places.ts'
import { isAlike, readSeen } from './seen.ts'
import { speak } from './words.ts'

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
  const targets = compareTargets(reports)
  return {
    format: comparisonFormat,
    reports: named.map((one, index) => summary(one, letters[index] ?? '')),
    places: comparePlaces(reports),
    targets,
    conclusions: drawAll(targets, reports, letters, language),
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
}

function compareTargets(reports: readonly Report[]): readonly ComparedTarget[] {
  const rows: Row[] = []
  const byId = new Map<string, Row>()
  const byPlace = new Map<string, Row>()
  reports.forEach((report, index) => {
    for (const target of report.targets) {
      const { id, host, service } = target
      const place = host === '' ? id : `${host}:${target.port} ${service ?? ''} ${target.resource ?? ''}`
      let row = byId.get(id) ?? byPlace.get(place)
      if (row === undefined) {
        row = { id, host, service, place, seen: reports.map(() => null) }
        rows.push(row)
        byId.set(id, row)
        byPlace.set(place, row)
      }
      row.seen[index] ??= readSeen(target, report)
    }
  })
  return rows.map(({ id, host, service, seen }) => ({ id, host, service, seen, differs: differs(seen) }))
}

function differs(seen: readonly (SeenTarget | null)[]): boolean {
  const there = seen.filter(one => one !== null)
  const [first] = there
  return first !== undefined && there.some(one => !isAlike(one, first))
}

function drawAll(
  targets: readonly ComparedTarget[],
  reports: readonly Report[],
  letters: readonly string[],
  language: Language,
): readonly Conclusion[] {
  const drawn = new Map<string, Conclusion>()
  for (const target of targets) {
    if (!target.differs) continue
    const sides = target.seen.flatMap((seen, index): Side[] => {
      const report = reports[index]
      return seen === null || report === undefined ? [] : [{ letter: letters[index] ?? '', report, seen }]
    })
    const good = sides.filter(({ seen }) => seen.verdict === 'healthy' || seen.verdict === 'denied')
    for (const bad of sides) {
      const best = nearest(
        good.filter(side => getsFurther(side, bad)),
        bad,
      )
      if (best === undefined) continue
      const { words, causes, ...narrowed } = conclude(best, bad, target.host || target.id)
      const ruledOut = areTogether(best.report, bad.report) ? narrowed.ruledOut : []
      const key = JSON.stringify([words.key, best.letter, bad.letter, causes, words.key === 'tcp.otherAddress' ? target.id : ''])
      const before = drawn.get(key)
      if (before === undefined) {
        const phrase = { key: words.key, parts: words.parts }
        drawn.set(key, {
          targets: [target.id],
          works: [best.letter],
          fails: [bad.letter],
          says: speak(words, language),
          phrase,
          causes,
          ruledOut,
        })
      } else {
        const hosts = [...String(before.phrase.parts?.host).split(', '), target.host || target.id]
        const parts = { ...words.parts, host: hosts.join(', ') }
        drawn.set(key, {
          ...before,
          targets: [...before.targets, target.id],
          phrase: { key: words.key, parts },
          says: speak({ key: words.key, parts }, language),
        })
      }
    }
  }
  return [...drawn.values()].sort((a, b) => b.targets.length - a.targets.length)
}

/** What works in one place rules something out in another only at the same time: an endpoint may have come up between. */
const togetherMs = 10 * 60_000

function areTogether(a: Report, b: Report): boolean {
  return Math.abs(Date.parse(a.run.startedAt) - Date.parse(b.run.startedAt)) <= togetherMs
}

const ladder = { dns: 0, tcp: 1, tls: 2, http: 3, aws: 4 } as const

function getsFurther(good: Side, bad: Side): boolean {
  if (good === bad) return false
  const height = ({ seen }: Side) => (seen.stopped === null ? 5 : ladder[seen.stopped.layer])
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
