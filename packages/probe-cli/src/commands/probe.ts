// The default command: look at the network, then say what it means.

import { type ProbeOptions, probe } from '@eniprobe/core'
import type { Presentation } from '../arguments.ts'
import { exitStatusOf, interruptedStatus } from '../exit-status.ts'
import { watchInterrupts } from '../interrupt.ts'
import type { Messages } from '../messages/en.ts'
import { checkSinks, presentReport } from '../present.ts'
import { showProgress } from '../progress.ts'

/** The contract's default of --deadline; the library is told so that the progress line and the run agree. */
const defaultDeadlineMs = 15_000

export async function probeCommand(options: ProbeOptions, presentation: Presentation, messages: Messages): Promise<number> {
  await checkSinks(presentation)
  const deadlineMs = options.deadlineMs ?? defaultDeadlineMs
  const watched = process.stderr.isTTY === true && !presentation.quiet && process.env.TERM !== 'dumb'
  const progress = watched ? showProgress(process.stderr, deadlineMs, messages) : undefined
  const interrupt = watchInterrupts(() => {
    progress?.stop()
    process.stderr.write(`${messages.interrupted}\n`)
  })
  try {
    const report = await probe({
      ...options,
      deadlineMs,
      signal: interrupt.signal,
      ...(progress === undefined ? {} : { onProgress: progress.onEvent }),
    })
    progress?.stop()
    await presentReport(report, presentation, messages)
    return interrupt.signal.aborted ? interruptedStatus : exitStatusOf(report)
  } finally {
    progress?.stop()
    interrupt.dispose()
  }
}
