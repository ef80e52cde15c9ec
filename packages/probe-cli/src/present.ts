// A report to where each rendering was asked to go.

import type { Report } from '@eniprobe/core'
import type { Presentation } from './arguments.ts'
import { en } from './messages/en.ts'
import { checkWritable, writeFileWhole, writeOut } from './output.ts'
import { colourPaint, noPaint, wantsColour } from './render/colour.ts'
import { renderJson } from './render/json.ts'
import type { Page } from './render/page.ts'
import { renderQuiet, renderText } from './render/text.ts'
import type { Sink } from './sinks.ts'

/** Text that goes to no terminal: wide enough for a table, narrow enough for a mail. */
const columnsOfFiles = 100
/** The table needs the one; nobody reads lines longer than the other. */
const narrowest = 80
const widest = 160

export async function checkSinks({ sinks }: Presentation): Promise<void> {
  for (const { file } of sinks) if (file !== null) await checkWritable(file)
}

/** @throws ProbeUsageError when a file cannot be written */
export async function presentReport(report: Report, presentation: Presentation): Promise<void> {
  // Files first: a reader of standard output who goes away ends nothing that was asked for.
  const toFiles = presentation.sinks.filter(({ file }) => file !== null)
  for (const sink of toFiles) {
    await writeFileWhole(sink.file ?? '', render(report, sink, presentation))
    if (!presentation.quiet) await writeOut(process.stderr, `${en.saved(sink.file ?? '')}\n`)
  }
  for (const sink of presentation.sinks)
    if (sink.file === null) await writeOut(process.stdout, render(report, sink, presentation))
}

function render(report: Report, sink: Sink, presentation: Presentation): string {
  if (sink.format === 'json') return renderJson(report)
  const page = pageFor(sink, presentation)
  return presentation.quiet ? renderQuiet(report, page) : renderText(report, page)
}

export function pageFor({ file }: Sink, { noColor, verbose }: Presentation): Page {
  const onScreen = file === null
  const colour = onScreen && wantsColour(process.stdout.isTTY === true, process.env, noColor)
  const columns = Number(process.stdout.columns ?? process.env.COLUMNS)
  return {
    columns: onScreen && columns > 0 ? Math.min(widest, Math.max(narrowest, columns)) : columnsOfFiles,
    paint: colour ? colourPaint : noPaint,
    messages: en,
    verbose,
  }
}
