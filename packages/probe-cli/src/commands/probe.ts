// The default command: look at the network, then say what it means; with --watch again and again, saying what changed.

import { type ProbeOptions, probe, type Report } from '@eniprobe/core'
import type { Presentation } from '../arguments.ts'
import { exitStatusOf, interruptedStatus } from '../exit-status.ts'
import { type Interrupt, watchInterrupts } from '../interrupt.ts'
import { en } from '../messages/en.ts'
import { checkSinks, presentReport } from '../present.ts'
import { type Progress, showProgress } from '../progress.ts'
import { watch } from '../watch.ts'

/** The contract's default of --deadline; the library is told so that the progress line and the run agree. */
const defaultDeadlineMs = 15_000

export async function probeCommand(options: ProbeOptions, presentation: Presentation, watchMs?: number): Promise<number> {
  await checkSinks(presentation)
  const deadlineMs = options.deadlineMs ?? defaultDeadlineMs
  let progress: Progress | undefined
  const interrupt = watchInterrupts(() => {
    progress?.stop()
    process.stderr.write(`${en.interrupted}\n`)
  })
  const look = async (): Promise<Report> => {
    const watched = process.stderr.isTTY === true && !presentation.quiet && process.env.TERM !== 'dumb'
    progress = watched ? showProgress(process.stderr, deadlineMs, en) : undefined
    try {
      const told = progress === undefined ? {} : { onProgress: progress.onEvent }
      return await probe({ ...options, deadlineMs, signal: interrupt.signal, ...told })
    } finally {
      progress?.stop()
    }
  }
  try {
    return watchMs === undefined ? await once(look, presentation, interrupt) : await watch(look, watchMs, presentation, interrupt)
  } finally {
    interrupt.dispose()
  }
}

async function once(look: () => Promise<Report>, presentation: Presentation, interrupt: Interrupt): Promise<number> {
  const report = await look()
  await presentReport(report, presentation)
  return interrupt.signal.aborted ? interruptedStatus : exitStatusOf(report)
}
