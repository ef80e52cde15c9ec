// `explain CAUSE`: what somebody wants to know who has heard the code and nothing else.

import { type CauseCode, causeCodes, ProbeUsageError } from '@eniprobe/core'
import { closest } from '../closest.ts'
import type { Messages } from '../messages/en.ts'
import { writeOut } from '../output.ts'
import { wrap } from '../render/layout.ts'

export async function explainCommand(word: string, messages: Messages): Promise<number> {
  const code = causeCodes.find(known => known === word.toLowerCase())
  if (code === undefined) {
    const near = closest(word, causeCodes)
    throw new ProbeUsageError(
      'unknown-cause',
      { en: `"${word.slice(0, 60)}" is no cause`, ja: `"${word.slice(0, 60)}" という原因はありません` },
      near === undefined
        ? { en: '"eniprobe list causes" shows all', ja: '一覧は "eniprobe list causes"' }
        : { en: `did you mean ${near}?`, ja: `${near} ではありませんか` },
    )
  }
  await writeOut(process.stdout, explain(code, messages))
  return 0
}

function explain(code: CauseCode, messages: Messages): string {
  const { title, what, shows, fix } = messages.causes[code]
  const columns = Math.min(100, process.stdout.columns ?? 100)
  const body = (text: string) => wrap(text, columns - 2).map(line => `  ${line}`)
  return `${[messages.explain.head(title, code), ...body(what), '', messages.explain.shows, ...body(shows), '', messages.explain.fix, ...body(fix)].join('\n')}\n`
}
