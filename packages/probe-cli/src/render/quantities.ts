// Times as people read them: 850 ms, 3.0 s, 5 min.

import type { Messages } from '../messages/en.ts'

export function timeOf(ms: number, { units }: Messages): string {
  if (ms < 1000) return units.ms(ms < 10 && !Number.isInteger(ms) ? ms.toFixed(1) : String(Math.round(ms)))
  if (ms < 99_950) return units.seconds((ms / 1000).toFixed(1).replace(/^(\d{2,})\.0$/, '$1'))
  const seconds = Math.round(ms / 1000)
  return units.minutes(Math.floor(seconds / 60), seconds % 60)
}
