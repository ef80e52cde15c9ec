// `explain CAUSE`: what somebody wants to know who has heard the code and nothing else.

import { type CauseCode, causeCodes, ProbeUsageError } from '@eniprobe/core'
import { closest } from '../closest.ts'
import { en } from '../messages/en.ts'
import { writeOut } from '../output.ts'
import { wrap } from '../render/layout.ts'

export async function explainCommand(word: string): Promise<number> {
  const code = causeCodes.find(known => known === word.toLowerCase())
  if (code === undefined) {
    const near = closest(word, causeCodes)
    const { errors } = en
    throw new ProbeUsageError(
      'unknown-cause',
      errors.unknownCause(word.slice(0, 60)),
      near === undefined ? errors.listCauses : errors.didYouMean(near),
    )
  }
  await writeOut(process.stdout, explain(code))
  return 0
}

function explain(code: CauseCode): string {
  const { title, what, shows, fix } = en.causes[code]
  const columns = Math.min(100, process.stdout.columns ?? 100)
  const body = (text: string) => wrap(text, columns - 2).map(line => `  ${line}`)
  return `${[`${title} (${code})`, ...body(what), '', en.explain.shows, ...body(shows), '', en.explain.fix, ...body(fix)].join('\n')}\n`
}
