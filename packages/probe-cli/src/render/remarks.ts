// What is said beside the table: notes of the plan, names that settings changed, and how long other clients would hang.

import type { Target } from '@eniprobe/core'
import { labelled } from './layout.ts'
import type { Page } from './page.ts'
import { timeOf } from './quantities.ts'

export function renderNotes(targets: readonly Target[], { messages, paint, columns }: Page): string[] {
  const { targets: words } = messages
  const notes = targets.flatMap(({ id, host, hostFrom, note }) => [
    ...(note === undefined ? [] : [`${id}: ${note}`]),
    ...(hostFrom === undefined || host === '' ? [] : [words.otherName(id, host, hostFrom)]),
  ])
  if (notes.length === 0) return []
  return [paint.bold(words.notes), ...notes.flatMap(note => labelled('', note, { indent: 2, labelWidth: 0, columns }))]
}

/** One line a client and length, worst first: the same hang on ten targets is said once. */
export function renderHangs(targets: readonly Target[], { messages, paint, columns }: Page): string[] {
  const { hangs: words } = messages
  const groups = new Map<string, { client: string; ms: number; how: string; ids: string[] }>()
  for (const { id, hangs } of targets) {
    for (const { client, ms, how } of hangs) {
      const key = `${client} ${ms} ${how}`
      const group = groups.get(key) ?? { client, ms, how, ids: [] }
      group.ids.push(id)
      groups.set(key, group)
    }
  }
  if (groups.size === 0) return []
  const sorted = [...groups.values()].sort((a, b) => b.ms - a.ms)
  const lines = sorted.map(({ client, ms, how, ids }) => words.line(client, timeOf(ms, messages), ids.join(', '), how))
  return [paint.bold(words.title), ...lines.flatMap(line => labelled('', line, { indent: 2, labelWidth: 0, columns }))]
}
