// What package managers are configured to use, read within a time: a file system that hangs is not waited for.

import { remark } from '../../catalog/index.ts'
import type { ReadPackages } from './index.ts'

const mostMs = 2_000

/** `words`: package managers. What was not read in time is said in the notes of each. */
export async function readPackagesInTime(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  withinMs: number,
): Promise<ReadPackages> {
  const { packageMachine, readPackages } = await import('./index.ts')
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), Math.min(withinMs, mostMs))
  })
  const read = await Promise.race([readPackages(words, packageMachine(env)), late])
  clearTimeout(timer)
  const unread = { sources: [], notes: [remark('configurationLate', {})] }
  return read ?? { settings: new Map(words.map(word => [word, unread])), access: new Map() }
}
