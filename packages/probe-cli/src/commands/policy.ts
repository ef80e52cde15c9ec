// `policy [TARGET…]`: the smallest IAM policy for the run with these words, as JSON. No network. What the policy leaves open is said
// on standard error, so that standard output can be handed to `aws iam` as it is.

import { type PolicyOptions, planPolicy } from '@eniprobe/core'
import type { Messages } from '../messages/en.ts'
import { checkWritable, writeFileWhole, writeOut } from '../output.ts'

export async function policyCommand(options: PolicyOptions, file: string | null, messages: Messages): Promise<0> {
  if (file !== null) await checkWritable(file)
  const { document, notes } = await planPolicy(options)
  const text = `${JSON.stringify(document, null, 2)}\n`
  if (file !== null) {
    await writeFileWhole(file, text)
    await writeOut(process.stderr, `${messages.saved(file)}\n`)
  }
  for (const note of notes) await writeOut(process.stderr, `${messages.policyNote(note[messages.language])}\n`)
  if (file === null) await writeOut(process.stdout, text)
  return 0
}
