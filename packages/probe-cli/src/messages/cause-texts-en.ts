// Every cause in plain English: its title in a finding, and what `explain` says about it. A cause without a text does not compile.

import type { CauseCode } from '@eniprobe/core'
import { accessCauses } from './causes-access-en.ts'
import { networkCauses } from './causes-network-en.ts'

export type CauseRow = readonly [title: string, what: string, shows: string, fix: string]

export interface CauseText {
  readonly title: string
  readonly what: string
  readonly shows: string
  readonly fix: string
}

const rows: Readonly<Record<CauseCode, CauseRow>> = { ...networkCauses, ...accessCauses }

export const causeTexts = Object.fromEntries(
  Object.entries(rows).map(([code, [title, what, shows, fix]]) => [code, { title, what, shows, fix }]),
) as Readonly<Record<CauseCode, CauseText>>
