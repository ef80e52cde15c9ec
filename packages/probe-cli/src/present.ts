// A report to where each rendering was asked to go.

import type { Report } from '@eniprobe/core'
import type { Presentation } from './arguments.ts'
import type { Messages } from './messages/en.ts'
import type { Format } from './options.ts'
import { checkWritable, type Rendered, writeFileWhole, writeOut } from './output.ts'
import { colourPaint, noPaint, wantsColour } from './render/colour.ts'
import type { Page } from './render/page.ts'
import type { Sink } from './sinks.ts'

/** Text that goes to no terminal: wide enough for a table, narrow enough for a mail. */
const columnsOfFiles = 100
/** The table needs the one; nobody reads lines longer than the other. */
const narrowest = 80
const widest = 160

export async function checkSinks({ sinks }: Presentation): Promise<void> {
  for (const { file } of sinks) if (file !== null) await checkWritable(file)
}

/**
 * `announces`: whether each saved file is told of on standard error.
 * @throws ProbeUsageError when a file cannot be written
 */
export async function presentReport(
  report: Report,
  presentation: Presentation,
  messages: Messages,
  announces = !presentation.quiet,
): Promise<void> {
  const shown = presentation.redact ? await redacted(report) : report
  await writeRenderings(presentation, messages, ({ format }, page) => renderReport(shown, format, page, presentation), announces)
}

async function redacted(report: Report): Promise<Report> {
  const { diagnose, redactReport } = await import('@eniprobe/core')
  return diagnose(redactReport(report))
}

/** A report in one format and, but for JSON, in the language of the page. */
export async function renderReport(report: Report, format: Format, page: Page, presentation: Presentation): Promise<Rendered> {
  // For programs: the same in every language.
  if (format === 'json') return (await import('@eniprobe/core')).encodeReportInParts(report)
  return renderWords(report, format, page, presentation)
}

/** A report in a format for people, or for machines that show it to people. */
export async function renderWords(
  report: Report,
  format: Exclude<Format, 'json'>,
  page: Page,
  { quiet }: Pick<Presentation, 'quiet'>,
): Promise<string> {
  const { language } = page.messages
  const told = (await import('@eniprobe/core')).reportIn(report, language)
  if (format !== 'text') {
    const { renderFormat } = await import('./render/formats.ts')
    return renderFormat(told, format, { ...page, paint: noPaint }, { language, quiet })
  }
  const { renderQuiet, renderText } = await import('./render/text.ts')
  return quiet ? renderQuiet(told, page) : renderText(told, page)
}

export type Rendering = (sink: Sink, page: Page) => Rendered | Promise<Rendered>

/** @throws ProbeUsageError when a file cannot be written */
export async function writeRenderings(
  presentation: Presentation,
  messages: Messages,
  render: Rendering,
  announces = !presentation.quiet,
): Promise<void> {
  // Files first: a reader of standard output who goes away ends nothing that was asked for.
  for (const sink of presentation.sinks) {
    if (sink.file === null) continue
    await writeFileWhole(sink.file, await render(sink, pageFor(sink, presentation, messages)))
    if (announces) await writeOut(process.stderr, `${messages.saved(sink.file)}\n`)
  }
  for (const sink of presentation.sinks)
    if (sink.file === null) await writeOut(process.stdout, await render(sink, pageFor(sink, presentation, messages)))
}

export function pageFor({ file }: Sink, { noColor, verbose }: Presentation, messages: Messages): Page {
  const onScreen = file === null
  const colour = onScreen && wantsColour(process.stdout.isTTY === true, process.env, noColor)
  const columns = Number(process.stdout.columns ?? process.env.COLUMNS)
  return {
    columns: onScreen && columns > 0 ? Math.min(widest, Math.max(narrowest, columns)) : columnsOfFiles,
    paint: colour ? colourPaint : noPaint,
    messages,
    verbose,
  }
}
