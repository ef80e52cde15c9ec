// `list services|causes|workloads`: the words this tool knows, one a line, the word first so that it can be cut.

import { causeCodes, findService, findWorkload, serviceIds, workloadIds } from '@eniprobe/core'
import type { Messages } from '../messages/en.ts'
import type { ListTopic } from '../options.ts'
import { writeOut } from '../output.ts'
import { padTo, widthOf } from '../render/layout.ts'

export async function listCommand(topic: ListTopic, messages: Messages): Promise<number> {
  const rows = rowsOf[topic](messages)
  const width = Math.max(...rows.map(([word]) => widthOf(word)))
  await writeOut(process.stdout, `${rows.map(([word, title]) => `${padTo(word, width)}  ${title}`.trimEnd()).join('\n')}\n`)
  return 0
}

const rowsOf: Readonly<Record<ListTopic, (messages: Messages) => readonly (readonly [string, string])[]>> = {
  services: () => serviceIds().map(id => [id, findService(id)?.title ?? '']),
  causes: ({ causes }) => causeCodes.map(code => [code, causes[code].title]),
  workloads: ({ language }) => workloadIds().map(id => [id, findWorkload(id)?.title[language] ?? '']),
}
