// When each layer of a target was under way, as bars. The axis is a square root: resolving takes milliseconds and silence
// seconds, and both have to be seen.

import type { Observation, Report, Target } from '@eniprobe/core'
import type { FormatPage } from '../format-page.ts'
import { timeOf } from '../quantities.ts'
import { html, type Safe } from './safe.ts'

const leastPercent = 0.7
const height = 22

export interface TimeAxis {
  readonly totalMs: number
  /** Where a time stands, in per cent. */
  at(ms: number): number
}

export function timeAxisOf({ run, targets }: Report): TimeAxis {
  const ends = targets.flatMap(({ observations }) => observations.map(each => (each.startMs ?? 0) + lengthOf(each)))
  let totalMs = Math.max(1, Number.isFinite(run.durationMs) ? run.durationMs : 1)
  for (const end of ends) if (Number.isFinite(end)) totalMs = Math.max(totalMs, end)
  return { totalMs, at: ms => 100 * Math.sqrt(Math.min(1, Math.max(0, ms) / totalMs)) }
}

export function renderBars({ observations }: Target, axis: TimeAxis, page: FormatPage): Safe {
  const timed = observations.filter(({ startMs, outcome }) => startMs !== undefined && outcome !== 'skipped')
  // What was asked beside the climb lies behind it, and thin.
  const extra = timed.filter(({ variant }) => variant !== undefined)
  const plain = timed.filter(({ variant }) => variant === undefined)
  return html`<svg class="bars" width="100%" height="${height}" aria-hidden="true">${ticksOf(axis).map(
    ms => html`<line class="tick" x1="${percent(axis.at(ms))}" x2="${percent(axis.at(ms))}" y1="0" y2="${height}"/>`,
  )}${extra.map(each => bar(each, axis, page, 15, 4))}${plain.map(each => bar(each, axis, page, 3, 10))}</svg>`
}

export function renderAxis(axis: TimeAxis, page: FormatPage): Safe {
  const ticks = ticksOf(axis).map(ms => html`<text x="${percent(axis.at(ms))}" y="11">${timeOf(ms, page.messages)}</text>`)
  return html`<svg class="axis" width="100%" height="14" aria-hidden="true">${ticks}</svg>`
}

function bar(each: Observation, axis: TimeAxis, page: FormatPage, y: number, thick: number): Safe {
  const start = each.startMs ?? 0
  const from = axis.at(start)
  const width = Math.max(leastPercent, axis.at(start + lengthOf(each)) - from)
  const says = `${each.layer} ${page.formats.outcomes[each.outcome]} ${timeOf(lengthOf(each), page.messages)}`
  // One observation begins where the last has ended, or with it: of several addresses the bars lie on each other.
  return html`<rect class="${each.layer} ${each.outcome}" x="${percent(Math.min(from, 100 - leastPercent))}" y="${y}" width="${percent(width)}" height="${thick}"><title>${says}</title></rect>`
}

function lengthOf(each: Observation): number {
  const ms = each.outcome === 'silent' ? each.waitedMs : each.durationMs
  return ms !== undefined && Number.isFinite(ms) ? Math.max(0, ms) : 0
}

/** Round times that stand far enough apart to be read. */
function ticksOf(axis: TimeAxis): number[] {
  const ticks: number[] = []
  for (const ms of [10, 100, 500, 1000, 3000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000]) {
    const last = ticks.at(-1)
    if (ms <= axis.totalMs && (last === undefined || axis.at(ms) - axis.at(last) >= 16) && axis.at(ms) > 4 && axis.at(ms) < 94)
      ticks.push(ms)
  }
  return ticks
}

function percent(value: number): string {
  return `${Math.round(value * 100) / 100}%`
}
