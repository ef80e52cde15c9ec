// One finding as a section of a ticket: what is asked, the connections it is about, the proof, what else was thought of.

import type { Cause, Finding, Report } from '@eniprobe/core'
import { foldCommands } from '../command-lines.ts'
import { groupedEvidence } from '../evidence.ts'
import { effectsOf } from '../finding.ts'
import type { FormatPage } from '../format-page.ts'
import { otherCauses } from '../other-causes.ts'
import { isReference } from '../reference.ts'
import { connectionsOf, originOf, resourcesOf } from '../request.ts'
import { roleOf } from '../role.ts'
import { block, code, prose, table } from './escape.ts'

/** A ticket of hundreds of rows is not read: the table of targets has them all. */
const mostRows = 20
const mostProof = 12
const mostColumns = 100

export function renderFinding(found: Finding, number: number, report: Report, page: FormatPage): string[] {
  const { messages, formats } = page
  const { labels } = formats
  const { confidence } = messages.finding
  const [best, ...others] = found.causes
  if (best === undefined) return []
  const proofOf = (evidence: typeof best.evidence) => groupedEvidence(evidence, found, report.targets, page).map(prose)
  const { also, instead } = otherCauses(others)
  const told = ({ cause, confidence: sure }: Cause) => `${messages.causes[cause].title} (${code(cause)}, ${confidence[sure]})`
  const excluded = [...new Set((found.excluded ?? []).map(({ cause, by }) => `${code(cause)}: ${prose(by.says)}`))]

  return [
    `## ${number}. ${messages.causes[best.cause].title}`,
    '',
    `${code(best.cause)} · ${labels.confidence}: **${confidence[best.confidence]}** · ${formats.severity[found.severity]}`,
    '',
    `**${labels.askedOf}**: ${formats.roles[roleOf(best.cause)]}`,
    ...list(labels.effect, effectsOf(found, report.targets, page).map(prose), formats.further),
    '',
    `**${labels.fix}**: ${prose(found.fix.summary)}`,
    ...(found.fix.steps.length === 0 ? [] : ['', ...found.fix.steps.map((step, index) => `${index + 1}. ${prose(step)}`)]),
    ...connections(found, report, page),
    ...list(
      labels.resources,
      resourcesOf(found, report, page).map(({ id, says }) => `${code(id)}: ${prose(says)}`),
      formats.further,
    ),
    ...snippets(found, page),
    ...list(labels.proof, proofOf(best.evidence), formats.further),
    ...list(labels.against, proofOf(best.against), formats.further),
    ...list(labels.also, also.map(told), formats.further),
    ...list(labels.or, instead.map(told), formats.further),
    ...nextStep(found, page),
    ...list(labels.excluded, excluded, formats.further),
    ...(found.fix.docs === '' ? [] : ['', `${labels.docs}: ${link(found.fix.docs)}`]),
  ]
}

/** From where, to where, on which port, and what was seen instead. */
function connections(found: Finding, report: Report, page: FormatPage): string[] {
  const { labels, markdown: words, further } = page.formats
  const all = connectionsOf(found, report, page)
  if (all.length === 0) return []
  const from = originOf(report, page).map(prose).join(', ')
  const rows = all.slice(0, mostRows).map(({ target, host, addresses, port, seen }) => [
    code(target),
    [host, ...addresses.slice(0, 4)]
      .filter(part => part !== '')
      .map(code)
      .join(', '),
    port,
    prose(seen),
  ])
  return [
    '',
    `**${words.connections}**${from === '' ? '' : `: ${labels.from} ${from}`}`,
    '',
    ...table([labels.target, labels.to, labels.port, labels.seen], rows),
    ...(all.length > mostRows ? ['', further(all.length - mostRows)] : []),
  ]
}

function snippets({ fix }: Finding, { formats }: FormatPage): string[] {
  const kinds = [
    ['cli', 'sh'],
    ['terraform', 'hcl'],
    ['cloudformation', 'yaml'],
  ] as const
  return kinds.flatMap(([kind, language]) => {
    const text = fix.snippets[kind] ?? ''
    return text === ''
      ? []
      : [
          '',
          `${formats.labels.snippets[kind]}:`,
          '',
          ...block(language, kind === 'cli' ? foldCommands(text, mostColumns).join('\n') : text),
        ]
  })
}

function nextStep({ nextStep: next }: Finding, { formats }: FormatPage): string[] {
  if (next === null) return []
  return [
    '',
    `**${formats.labels.next}**: ${prose(next.summary)}`,
    ...(next.command === '' ? [] : ['', ...block('sh', foldCommands(next.command, mostColumns).join('\n'))]),
  ]
}

function list(label: string, items: readonly string[], further: (n: number) => string): string[] {
  if (items.length === 0) return []
  const more = items.length > mostProof ? [`- ${further(items.length - mostProof)}`] : []
  return ['', `**${label}**`, '', ...items.slice(0, mostProof).map(item => `- ${item}`), ...more]
}

/** Only pages that fixes refer to are made a link of. */
function link(url: string): string {
  return isReference(url) ? `<${url}>` : code(url)
}
