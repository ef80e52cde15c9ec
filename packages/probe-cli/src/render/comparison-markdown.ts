// A comparison for a ticket or a wiki page.

import type { Comparison } from '@eniprobe/core'
import type { CompareMessages } from '../messages/compare-en.ts'
import { cleanText } from './clean.ts'
import { cellOf, commonOf, factOf, loneOf } from './comparison.ts'
import { code, prose, table } from './markdown/escape.ts'

export function renderComparisonMarkdown(comparison: Comparison, words: CompareMessages): string {
  const cleaned = cleanText(comparison) as Comparison
  const { reports, places, targets, conclusions } = cleaned
  const lone = loneOf(cleaned)
  const differing = targets.filter(({ differs }) => differs)
  const letters = reports.map(({ letter }) => letter)
  const blocks = [
    [`**${words.differ(differing.length, commonOf(cleaned).length)}**`],
    [
      `## ${words.title}`,
      '',
      ...table(
        ['', '', words.facts.subnet, words.facts.vpc, '', ''],
        reports.map(r => [
          r.letter,
          ...[r.name, r.subnet ?? '', r.vpc ?? '', r.startedAt].map(code),
          words.healthy(r.healthy, r.targets),
        ]),
      ),
    ],
    conclusions.length === 0
      ? []
      : [
          `## ${words.says}`,
          '',
          ...conclusions.flatMap(one => [
            `1. ${prose(one.says)}`,
            ...bullet(words.remains, one.causes),
            ...bullet(words.ruledOut, one.ruledOut),
            ...bullet(words.affects, one.targets),
          ]),
        ],
    places.length === 0
      ? []
      : [
          `## ${words.places}`,
          '',
          ...table(
            ['', ...letters],
            places.map(({ what, values }) => [
              words.facts[what],
              ...values.map(value => {
                const shown = factOf(what, value, words)
                return shown === value ? code(value) : shown
              }),
            ]),
          ),
        ],
    differing.length === 0
      ? []
      : [
          `## ${words.targets}`,
          '',
          ...table(
            [words.target, ...letters],
            differing.map(row => [code(row.id), ...row.seen.map(seen => prose(cellOf(seen, row.seen, words)))]),
          ),
        ],
    lone.length === 0
      ? []
      : [
          `## ${words.notCompared}`,
          '',
          ...lone.map(({ letter, ids }) => `- ${words.onlyIn(letter)}: ${ids.map(code).join(', ')}`),
        ],
  ]
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

function bullet(label: string, list: readonly string[]): string[] {
  return list.length === 0 ? [] : [`   - ${label}: ${list.map(code).join(', ')}`]
}
