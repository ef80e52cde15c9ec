// The default command: look at the network, then say what it means.

import { type ProbeOptions, probe, type Report } from '@eniprobe/core'
import type { Presentation } from '../arguments.ts'
import { exitStatusOf, interruptedStatus } from '../exit-status.ts'
import { watchInterrupts } from '../interrupt.ts'
import { en } from '../messages/en.ts'
import { checkSinks, presentReport } from '../present.ts'
import { showProgress } from '../progress.ts'

/** The contract's default of --deadline; the library is told so that the progress line and the run agree. */
const defaultDeadlineMs = 15_000

export async function probeCommand(options: ProbeOptions, presentation: Presentation): Promise<number> {
  await checkSinks(presentation)
  const { report, interrupted } = await watchRun(options, presentation)
  await presentReport(report, presentation)
  return interrupted ? interruptedStatus : exitStatusOf(report)
}

/** One run with its progress line, ended early by Ctrl-C with what it has. */
export async function watchRun(
  options: ProbeOptions,
  { quiet }: Presentation,
): Promise<{ readonly report: Report; readonly interrupted: boolean }> {
  const deadlineMs = options.deadlineMs ?? defaultDeadlineMs
  const watched = process.stderr.isTTY === true && !quiet && process.env.TERM !== 'dumb'
  const progress = watched ? showProgress(process.stderr, deadlineMs, en) : undefined
  const interrupt = watchInterrupts(() => {
    progress?.stop()
    process.stderr.write(`${en.interrupted}\n`)
  })
  try {
    const report = await probe({
      ...options,
      deadlineMs,
      signal: interrupt.signal,
      ...(progress === undefined ? {} : { onProgress: progress.onEvent }),
    })
    return { report, interrupted: interrupt.signal.aborted }
  } finally {
    progress?.stop()
    interrupt.dispose()
  }
}
