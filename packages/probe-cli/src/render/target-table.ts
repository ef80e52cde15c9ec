// The table of targets, layer by layer. A cell is the plain climb's; what differential probes saw is in the findings.

import type { Layer, Report, Target, Verdict } from '@eniprobe/core'
import { climbedLayers, layerStateOf } from './layer-state.ts'
import { cutMiddleTo, cutTo, padTo, widthOf } from './layout.ts'
import type { Page } from './page.ts'
import { timeOf } from './quantities.ts'

interface Cell {
  readonly text: string
  readonly style: 'good' | 'bad' | 'doubtful' | 'quiet' | 'plain'
}

/** Up to here every target has its row; of more, those that fared the same share a few. */
const mostRows = 200
const shownOfAlike = 3

const order: readonly Verdict[] = ['failing', 'denied', 'unknown', 'healthy']
/** From this width on there is room for the time of what answered. */
const roomyColumns = 110

export function renderTargetTable(report: Report, page: Page): string[] {
  const { messages, paint, columns, verbose } = page
  const { targets: words } = messages
  // What is wrong first; otherwise as asked.
  const sorted = order.flatMap(verdict => report.targets.filter(target => target.verdict === verdict))
  const head = [words.head.target, words.head.verdict, ...climbedLayers.map(layer => words.layers[layer]), words.head.via]
  const rowOf = (target: Target): readonly Cell[] => [
    { text: target.id, style: 'plain' },
    verdictCell(target, page),
    ...climbedLayers.map(layer => layerCell(target, layer, page)),
    { text: words.via[target.via], style: 'plain' },
  ]
  const groups = (verbose || sorted.length <= mostRows ? [sorted] : alike(sorted)).map(group => {
    const isWhole = verbose || sorted.length <= mostRows || group.length <= shownOfAlike + 1
    const rows = (isWhole ? group : group.slice(0, shownOfAlike)).map(rowOf)
    return { rows, rest: group.length - rows.length }
  })
  const rows = groups.flatMap(group => group.rows)
  const widths = fit(
    head.map((title, column) => rows.reduce((most, row) => Math.max(most, widthOf(row[column]?.text ?? '')), widthOf(title))),
    columns - 2,
  )
  const styles = { good: paint.green, bad: paint.red, doubtful: paint.yellow, quiet: paint.dim, plain: (text: string) => text }
  const line = (cells: readonly Cell[]) =>
    `  ${cells
      .map((cell, column) => {
        const text = (column === 0 ? cutMiddleTo : cutTo)(cell.text, widths[column] ?? 0)
        return styles[cell.style](text) + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(text)))
      })
      .join('  ')}`.trimEnd()
  return [
    paint.bold(words.title),
    `  ${paint.dim(
      head
        .map((title, column) => padTo(title, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )}`,
    ...groups.flatMap(({ rows, rest }) => [...rows.map(line), ...(rest > 0 ? [`  ${paint.dim(words.moreAlike(rest))}`] : [])]),
  ]
}

/** Targets that fared the same, in the order of the first of each kind; how long each took does not part them. */
function alike(targets: readonly Target[]): readonly (readonly Target[])[] {
  const groups = new Map<string, Target[]>()
  for (const target of targets) {
    const key = [target.verdict, target.via, ...climbedLayers.map(layer => faring(target, layer))].join(' ')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [target])
    else group.push(target)
  }
  return [...groups.values()]
}

function faring({ observations }: Target, layer: Layer): string {
  const seen = observations.filter(each => each.layer === layer && each.variant === undefined)
  const words = seen.map(each =>
    each.outcome === 'rejected' ? each.code : each.outcome === 'skipped' ? each.because : each.outcome,
  )
  return [...new Set(words)].sort().join('+')
}

/** Columns and how far each may be narrowed, in turn, until the row fits. All the way down a row is 78 wide. */
const narrowings: readonly (readonly [column: number, floor: number])[] = [
  [0, 24],
  [6, 12],
  [0, 16],
  [4, 7],
  [5, 5],
  [6, 8],
  [3, 9],
  [2, 7],
  [7, 7],
  [0, 12],
]

function fit(widths: number[], columns: number): number[] {
  const narrowed = [...widths]
  const over = () => narrowed.reduce((sum, width) => sum + width, 2 * (widths.length - 1)) - columns
  for (const [column, floor] of narrowings) {
    const width = narrowed[column] ?? 0
    if (over() > 0) narrowed[column] = Math.max(Math.min(width, floor), width - over())
  }
  return narrowed
}

const verdictStyles = { healthy: 'good', denied: 'doubtful', failing: 'bad', unknown: 'doubtful' } as const

function verdictCell({ verdict }: Target, { messages }: Page): Cell {
  return { text: messages.targets.verdicts[verdict], style: verdictStyles[verdict] }
}

function layerCell(target: Target, layer: Layer, { messages, columns }: Page): Cell {
  const { targets: words } = messages
  const state = layerStateOf(target, layer)
  if (state === undefined) return { text: '-', style: 'quiet' }
  const { outcome, good, all, code = '', because = 'not-asked', ms = 0 } = state
  const isRoomy = columns >= roomyColumns
  switch (outcome) {
    case 'answered':
      return { text: isRoomy && ms > 0 ? `${words.ok} ${timeOf(ms, messages)}` : words.ok, style: 'good' }
    case 'skipped':
      return { text: words.skipped[because], style: 'quiet' }
    default:
      if (good > 0) return { text: words.some(good, all), style: 'bad' }
      if (outcome === 'silent') return { text: words.silent(timeOf(ms, messages).replace('.0 ', ' ')), style: 'bad' }
      return { text: isRoomy ? code : code.replace(/Exception$/, ''), style: 'bad' }
  }
}
