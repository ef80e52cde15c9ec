// Every parser of this package that `node scripts/fuzz.mjs` and the tests put under fire.

import { answerParsers } from './answer-parsers.ts'
import { machineParsers } from './machine-parsers.ts'
import { networkParsers } from './network-parsers.ts'
import type { FuzzedParser } from './parser.ts'

export const parsers: readonly FuzzedParser[] = [...networkParsers, ...machineParsers, ...answerParsers]
