// What package managers are configured to use, read within a time: a file system that hangs is not waited for, nor is anybody who
// no longer wants to know.

import { remark } from '../../catalog/index.ts'
import { type Deadline, startDeadline } from '../../time/deadline.ts'
import type { ReadPackages } from './index.ts'

const mostMs = 2_000

/** `words`: package managers. What was not read within two seconds, or by the deadline, is said in the notes of each. */
export async function readPackagesInTime(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  deadline?: Deadline,
): Promise<ReadPackages> {
  const own = deadline?.sub(mostMs) ?? startDeadline(mostMs)
  try {
    const { packageMachine, readPackages } = await import('./index.ts')
    const read = await own.until(readPackages(words, packageMachine(env)))
    const unread = { sources: [], notes: [remark('configurationLate', {})] }
    return read ?? { settings: new Map(words.map(word => [word, unread])), access: new Map() }
  } finally {
    own.dispose()
  }
}
