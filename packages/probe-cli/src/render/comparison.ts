// Reports side by side, for a terminal: what the differences say, then where they stand, then the targets that differ.

import type { ComparedTarget, Comparison, PlaceFact, SeenTarget } from '@eniprobe/core'
import type { CompareMessages } from '../messages/compare-en.ts'
import { clean } from './clean.ts'
import type { Paint } from './colour.ts'
import { cutMiddleTo, cutTo, labelled, padTo, widthOf } from './layout.ts'

interface ComparisonPage {
  readonly columns: number
  readonly paint: Paint
  readonly words: CompareMessages
}

export function renderComparison(comparison: Comparison, page: ComparisonPage): string {
  const { paint, words } = page
  const differing = comparison.targets.filter(({ differs }) => differs)
  const blocks = [
    [paint.bold(words.differ(differing.length, commonOf(comparison).length))],
    reportLines(comparison, page),
    conclusionLines(comparison, page),
    placeLines(comparison, page),
    differing.length === 0 ? [] : targetLines(comparison, differing, page),
    loneLines(comparison, page),
    comparison.reports.length > 2 ? causeLines(comparison, page) : [],
  ]
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

export function renderComparisonQuiet(comparison: Comparison, { words }: ComparisonPage): string {
  const differing = comparison.targets.filter(({ differs }) => differs)
  return `${[words.differ(differing.length, commonOf(comparison).length), ...comparison.conclusions.map(({ says }) => clean(says))].join('\n')}\n`
}

/** Those that two reports or more looked at: only they are compared. */
export function commonOf({ targets }: Comparison): readonly ComparedTarget[] {
  return targets.filter(({ seen }) => seen.filter(one => one !== null).length > 1)
}

/** Targets that one report alone looked at, by its letter. */
export function loneOf({
  targets,
  reports,
}: Comparison): readonly { readonly letter: string; readonly ids: readonly string[] }[] {
  return reports.flatMap(({ letter }, index) => {
    const ids = targets
      .filter(({ seen }) => seen[index] && seen.every((one, at) => at === index || one === null))
      .map(({ id }) => id)
    return ids.length === 0 ? [] : [{ letter, ids }]
  })
}

function loneLines(comparison: Comparison, { paint, words, columns }: ComparisonPage): string[] {
  const lone = loneOf(comparison)
  if (lone.length === 0) return []
  const labelWidth = Math.max(...lone.map(({ letter }) => widthOf(words.onlyIn(letter)))) + 2
  return [
    paint.bold(words.notCompared),
    ...lone.flatMap(({ letter, ids }) =>
      labelled(words.onlyIn(letter), clean(ids.join(', ')), { indent: 2, labelWidth, columns }),
    ),
  ]
}

function reportLines({ reports }: Comparison, { paint, words, columns }: ComparisonPage): string[] {
  const rows = reports.map(report => [
    report.letter,
    clean(report.name),
    clean([report.subnet, report.vpc].filter(Boolean).join(' · ')),
    `${report.startedAt.slice(0, 16).replace('T', ' ')}Z`,
    words.healthy(report.healthy, report.targets) + (report.complete ? '' : `, ${words.incomplete}`),
  ])
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => widthOf(row[column] ?? ''))))
  return [
    paint.bold(words.title),
    ...rows.map(row => cutTo(`  ${row.map((cell, column) => padTo(cell, widths[column] ?? 0)).join('  ')}`.trimEnd(), columns)),
  ]
}

function conclusionLines({ conclusions }: Comparison, { paint, words, columns }: ComparisonPage): string[] {
  if (conclusions.length === 0) return []
  const labelWidth = Math.max(...[words.remains, words.ruledOut, words.affects].map(widthOf)) + 2
  const lines = conclusions.flatMap((one, index) => {
    const row = (label: string, list: readonly string[]) =>
      list.length === 0 ? [] : labelled(label, clean(list.join(', ')), { indent: 4, labelWidth, columns })
    return [
      ...(index === 0 ? [] : ['']),
      ...labelled(`${index + 1}.`, clean(one.says), { indent: 0, labelWidth: 4, columns }),
      ...row(words.remains, one.causes),
      ...row(words.ruledOut, one.ruledOut),
      ...row(words.affects, one.targets),
    ]
  })
  return [paint.bold(words.says), ...lines]
}

