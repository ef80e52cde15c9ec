// `why [FILE|-]`: somebody's error text or log, the names in it looked at from here, and an answer for each error.

import { decodeReport, diagnose, type ProbeOptions, ProbeUsageError, type Report, reportFormat } from '@eniprobe/core'
import type { Presentation } from '../arguments.ts'
import { exitStatusOf, interruptedStatus } from '../exit-status.ts'
import { watchInterrupts } from '../interrupt.ts'
import type { Messages } from '../messages/en.ts'
import { checkSinks, presentReport } from '../present.ts'
import { readErrorText } from '../read-error-text.ts'
import { version } from '../version.ts'
import { withRuns } from './probe.ts'

/**
 * 0 only when everything that the text names works from here now: an error that stands unexplained, that the text itself
 * decides, or that names nothing to look at, is not "fine".
 * @throws ProbeUsageError for a file that cannot be read, and for a text without any error
 */
export async function whyCommand(
  file: string,
  options: ProbeOptions,
  presentation: Presentation,
  messages: Messages,
): Promise<number> {
  await checkSinks(presentation)
  const reading = await readErrorText(file, messages.why)
  const interrupt = watchInterrupts()
  if (reading.errors.length === 0) {
    const { errors } = messages.why
    const from = file === '-' ? errors.standardInput : file
    throw new ProbeUsageError('no-error-in-text', errors.nothingRead(from, reading.lines), errors.pasteMore)
  }
  // The workloads of --for are looked at even when the text names nothing.
  const isProbed = reading.targets.length > 0 || (options.for ?? []).length > 0
  const report = isProbed
    ? await withRuns({ ...options, targets: reading.targets }, presentation, messages, interrupt, look => look())
    : reportOfText(options)
  const answered = diagnose({ ...report, why: reading })
  await presentReport(answered, presentation, messages)
  return interrupt.signal.aborted ? interruptedStatus : exitStatusOf(answered)
}

/** A report of what was read, when nothing in it can be looked at: no network, so no place to tell of. */
function reportOfText({ deadlineMs }: ProbeOptions): Report {
  const run = { version, startedAt: new Date().toISOString(), durationMs: 0, ...(deadlineMs === undefined ? {} : { deadlineMs }) }
  return decodeReport(JSON.stringify({ format: reportFormat, run, targets: [] }))
}
