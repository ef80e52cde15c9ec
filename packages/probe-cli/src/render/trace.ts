// --verbose: every observation in order of time, with what was seen, one line each.

import type { Observation, Report } from '@eniprobe/core'
import { cutMiddleTo, padTo, widthOf } from './layout.ts'
import type { Page } from './page.ts'
import { timeOf } from './quantities.ts'

export function renderTrace(report: Report, page: Page): string[] {
  const { messages, paint } = page
  const checks = (report.vantage.checks ?? []).map(check => ({
    startMs: check.startMs ?? 0,
    who: check.check,
    what: `${check.address} ${outcomeOf(check, page)} ${factsOf(check.seen)}`,
  }))
  const climbs = report.targets.flatMap(({ id, observations }) =>
    observations.map(each => ({ startMs: each.startMs, who: id, what: describeObservation(each, page) })),
  )
  // An observation without a time (skipped, or written by hand) stays behind those before it.
  let latest = 0
  const timed = [...checks, ...climbs.map(climb => ({ ...climb, startMs: climb.startMs ?? -1 }))].map(each => {
    latest = each.startMs >= 0 ? each.startMs : latest
    return { ...each, startMs: latest }
  })
  timed.sort((a, b) => a.startMs - b.startMs)
  const whoWidth = Math.min(28, Math.max(0, ...timed.map(({ who }) => widthOf(who))))
  const lines = timed.map(({ startMs, who, what }) =>
    `  ${String(Math.round(startMs)).padStart(6)} ms  ${padTo(cutMiddleTo(who, whoWidth), whoWidth)}  ${what}`.trimEnd(),
  )
  return [paint.bold(messages.trace.title), ...lines]
}

/** One observation in one line. */
export function describeObservation(each: Observation, page: Page): string {
  const where = [
    each.layer,
    each.variant === undefined ? '' : `(${each.variant})`,
    each.via === undefined ? '' : page.messages.trace.via(each.via),
    each.address ?? '',
  ]
  const seen = each.outcome === 'skipped' ? '' : factsOf(each.seen)
  const message = each.outcome === 'rejected' && each.message !== undefined ? JSON.stringify(each.message) : ''
  return [...where, outcomeOf(each, page), seen, message].filter(part => part !== '').join(' ')
}

interface Outcomes {
  readonly outcome: Observation['outcome']
  readonly durationMs?: number
  readonly waitedMs?: number
  readonly tries?: number
  readonly code?: string
  readonly because?: 'below-failed' | 'not-asked' | 'no-time' | 'no-credentials'
}

function outcomeOf(each: Outcomes, { messages, paint }: Page): string {
  const { trace: words } = messages
  const took = each.durationMs === undefined ? '' : ` ${paint.dim(timeOf(each.durationMs, messages))}`
  if (each.outcome === 'answered') return `${paint.green(words.answered)}${took}`
  if (each.outcome === 'rejected') return `${paint.red(words.rejected(each.code ?? ''))}${took}`
  if (each.outcome === 'silent')
    return paint.red(words.silent(timeOf(each.waitedMs ?? each.durationMs ?? 0, messages), each.tries ?? 1))
  return paint.dim(words.skipped[each.because ?? 'not-asked'])
}

function factsOf(seen: object | undefined): string {
  return Object.entries(seen ?? {})
    .map(([name, value]) => `${name}=${typeof value === 'string' && /^[^\s"]+$/.test(value) ? value : JSON.stringify(value)}`)
    .join(' ')
    .replaceAll('\n', ' ')
}
