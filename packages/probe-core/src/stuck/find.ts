// Which connections hang on this machine right now: the kernel's tables, looked at over a moment. Nothing is sent until something
// hangs, and then only the questions that name it.

import { positive } from '../model/positive.ts'
import type { Stuck } from '../model/stuck.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import { listAllConnections, type Seen } from '../observe/stuck/connections.ts'
import { makeSightings, type Sightings } from '../observe/stuck/sightings.ts'
import { listNamespaces, readSocketTables } from '../probe/sockets/read-tables.ts'
import { type Deadline, startDeadline } from '../time/deadline.ts'
import { type NamingOptions, nameStuck } from './name.ts'

export interface FindStuckOptions extends NamingOptions {
  /** What hangs for less is not told. Default 1,000. */
  readonly leastMs?: number
  /** The whole of it ends by then. Default 5,000. */
  readonly deadlineMs?: number
}

export const stuckDefaults = { leastMs: 1000, deadlineMs: 5000 } as const

const betweenLooksMs = 200
/** A client between two tries holds no socket: where nothing hangs at first, the next try is waited for. */
const quietMs = 2000

/**
 * Looks at every socket that can be seen, of this network namespace and of those of other processes. Resolves as soon as all that
 * may hang is decided: at once for what the kernel's timers tell, after `leastMs` for the rest, after two seconds where there is
 * nothing.
 * @throws ProbeUsageError `no-socket-tables` where the machine has none (not Linux, or no /proc); a malformed region
 */
export async function findStuck(options: FindStuckOptions = {}): Promise<Stuck> {
  const leastMs = positive(options.leastMs ?? stuckDefaults.leastMs, 'leastMs')
  const deadline = startDeadline(positive(options.deadlineMs ?? stuckDefaults.deadlineMs, 'deadlineMs'), options.signal)
  try {
    return await nameStuck(await lookAround(leastMs, deadline), options, deadline)
  } finally {
    deadline.dispose()
  }
}

/** @throws ProbeUsageError where there are no tables to read */
export function checkSocketTables(): void {
  if (!readSocketTables('/proc/self/net').isReadable)
    throw new ProbeUsageError(
      'no-socket-tables',
      { en: 'there is no /proc/net/tcp to read', ja: '/proc/net/tcp を読めません' },
      {
        en: 'run it on Linux, where /proc is mounted and readable',
        ja: '/proc がマウントされていて読める Linux で実行してください',
      },
    )
}

async function lookAround(leastMs: number, deadline: Deadline): Promise<Stuck> {
  checkSocketTables()
  const startedAt = performance.now()
  const elapsedMs = () => performance.now() - startedAt
  const namespaces = listNamespaces()
  const each = namespaces.map(place => ({ ...place, sightings: makeSightings() }))
  let open = 0
  for (;;) {
    open = 0
    for (const { folder, sightings } of each) {
      const table = readSocketTables(folder)
      sightings.look(table.rows, elapsedMs())
      open += table.open
    }
    const all = each.flatMap(({ sightings }) => sightings.now())
    const isDecided = all.every(({ atLeastMs }) => atLeastMs >= leastMs)
    if (isDecided && (all.length > 0 || elapsedMs() >= Math.max(quietMs, leastMs))) break
    if (!(await deadline.wait(betweenLooksMs))) break
  }
  const presentSoon = async () => {
    await deadline.wait(betweenLooksMs)
    return new Set(each.flatMap(({ folder }) => readSocketTables(folder).rows.map(({ inode }) => inode)))
  }
  const seen = each.flatMap(({ sightings, pid }) => hanging(sightings, leastMs, pid))
  return {
    connections: await listAllConnections(seen, process.pid, presentSoon),
    watchedMs: Math.round(elapsedMs()),
    leastMs,
    openConnections: open,
    namespaces: namespaces.length,
    naming: { asked: 0, dns: 'not-asked' },
  }
}

function hanging(sightings: Sightings, leastMs: number, pid: number | undefined): Seen[] {
  return sightings
    .now()
    .filter(({ atLeastMs }) => atLeastMs >= leastMs)
    .map(sighting => ({ sighting, ...(pid !== undefined && { namespaceOf: pid }) }))
}
