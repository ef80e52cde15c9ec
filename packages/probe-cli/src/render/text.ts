// A report for a person at a terminal: the answer first, then why and the fix, then where this stands and what was seen.

import type { Report } from '@eniprobe/core'
import { renderAnswer } from './answer.ts'
import { cleanReport } from './clean.ts'
import { renderFinding, renderFindingLine } from './finding.ts'
import { wrap } from './layout.ts'
import { namesOf } from './names.ts'
import type { Page } from './page.ts'
import { renderHangs, renderNotes } from './remarks.ts'
import { renderTargetTable } from './target-table.ts'
import { renderTrace } from './trace.ts'
import { renderVantage } from './vantage.ts'
import { renderWhy, renderWhyLines } from './why.ts'

/** Ends in a line feed; each section is parted from the next by an empty line. */
export function renderText(stranger: Report, page: Page): string {
  const report = cleanReport(stranger)
  const findings = [...report.findings].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
  // Nobody stood anywhere when a text named nothing to look at.
  const isTextOnly = report.why !== undefined && report.targets.length === 0
  const sections: string[][] = [
    renderWhy(report, page),
    isTextOnly ? [] : wrap(renderAnswer(report, page), page.columns),
    renderUnexplained(report, page),
    ...findings.map((found, index) => renderFinding(found, index + 1, report, page)),
    ...(report.targets.length === 0 ? [] : [renderTargetTable(report, page)]),
    renderNotes(report.targets, page),
    renderHangs(report.targets, page),
    isTextOnly ? [] : renderVantage(report.vantage, page),
    ...(page.verbose ? [renderTrace(report, page)] : []),
  ]
  return `${sections
    .filter(lines => lines.length > 0)
    .map(tidy)
    .join('\n\n')}\n`
}

/** --quiet: the answer, one line a finding, and whatever has no explanation. */
export function renderQuiet(stranger: Report, page: Page): string {
  const report = cleanReport(stranger)
  const lines = [
    ...renderWhyLines(report, page),
    renderAnswer(report, page),
    ...report.findings.map(found => renderFindingLine(found, page)),
  ]
  if (report.unexplained.length > 0)
    lines.push(`${page.paint.red(page.messages.unexplained.title)} ${namesOf(report.unexplained, page.messages)}`)
  return `${lines.join('\n')}\n`
}

function renderUnexplained({ unexplained }: Report, { messages, paint, columns, verbose }: Page): string[] {
  if (unexplained.length === 0) return []
  const { title, body, mend } = messages.unexplained
  return [
    paint.red(title),
    ...wrap(`${body(namesOf(unexplained, messages, verbose))}${messages.sentenceGap}${mend}`, columns - 2).map(
      line => `  ${line}`,
    ),
  ]
}

/** No empty line at either end of a section, and no two in a row. */
function tidy(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '')
}