function placeLines({ places, reports }: Comparison, { paint, words, columns }: ComparisonPage): string[] {
  if (places.length === 0) return reports.length === 2 ? labelled('', words.sameplace, { indent: 0, labelWidth: 0, columns }) : []
  const labelWidth = Math.max(...places.map(({ what }) => widthOf(words.facts[what]))) + 2
  return [
    paint.bold(words.places),
    ...places.flatMap(({ what, values }) => {
      // Letters that share a value stand together: ten subnets of one VPC are one line.
      const byValue = new Map<string, string[]>()
      values.forEach((value, index) => {
        const shown = factOf(what, value, words)
        byValue.set(shown, [...(byValue.get(shown) ?? []), reports[index]?.letter ?? ''])
      })
      const text = [...byValue].map(([value, letters]) => `${letters.join(' ')}: ${clean(value)}`).join('; ')
      return labelled(words.facts[what], text, { indent: 2, labelWidth, columns })
    }),
  ]
}

export function factOf(what: PlaceFact, value: string | null, words: CompareMessages): string {
  return value === null ? words.unknown : (words.values[what]?.[value] ?? value)
}

/** As many reports beside each other as fit; the rest below, so that no line is wider than the page. */
function targetLines(comparison: Comparison, rows: readonly ComparedTarget[], page: ComparisonPage): string[] {
  const { paint, words, columns } = page
  const { reports } = comparison
  const cells = rows.map(({ seen }) => seen.map(one => cellOf(one, seen, words)))
  const widths = reports.map(({ letter }, index) =>
    Math.min(34, Math.max(widthOf(letter), ...cells.map(row => widthOf(row[index] ?? '')))),
  )
  const first = Math.min(36, Math.max(widthOf(words.target), ...rows.map(({ id }) => widthOf(clean(id)))))
  const lines: string[] = []
  for (let from = 0; from < reports.length; ) {
    let to = from
    let room = columns - 2 - first
    while (to < reports.length && (to === from || room - (widths[to] ?? 0) - 2 >= 0)) {
      room -= (widths[to] ?? 0) + 2
      to += 1
    }
    const line = (head: string, row: readonly string[]) =>
      `  ${padTo(cutMiddleTo(head, first), first)}  ${row
        .slice(from, to)
        .map((cell, index) => padTo(cutTo(cell, widths[from + index] ?? 0), widths[from + index] ?? 0))
        .join('  ')}`.trimEnd()
    if (lines.length > 0) lines.push('')
    lines.push(
      paint.dim(
        line(
          words.target,
          reports.map(({ letter }) => letter),
        ),
      ),
    )
    for (const [index, row] of rows.entries()) lines.push(line(clean(row.id), cells[index] ?? []))
    from = to
  }
  return [paint.bold(words.targets), ...lines]
}

export function cellOf(seen: SeenTarget | null, row: readonly (SeenTarget | null)[], words: CompareMessages): string {
  if (seen === null) return words.notSeen
  const { stopped } = seen
  if (stopped === null || seen.verdict === 'healthy') return words.verdicts[seen.verdict]
  const how = howItStopped(stopped, words)
  // Public or private is said where it is what differs.
  const scopes = new Set(row.map(one => kindOf(one)))
  if (scopes.size < 2 || stopped.layer === 'dns' || stopped.onlyAt !== undefined) return how
  return words.scoped(how, words[kindOf(seen) === 'public' ? 'public' : 'private'])
}

function howItStopped(
  { layer, outcome, code, because, onlyAt }: NonNullable<SeenTarget['stopped']>,
  words: CompareMessages,
): string {
  const how = words.stopped[outcome](layer, clean(code ?? ''))
  if (onlyAt !== undefined) return words.someAddresses(how, onlyAt.length)
  return because === 'no-time' ? words.notInTime(how) : how
}

function kindOf(seen: SeenTarget | null): string {
  if (seen === null || seen.scope === null) return ''
  return seen.scope === 'vpc' || seen.scope === 'private' ? 'private' : seen.scope
}

function causeLines({ causes }: Comparison, { paint, words, columns }: ComparisonPage): string[] {
  if (causes.length === 0) return []
  return [
    paint.bold(words.causes),
    ...causes.flatMap(({ cause, where }) => [
      `  ${cause}`,
      ...Object.entries(where).flatMap(([target, letters]) =>
        labelled(cutMiddleTo(clean(target), 34), letters.join(' '), { indent: 4, labelWidth: 36, columns }),
      ),
    ]),
  ]
}
