// The default command: look at the network, then say what it means; with --watch again and again, saying what changed.

import { type ProbeOptions, type ProgressEvent, probe, type Report } from '@eniprobe/core'
import type { Presentation } from '../arguments.ts'
import { exitStatusOf, interruptedStatus } from '../exit-status.ts'
import type { Interrupt } from '../interrupt.ts'
import { makeTidy } from '../memory.ts'
import type { Messages } from '../messages/en.ts'
import type { WatchMessages } from '../messages/watch-en.ts'
import { endIfUnread } from '../output.ts'
import { checkSinks, presentReport } from '../present.ts'
import { defaultDeadlineMs } from '../probe-options.ts'
import type { Progress } from '../progress.ts'

interface Watching {
  readonly everyMs: number
  readonly words: WatchMessages
}

export async function probeCommand(
  options: ProbeOptions,
  presentation: Presentation,
  messages: Messages,
  interrupt: Interrupt,
  watching?: Watching,
): Promise<number> {
  await checkSinks(presentation)
  return withRuns(options, presentation, messages, interrupt, async look =>
    watching === undefined
      ? once(look, presentation, interrupt, messages)
      : (await import('../watch.ts')).watch(look, watching, presentation, interrupt, messages),
  )
}

/** Runs with their progress line, which Ctrl-C ends with what they have. */
export async function withRuns<T>(
  options: ProbeOptions,
  presentation: Presentation,
  messages: Messages,
  interrupt: Interrupt,
  use: (look: () => Promise<Report>) => Promise<T>,
): Promise<T> {
  const deadlineMs = options.deadlineMs ?? defaultDeadlineMs
  let progress: Progress | undefined
  interrupt.onFirst(() => {
    progress?.stop()
    process.stderr.write(`${messages.interrupted}\n`)
    endIfUnread(interruptedStatus)
  })
  const look = async (): Promise<Report> => {
    const watched = process.stderr.isTTY === true && !presentation.quiet && process.env.TERM !== 'dumb'
    progress = watched ? (await import('../progress.ts')).showProgress(process.stderr, deadlineMs, messages) : undefined
    try {
      const { onEvent } = progress ?? {}
      const tidy = makeTidy(options.targets?.length ?? 0)
      const onProgress = (event: ProgressEvent) => {
        onEvent?.(event)
        if (event.kind === 'settled') tidy.settled()
        if (event.kind === 'diagnosing') tidy.between()
      }
      const report = await probe({ ...options, deadlineMs, signal: interrupt.signal, onProgress })
      tidy.between()
      return report
    } finally {
      progress?.stop()
    }
  }
  try {
    return await use(look)
  } finally {
    interrupt.dispose()
  }
}

async function once(
  look: () => Promise<Report>,
  presentation: Presentation,
  interrupt: Interrupt,
  messages: Messages,
): Promise<number> {
  const report = await look()
  await presentReport(report, presentation, messages)
  return interrupt.signal.aborted ? interruptedStatus : exitStatusOf(report)
}
