// Turns an answer of a link-local service into a check of the vantage.

import type { VantageCheck } from '../../model/vantage.ts'
import type { Clock } from '../../time/clock.ts'
import type { LinkLocalAnswer } from './ask.ts'

export function toCheck(
  check: VantageCheck['check'],
  address: string,
  answer: LinkLocalAnswer,
  startMs: number,
  clock: Clock,
  seen: NonNullable<VantageCheck['seen']> = {},
): VantageCheck {
  const base = { check, address, startMs }
  if (answer.outcome === 'skipped') return { ...base, outcome: 'skipped', because: answer.because }
  const timed = { ...base, durationMs: Math.round((clock.sinceStartMs() - startMs) * 10) / 10 }
  if (answer.outcome === 'silent') {
    return { ...timed, outcome: 'silent', waitedMs: answer.waitedMs, seen: { ...seen, connected: answer.connected } }
  }
  if (answer.outcome === 'rejected') {
    return { ...timed, outcome: 'rejected', code: answer.code, seen: { ...seen, connected: answer.connected } }
  }
  return { ...timed, outcome: 'answered', seen: { ...seen, status: answer.status } }
}
