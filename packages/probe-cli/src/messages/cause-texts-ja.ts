// Every cause in plain Japanese, in the shape of the English ones. A cause without a text does not compile.

import type { CauseCode } from '@eniprobe/core'
import type { CauseRow, CauseText } from './cause-texts-en.ts'
import { accessCausesJa } from './causes-access-ja.ts'
import { networkCausesJa } from './causes-network-ja.ts'

const rows: Readonly<Record<CauseCode, CauseRow>> = { ...networkCausesJa, ...accessCausesJa }

export const causeTextsJa = Object.fromEntries(
  Object.entries(rows).map(([code, [title, what, shows, fix]]) => [code, { title, what, shows, fix }]),
) as Readonly<Record<CauseCode, CauseText>>
