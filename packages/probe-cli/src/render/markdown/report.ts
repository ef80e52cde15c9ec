// A report as a ticket: what is asked of whom and why, then the proof, then what was looked at and from where.

import type { Finding, Report } from '@eniprobe/core'
import { renderAnswer } from '../answer.ts'
import { cleanReport } from '../clean.ts'
import type { FormatPage } from '../format-page.ts'
import { climbedLayers, layerStateOf } from '../layer-state.ts'
import { timeOf } from '../quantities.ts'
import { hangLines, noteLines } from '../remarks.ts'
import { repeatCommand } from '../request.ts'
import { roleOf } from '../role.ts'
import { renderTrace } from '../trace.ts'
import { vantageRows } from '../vantage.ts'
import { block, code, prose, table } from './escape.ts'
import { renderFinding } from './finding.ts'

/** Names in a line beyond these say no more than their number. */
const mostNames = 8

export function renderMarkdown(stranger: Report, page: FormatPage): string {
  const report = cleanReport(stranger)
  const findings = [...report.findings].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
  const summary = [title(report, page), [`**${prose(renderAnswer(report, page))}**`], asked(findings, report, page)]
  const sections = page.quiet
    ? summary
    : [
        ...summary,
        unexplained(report, page),
        ...findings.map((found, index) => renderFinding(found, index + 1, report, page)),
        targets(report, page),
        bullets(page.messages.targets.notes, noteLines(report.targets, page.messages)),
        bullets(page.messages.hangs.title, hangLines(report.targets, page.messages)),
        stood(report, page),
        repeat(report, page),
        everything(report, page),
      ]
  return `${sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

function title({ vantage }: Report, { formats }: FormatPage): string[] {
  const { network, region } = vantage
  const from = [network.subnet ?? network.vpc, region].filter(part => part !== null)
  return [`# ${from.length === 0 ? formats.markdown.titleBare : formats.markdown.title(from.map(code).join(', '))}`]
}

/** The whole request in one look. */
function asked(findings: readonly Finding[], report: Report, { messages, formats }: FormatPage): string[] {
  const { labels, markdown: words } = formats
  if (findings.length === 0) return []
  const rows = findings.flatMap(({ causes, targets: ids, fix, severity }, index) => {
    const best = causes[0]
    if (best === undefined) return []
    return [
      [
        String(index + 1),
        `${messages.causes[best.cause].title} (${code(best.cause)}, ${messages.finding.confidence[best.confidence]}, ${formats.severity[severity]})`,
        names(ids, formats.further),
        formats.roles[roleOf(best.cause)],
        prose(fix.summary),
      ],
    ]
  })
  return [
    `## ${words.asked}`,
    '',
    ...table([words.number, labels.cause, labels.targets, labels.askedOf, labels.fix], rows),
    ...(report.unexplained.length === 0 ? [] : ['', `**${labels.unexplained}**: ${names(report.unexplained, formats.further)}`]),
  ]
}

function names(ids: readonly string[], further: (n: number) => string): string {
  const shown = ids.slice(0, mostNames).map(code).join(', ')
  return ids.length > mostNames ? `${shown}, ${further(ids.length - mostNames)}` : shown
}

function unexplained({ unexplained: ids }: Report, { formats }: FormatPage): string[] {
  if (ids.length === 0) return []
  return [`## ${formats.labels.unexplained}`, '', ...ids.map(id => `- ${code(id)}`), '', formats.noCauseKnown]
}

function targets(report: Report, { messages, formats }: FormatPage): string[] {
  const { targets: words } = messages
  if (report.targets.length === 0) return []
  const order = ['failing', 'denied', 'unknown', 'healthy'] as const
  const sorted = order.flatMap(verdict => report.targets.filter(target => target.verdict === verdict))
  const rows = sorted.map(target => [
    code(target.id),
    words.verdicts[target.verdict],
    ...climbedLayers.map(layer => {
      const state = layerStateOf(target, layer)
      if (state === undefined) return '-'
      const time = state.ms === undefined ? '' : ` ${timeOf(state.ms, messages)}`
      if (state.outcome === 'skipped') return words.skipped[state.because ?? 'not-asked']
      if (state.outcome !== 'answered' && state.good > 0) return words.some(state.good, state.all)
      if (state.outcome === 'rejected') return code(state.code ?? '')
      return `${state.outcome === 'silent' ? formats.outcomes.silent : words.ok}${time}`
    }),
    words.via[target.via],
  ])
  const head = [
    formats.labels.target,
    formats.labels.verdict,
    ...climbedLayers.map(layer => words.layers[layer]),
    formats.labels.path,
  ]
  return [`## ${words.title}`, '', ...table(head, rows)]
}

function bullets(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${heading}`, '', ...lines.map(line => `- ${prose(line)}`)]
}

function stood(report: Report, page: FormatPage): string[] {
  const { markdown: words } = page.formats
  const rows = vantageRows(report.vantage, page).map(([label, text]) => [label, prose(text)])
  return [`## ${words.stood}`, '', ...table([words.item, words.value], rows)]
}

function repeat(report: Report, { formats, messages }: FormatPage): string[] {
  const { markdown: words } = formats
  const { version, startedAt, durationMs } = report.run
  return [
    `## ${words.repeat}`,
    '',
    words.repeatBody,
    '',
    ...block('sh', repeatCommand(report)),
    '',
    prose(words.run(version, startedAt, timeOf(durationMs, messages))),
  ]
}

function everything(report: Report, page: FormatPage): string[] {
  if (!page.verbose) return []
  const [, ...lines] = renderTrace(report, page)
  return [`## ${page.formats.markdown.everything}`, '', ...block('text', lines.join('\n'))]
}
