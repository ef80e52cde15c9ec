// Durations as people write them on a command line.

import { ProbeUsageError } from '../model/usage-error.ts'

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
/** Node's timers hold no more than this; a longer wait would fire at once. */
const longestMs = 2 ** 31 - 1

/**
 * Milliseconds of `15s`, `500ms`, `1.5s`, `2m`, `1h`. A number without a unit is refused: `3` could mean either.
 * @param what the option or field it came from, for the message
 * @throws ProbeUsageError `bad-duration`
 */
export function readDuration(text: string, what: string): number {
  const match = /^(\d{1,10}(?:\.\d{1,3})?)(ms|s|m|h)?$/.exec(text.trim())
  const number = Number(match?.[1])
  const unit = match?.[2]
  if (match === null) throw refused(text, what, 'write a number and a unit, like 15s, 500ms or 2m')
  // Before the unit: a mend that is refused again is none.
  if (number === 0) throw refused(text, what, 'give it some time, at least 1ms')
  if (unit === undefined) throw refused(text, what, `add a unit: ${text}s for seconds, ${text}ms for milliseconds`)
  const ms = Math.round(number * (unitMs[unit] ?? 0))
  if (ms < 1) throw refused(text, what, 'give it some time, at least 1ms')
  if (ms > longestMs) throw refused(text, what, 'give 24 days or less')
  return ms
}

function refused(text: string, what: string, mend: string): ProbeUsageError {
  return new ProbeUsageError('bad-duration', `"${text.slice(0, 40)}" is not a duration (${what})`, mend)
}
