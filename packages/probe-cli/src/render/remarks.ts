// What is said beside the table: notes of the plan, names that settings changed, and how long other clients would hang.

import type { Target } from '@eniprobe/core'
import type { Messages } from '../messages/en.ts'
import { labelled } from './layout.ts'
import { mostNames, namesOf } from './names.ts'
import type { Page } from './page.ts'
import { timeOf } from './quantities.ts'

export function renderNotes(targets: readonly Target[], { messages, paint, columns, verbose }: Page): string[] {
  const all = noteLines(targets, messages)
  const rest = verbose ? 0 : all.length - mostNames
  const notes = rest > 1 ? [...all.slice(0, mostNames), messages.targets.moreAlike(rest)] : all
  if (notes.length === 0) return []
  return [paint.bold(messages.targets.notes), ...notes.flatMap(note => labelled('', note, { indent: 2, labelWidth: 0, columns }))]
}

export function noteLines(targets: readonly Target[], { targets: words }: Messages): string[] {
  return targets.flatMap(({ id, host, hostFrom, note }) => [
    ...(note === undefined ? [] : [`${id}: ${note}`]),
    ...(hostFrom === undefined || host === '' ? [] : [words.otherName(id, host, hostFrom)]),
  ])
}

/** One line a client: its longest hang and why so long, then the shorter ones. */
export function renderHangs(targets: readonly Target[], { messages, paint, columns }: Page): string[] {
  const lines = hangLines(targets, messages)
  if (lines.length === 0) return []
  return [
    paint.bold(messages.hangs.title),
    ...lines.flatMap(line => labelled('', line, { indent: 2, labelWidth: 0, columns, hanging: 2 })),
  ]
}

export function hangLines(targets: readonly Target[], messages: Messages): string[] {
  const { hangs: words } = messages
  const clients = new Map<string, Map<number, { how: string; ids: string[] }>>()
  for (const { id, hangs } of targets) {
    for (const { client, ms, how } of hangs) {
      const lengths = clients.get(client) ?? new Map<number, { how: string; ids: string[] }>()
      const length = lengths.get(ms) ?? { how, ids: [] }
      length.ids.push(id)
      clients.set(client, lengths.set(ms, length))
    }
  }
  const sorted = [...clients].map(([client, lengths]) => ({ client, lengths: [...lengths].sort(([a], [b]) => b - a) }))
  sorted.sort((a, b) => (b.lengths[0]?.[0] ?? 0) - (a.lengths[0]?.[0] ?? 0))
  return sorted.map(({ client, lengths }) => {
    const [longest, ...shorter] = lengths.map(([ms, { how, ids }]) => ({
      time: timeOf(ms, messages),
      how,
      ids: namesOf(ids, messages),
    }))
    if (longest === undefined) return ''
    const rest = shorter.map(({ time, ids }) => words.shorter(time, ids)).join('')
    return `${words.line(client, longest.time, longest.ids, longest.how)}${rest}`
  })
}
