// --verbose: every observation in order of time, with what was seen, one line each.

import type { Observation, Report } from '@eniprobe/core'
import { cutMiddleTo, padTo, widthOf, wrap } from './layout.ts'
import type { Page } from './page.ts'
import { timeOf } from './quantities.ts'

/** Facts that do not fit beside what happened stand under it, behind the time. */
const factsIndent = 13

interface Event {
  readonly startMs: number
  readonly who: string
  readonly what: string
  readonly facts: string
}

export function renderTrace(report: Report, page: Page): string[] {
  const { messages, paint, columns } = page
  const checks = (report.vantage.checks ?? []).map(check => ({
    startMs: check.startMs ?? 0,
    who: check.check,
    what: `${check.address} ${outcomeOf(check, page)}`,
    facts: factsOf(check.seen),
  }))
  const climbs = report.targets.flatMap(({ id, observations }) =>
    observations.map(each => ({ startMs: each.startMs ?? -1, who: id, what: happening(each, page), facts: factsSeen(each) })),
  )
  // An observation without a time (skipped, or written by hand) stays behind those before it.
  let latest = 0
  const timed = [...checks, ...climbs].map((each): Event => {
    latest = each.startMs >= 0 ? each.startMs : latest
    return { ...each, startMs: latest }
  })
  timed.sort((a, b) => a.startMs - b.startMs)
  const whoWidth = Math.min(28, Math.max(0, ...timed.map(({ who }) => widthOf(who))))
  const lines = timed.flatMap(({ startMs, who, what, facts }) => {
    const time = `  ${String(Math.round(startMs)).padStart(6)} ms  `
    const first = `${time}${padTo(cutMiddleTo(who, whoWidth), whoWidth)}  ${what}`
    const whole = `${first} ${paint.dim(facts)}`.trimEnd()
    if (widthOf(whole) <= columns) return [whole]
    return [first, ...wrap(facts, columns - factsIndent).map(line => ' '.repeat(factsIndent) + paint.dim(line))]
  })
  return [paint.bold(messages.trace.title), ...lines]
}

/** One observation in one line. */
export function describeObservation(each: Observation, page: Page): string {
  return `${happening(each, page)} ${factsSeen(each)}`.trimEnd()
}

function happening(each: Observation, page: Page): string {
  const where = [
    each.layer,
    each.variant === undefined ? '' : `(${each.variant})`,
    each.via === undefined ? '' : page.messages.trace.via(each.via),
    each.address ?? '',
  ]
  return [...where, outcomeOf(each, page)].filter(part => part !== '').join(' ')
}

function factsSeen(each: Observation): string {
  const seen = each.outcome === 'skipped' ? '' : factsOf(each.seen)
  const message = each.outcome === 'rejected' && each.message !== undefined ? JSON.stringify(each.message) : ''
  return [seen, message].filter(part => part !== '').join(' ')
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
