// `diagnose FILE`: a saved report, judged again by this version. No network, no clock, no environment.

import { diagnose } from '@eniprobe/core'
import type { Presentation } from '../arguments.ts'
import { exitStatusOf } from '../exit-status.ts'
import type { Messages } from '../messages/en.ts'
import { checkSinks, presentReport } from '../present.ts'
import { readReport } from '../saved-report.ts'

export async function diagnoseCommand(file: string, presentation: Presentation, messages: Messages): Promise<number> {
  await checkSinks(presentation)
  const report = diagnose(await readReport(file))
  await presentReport(report, presentation, messages)
  return exitStatusOf(report)
}
