// One finding: what it is, whom it hits, what proves it, what was ruled out, the fix to paste, and what would settle the rest.

import type { Cause, Evidence, Finding, Report, Target } from '@eniprobe/core'
import { labelled, widthOf } from './layout.ts'
import type { Page } from './page.ts'

const indent = 2
/** Evidence beyond this many lines says the same of further targets. */
const shownEvidence = 5

export function renderFinding(found: Finding, number: number, report: Report, page: Page): string[] {
  const { messages, paint, columns, verbose } = page
  const { finding: words, causes: titles } = messages
  const [best, ...others] = found.causes
  if (best === undefined) return []
  const labelWidth = labelWidthOf(page)
  const margin = { indent, labelWidth, columns }
  const under = { indent: indent + labelWidth, labelWidth: 2, columns }
  const severity =
    found.severity === 'error'
      ? paint.red(`${words.severity.error} ${number}`)
      : paint.yellow(`${words.severity.warning} ${number}`)

  const lines = [`${severity}  ${paint.bold(titles[best.cause].title)}`]
  lines.push(`${' '.repeat(indent + labelWidth)}${best.cause}, ${confidence(best, page)}`)
  const add = (label: string, texts: readonly string[]) => {
    const [first, ...rest] = texts
    if (first === undefined) return
    lines.push(...dimLabel(labelled(label, first, margin), label, page), ...rest.flatMap(text => labelled('', text, margin)))
  }

  add(words.targets, found.targets.length === 0 ? [] : [found.targets.join(', ')])
  add(words.effect, effectsOf(found, report.targets, page))
  add(words.because, few(best.evidence, page))
  add(words.against, few(best.against, page))
  add(
    words.or,
    others.flatMap(cause => [
      `${titles[cause.cause].title} (${cause.cause}, ${words.confidence[cause.confidence]})`,
      ...(verbose ? cause.evidence.map(each => `  + ${sayingOf(each)}`) : []),
      ...(verbose ? cause.against.map(each => `  - ${sayingOf(each)}`) : []),
    ]),
  )
  add(
    words.excluded,
    few(
      (found.excluded ?? []).map(({ cause, by }) => `${cause}: ${sayingOf(by)}`),
      page,
    ),
  )

  add(words.fix, [found.fix.summary])
  for (const [index, step] of found.fix.steps.entries())
    lines.push(...labelled(`${index + 1}.`, step, { ...under, labelWidth: 3 }))
  lines.push(...snippetLines(found, page))
  if (found.nextStep !== null) {
    add(words.next, [found.nextStep.summary])
    if (found.nextStep.command !== '') lines.push(...pasteable(found.nextStep.command))
  }
  add(words.docs, found.fix.docs === '' ? [] : [found.fix.docs])
  return lines
}

/** --quiet: one line a finding. */
export function renderFindingLine(found: Finding, { messages, paint }: Page): string {
  const best = found.causes[0]
  if (best === undefined) return ''
  const { severity, confidence: sure } = messages.finding
  const word = found.severity === 'error' ? paint.red(severity.error) : paint.yellow(severity.warning)
  return `${word} ${best.cause} (${sure[best.confidence]}): ${found.targets.join(', ')}`
}

/** One margin for all findings, wide enough for the longest label of the language. */
function labelWidthOf({ messages }: Page): number {
  const { targets, effect, because, against, or, excluded, fix, next, docs } = messages.finding
  return Math.max(...[targets, effect, because, against, or, excluded, fix, next, docs].map(widthOf)) + 2
}

function confidence(cause: Cause, { messages, paint }: Page): string {
  const word = messages.finding.confidence[cause.confidence]
  return cause.confidence === 'certain' ? paint.bold(word) : word
}

function dimLabel(lines: string[], label: string, { paint }: Page): string[] {
  const [first = '', ...rest] = lines
  return [first.replace(label, () => paint.dim(label)), ...rest]
}

function sayingOf({ target, layer, says }: Evidence): string {
  return layer === 'vantage' || target === 'vantage' ? says : `${target} ${layer}: ${says}`
}

function few(items: readonly (Evidence | string)[], { messages, verbose }: Page): string[] {
  const texts = [...new Set(items.map(item => (typeof item === 'string' ? item : sayingOf(item))))]
  if (verbose || texts.length <= shownEvidence + 1) return texts
  return [...texts.slice(0, shownEvidence), messages.finding.further(texts.length - shownEvidence)]
}

/** What each workload loses: the reason to get up and mend it. */
function effectsOf(found: Finding, targets: readonly Target[], { messages }: Page): string[] {
  const { finding: words } = messages
  const groups = new Map<string, { say: (workload: string, ids: string) => string; workload: string; ids: string[] }>()
  for (const target of targets) {
    if (target.without === undefined || !found.targets.includes(target.id)) continue
    for (const workload of target.wantedBy.filter(by => by !== 'command-line' && by !== 'default')) {
      const key = `${workload} ${target.without}`
      const group = groups.get(key) ?? { say: words[target.without], workload, ids: [] }
      group.ids.push(target.when === undefined ? target.id : `${target.id} (${words.onlyFor(target.when)})`)
      groups.set(key, group)
    }
  }
  return [...groups.values()].map(({ say, workload, ids }) => say(workload, ids.join(', ')))
}

function snippetLines({ fix }: Finding, page: Page): string[] {
  const kinds = (['cli', 'terraform', 'cloudformation'] as const).filter(kind => (fix.snippets[kind] ?? '') !== '')
  const [first, ...others] = kinds
  if (first === undefined) return []
  const remark = (text: string) => ' '.repeat(indent + labelWidthOf(page)) + page.paint.dim(text)
  if (page.verbose) {
    return kinds.flatMap(kind => [...(kinds.length > 1 ? [remark(`# ${kind}`)] : []), ...pasteable(fix.snippets[kind] ?? '')])
  }
  const more = others.length > 0 ? [remark(page.messages.finding.otherSnippets(others.join(', ')))] : []
  return [...pasteable(fix.snippets[first] ?? ''), ...more]
}

/** Never wrapped, nothing in front but spaces: it goes into a shell as it is. */
function pasteable(text: string): string[] {
  return [
    '',
    ...text
      .replace(/\n+$/, '')
      .split('\n')
      .map(line => (line === '' ? '' : `    ${line}`)),
    '',
  ]
}
