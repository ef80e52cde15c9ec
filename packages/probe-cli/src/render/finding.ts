// One finding: what it is, whom it hits, what proves it, what was ruled out, the fix to paste, and what would settle the rest.

import type { Cause, Finding, Report, Target } from '@eniprobe/core'
import { foldCommands } from './command-lines.ts'
import { evidenceLines, sayingOf } from './evidence.ts'
import { labelled, widthOf, wrap } from './layout.ts'
import { namesOf } from './names.ts'
import { otherCauses } from './other-causes.ts'
import type { Page } from './page.ts'

const indent = 2

export function renderFinding(found: Finding, number: number, report: Report, page: Page): string[] {
  const { messages, paint, columns, verbose } = page
  const { finding: words, causes: titles } = messages
  const [best, ...others] = found.causes
  if (best === undefined) return []
  const labelWidth = labelWidthOf(page)
  const margin = { indent, labelWidth, columns }
  const under = { indent: indent + labelWidth, labelWidth: 2, columns }
  const severity = `${words.severity[found.severity]} ${number}`
  const [title = '', ...moreTitle] = wrap(titles[best.cause].title, columns - widthOf(severity) - 2)

  const lines = [
    `${found.severity === 'error' ? paint.red(severity) : paint.yellow(severity)}  ${paint.bold(title)}`,
    ...moreTitle.map(line => `${' '.repeat(widthOf(severity) + 2)}${paint.bold(line)}`),
  ]
  lines.push(`${' '.repeat(indent + labelWidth)}${words.codeLine(best.cause, confidence(best, page))}`)
  const add = (label: string, texts: readonly string[]) => {
    const [first, ...rest] = texts
    if (first === undefined) return
    const several = { ...margin, hanging: rest.length > 0 ? 2 : 0 }
    lines.push(...dimLabel(labelled(label, first, several), label, page), ...rest.flatMap(text => labelled('', text, several)))
  }

  add(words.targets, found.targets.length === 0 ? [] : [namesOf(found.targets, messages, verbose)])
  add(words.effect, effectsOf(found, report.targets, page))
  add(words.because, evidenceLines(best.evidence, found, report.targets, page))
  add(words.against, evidenceLines(best.against, found, report.targets, page))
  const { also, instead } = otherCauses(others)
  const told = (causes: readonly Cause[]) =>
    causes.flatMap(cause => [
      words.other(titles[cause.cause].title, cause.cause, words.confidence[cause.confidence]),
      ...(verbose ? cause.evidence.map(each => `  + ${sayingOf(each, found)}`) : []),
      ...(verbose ? cause.against.map(each => `  - ${sayingOf(each, found)}`) : []),
    ])
  add(words.also, told(also))
  add(words.or, told(instead))
  add(words.fix, [found.fix.summary])
  for (const [index, step] of found.fix.steps.entries())
    lines.push(...labelled(`${index + 1}.`, step, { ...under, labelWidth: 3 }))
  lines.push(...snippetLines(found, page))
  if (found.nextStep !== null) {
    add(words.next, [found.nextStep.summary])
    if (found.nextStep.command !== '') lines.push(...pasteable(found.nextStep.command, columns))
  }
  add(words.excluded, excludedOf(found, page))
  add(words.docs, found.fix.docs === '' ? [] : [found.fix.docs])
  return lines
}

/** --quiet: one line a finding. */
export function renderFindingLine(found: Finding, { messages, paint }: Page): string {
  const best = found.causes[0]
  if (best === undefined) return ''
  const { severity, confidence: sure, line } = messages.finding
  const word = found.severity === 'error' ? paint.red(severity.error) : paint.yellow(severity.warning)
  return `${word} ${line(best.cause, sure[best.confidence], namesOf(found.targets, messages))}`
}

/** One margin for all findings, wide enough for the longest label of the language. */
function labelWidthOf({ messages }: Page): number {
  const { targets, effect, because, against, also, or, excluded, fix, next, docs } = messages.finding
  return Math.max(...[targets, effect, because, against, also, or, excluded, fix, next, docs].map(widthOf)) + 2
}

function confidence(cause: Cause, { messages, paint }: Page): string {
  const word = messages.finding.confidence[cause.confidence]
  return cause.confidence === 'certain' ? paint.bold(word) : word
}

function dimLabel(lines: string[], label: string, { paint }: Page): string[] {
  const [first = '', ...rest] = lines
  return [first.replace(label, () => paint.dim(label)), ...rest]
}

/** The codes alone unless --verbose: that something else was thought of matters to all, how it was ruled out to few. */
function excludedOf(found: Finding, { verbose }: Page): string[] {
  const excluded = found.excluded ?? []
  if (verbose) return [...new Set(excluded.map(({ cause, by }) => `${cause}: ${sayingOf(by, found)}`))]
  return excluded.length === 0 ? [] : [[...new Set(excluded.map(({ cause }) => cause))].join(', ')]
}

/** What each workload loses: the reason to get up and mend it. */
export function effectsOf(found: Finding, targets: readonly Target[], { messages }: Pick<Page, 'messages'>): string[] {
  const { finding: words } = messages
  const groups = new Map<string, { say: (workload: string, ids: string) => string; workload: string; ids: string[] }>()
  const affected = new Set(found.targets)
  for (const target of targets) {
    if (target.without === undefined || !affected.has(target.id)) continue
    for (const workload of target.wantedBy.filter(by => by !== 'command-line' && by !== 'default')) {
      const key = `${workload} ${target.without}`
      const group = groups.get(key) ?? { say: words[target.without], workload, ids: [] }
      group.ids.push(target.when === undefined ? target.id : words.onlyFor(target.id, target.when))
      groups.set(key, group)
    }
  }
  return [...groups.values()].map(({ say, workload, ids }) => say(workload, namesOf(ids, messages)))
}

function snippetLines({ fix }: Finding, page: Page): string[] {
  const kinds = (['cli', 'terraform', 'cloudformation'] as const).filter(kind => (fix.snippets[kind] ?? '') !== '')
  const [first, ...others] = kinds
  if (first === undefined) return []
  const remark = (text: string) => ' '.repeat(indent + labelWidthOf(page)) + page.paint.dim(text)
  if (page.verbose) {
    return kinds.flatMap(kind => [
      ...(kinds.length > 1 ? [remark(`# ${kind}`)] : []),
      ...pasteable(fix.snippets[kind] ?? '', kind === 'cli' ? page.columns : Number.POSITIVE_INFINITY),
    ])
  }
  const more = others.length > 0 ? [remark(page.messages.finding.otherSnippets(others.join(', ')))] : []
  return [...pasteable(fix.snippets[first] ?? '', first === 'cli' ? page.columns : Number.POSITIVE_INFINITY), ...more]
}

/** Nothing in front but spaces, and broken only where a shell allows it: it is pasted as it is. */
function pasteable(text: string, columns: number): string[] {
  return ['', ...foldCommands(text, columns - 4).map(line => (line === '' ? '' : `    ${line}`)), '']
}
