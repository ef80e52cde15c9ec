// What package managers are configured to use, read within a time: a file system that hangs is not waited for, nor is anybody who
// no longer wants to know.

import { remark } from '../../catalog/index.ts'
import { startDeadline } from '../../time/deadline.ts'
import type { ReadPackages } from './index.ts'

const mostMs = 2_000

/** `words`: package managers. What was not read in time, or before `signal`, is said in the notes of each. */
export async function readPackagesInTime(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  withinMs: number,
  signal?: AbortSignal,
): Promise<ReadPackages> {
  const deadline = startDeadline(Math.min(withinMs, mostMs), signal)
  try {
    const { packageMachine, readPackages } = await import('./index.ts')
    const read = await deadline.until(readPackages(words, packageMachine(env)))
    const unread = { sources: [], notes: [remark('configurationLate', {})] }
    return read ?? { settings: new Map(words.map(word => [word, unread])), access: new Map() }
  } finally {
    deadline.dispose()
  }
}
