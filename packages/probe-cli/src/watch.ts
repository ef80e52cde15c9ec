// `--watch D`: the first run is printed whole, later ones as what changed. Files are written anew each time, so that what
// collects them (a dashboard, a textfile collector) always finds the newest.

import { setTimeout as pause } from 'node:timers/promises'
import type { Report } from '@eniprobe/core'
import type { Presentation } from './arguments.ts'
import { interruptedStatus } from './exit-status.ts'
import type { Interrupt } from './interrupt.ts'
import type { Messages } from './messages/en.ts'
import type { WatchMessages } from './messages/watch-en.ts'
import { writeOut } from './output.ts'
import { presentReport } from './present.ts'
import { renderChanges } from './render/changes.ts'
import { colourPaint, noPaint, wantsColour } from './render/colour.ts'
import { timeOf } from './render/quantities.ts'

/** Ends when it is interrupted. From beginning to beginning; a run that takes longer is followed by the next at once. */
export async function watch(
  look: () => Promise<Report>,
  { everyMs, words }: { readonly everyMs: number; readonly words: WatchMessages },
  presentation: Presentation,
  interrupt: Interrupt,
  messages: Messages,
): Promise<number> {
  const toFiles = { ...presentation, sinks: presentation.sinks.filter(({ file }) => file !== null) }
  const onScreen = presentation.sinks.find(({ file }) => file === null)
  const paint = wantsColour(process.stdout.isTTY === true, process.env, presentation.noColor) ? colourPaint : noPaint
  let before: Report | undefined
  for (;;) {
    const startedAt = performance.now()
    const report = await look()
    // A run that was cut short has seen less: that is no change of the network.
    if (interrupt.signal.aborted && before !== undefined) return interruptedStatus
    if (before === undefined) {
      await presentReport(report, presentation, messages)
      if (!presentation.quiet) await writeOut(process.stderr, `${words.every(timeOf(everyMs, messages))}\n`)
    } else {
      await presentReport(report, toFiles, messages, false)
      const changes = renderChanges(before, report, words, paint)
      if (changes !== '' && onScreen !== undefined) {
        if (onScreen.format === 'text') await writeOut(process.stdout, changes)
        else await presentReport(report, { ...presentation, sinks: [onScreen] }, messages)
      }
    }
    if (interrupt.signal.aborted) return interruptedStatus
    before = report
    await pause(Math.max(0, everyMs - (performance.now() - startedAt)), undefined, { signal: interrupt.signal }).catch(() => {})
    if (interrupt.signal.aborted) return interruptedStatus
  }
}
