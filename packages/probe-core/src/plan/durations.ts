// Durations as people write them on a command line.

import type { Said } from '../model/language.ts'
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
  if (match === null)
    throw refused(text, what, {
      en: 'write a number and a unit, like 15s, 500ms or 2m',
      ja: '15s、500ms、2m のように、数字と単位を書いてください',
    })
  // Before the unit: a mend that is refused again is none.
  if (number === 0) throw refused(text, what, { en: 'give it some time, at least 1ms', ja: '1ms 以上にしてください' })
  if (unit === undefined)
    throw refused(text, what, {
      en: `add a unit: ${text}s for seconds, ${text}ms for milliseconds`,
      ja: `単位を付けてください（秒なら ${text}s、ミリ秒なら ${text}ms）`,
    })
  const ms = Math.round(number * (unitMs[unit] ?? 0))
  if (ms < 1) throw refused(text, what, { en: 'give it some time, at least 1ms', ja: '1ms 以上にしてください' })
  if (ms > longestMs) throw refused(text, what, { en: 'give 24 days or less', ja: '24 日以下にしてください' })
  return ms
}

function refused(text: string, what: string, mend: Said): ProbeUsageError {
  return new ProbeUsageError(
    'bad-duration',
    {
      en: `"${text.slice(0, 40)}" is not a duration (${what})`,
      ja: `"${text.slice(0, 40)}" は時間の長さではありません（${what}）`,
    },
    mend,
  )
}
