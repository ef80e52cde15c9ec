// A comparison for a ticket or a wiki page.

import type { Comparison } from '@eniprobe/core'
import type { CompareMessages } from '../messages/compare-en.ts'
import { clean } from './clean.ts'
import { cellOf } from './comparison.ts'

export function renderComparisonMarkdown(comparison: Comparison, words: CompareMessages): string {
  const { reports, places, targets, conclusions } = comparison
  const differing = targets.filter(({ differs }) => differs)
  const letters = reports.map(({ letter }) => letter)
  const blocks = [
    `**${words.differ(differing.length, targets.length)}**`,
    `## ${words.title}\n\n${table(
      ['', '', words.facts.subnet, words.facts.vpc, '', ''],
      reports.map(r => [r.letter, r.name, r.subnet ?? '', r.vpc ?? '', r.startedAt, words.healthy(r.healthy, r.targets)]),
    )}`,
    conclusions.length === 0
      ? ''
      : `## ${words.says}\n\n${conclusions
          .map(one =>
            [
              `1. ${inline(one.says)}`,
              bullet(words.remains, one.causes),
              bullet(words.ruledOut, one.ruledOut),
              bullet(words.affects, one.targets),
            ].join(''),
          )
          .join('\n')}`,
    places.length === 0
      ? ''
      : `## ${words.places}\n\n${table(
          ['', ...letters],
          places.map(({ what, values }) => [words.facts[what], ...values.map(value => value ?? words.unknown)]),
        )}`,
    differing.length === 0
      ? ''
      : `## ${words.targets}\n\n${table(
          [words.target, ...letters],
          differing.map(row => [row.id, ...row.seen.map(seen => cellOf(seen, row.seen, words))]),
        )}`,
  ]
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`
}

function bullet(label: string, list: readonly string[]): string {
  return list.length === 0 ? '' : `\n   - ${label}: ${list.map(word => inline(word)).join(', ')}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inline).join(' | ')} |`
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n')
}

/** Text from a report as text: no markup, no table edge, no link and no HTML of its own. */
function inline(text: string): string {
  return clean(text)
    .replaceAll(/[\\`*_[\]<>|#!~]/g, letter => (letter === '<' ? '&lt;' : letter === '>' ? '&gt;' : `\\${letter}`))
    .replaceAll(/\s+/g, ' ')
}
