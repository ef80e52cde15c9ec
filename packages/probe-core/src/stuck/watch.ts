// Watches one process and all that comes from it, and tells every host that it hangs on. It reads the kernel's tables and nothing
// of the process: no signal, no tracing, nothing that could change what it does.

import type { Stuck, StuckConnection } from '../model/stuck.ts'
import { listHeldConnections, type Seen } from '../observe/stuck/connections.ts'
import { makeSightings, type Sighting } from '../observe/stuck/sightings.ts'
import { findOwners, listDescendants } from '../probe/sockets/processes.ts'
import { namespaceId, readSocketTables } from '../probe/sockets/read-tables.ts'
import { checkSocketTables } from './find.ts'

export interface WatchStuckOptions {
  /** The process whose sockets, and those of its descendants, count. */
  readonly pid: number
  /** What hangs for less is not told. Default 3,000. */
  readonly leastMs?: number
  /** Between two looks, at least. Default 1,000. */
  readonly everyMs?: number
  /** Once for each process, address, port and kind. Without names: `nameStuck` gives them. */
  readonly onHang?: (connection: StuckConnection) => void
}

export interface StuckWatch {
  /** All that hung since the beginning, the longest first. */
  readonly seen: () => Stuck
  readonly stop: () => void
}

/** Of the time of one core: where looks take long (a table of many thousand sockets), pauses are longer. */
const share = 0.008
const mostTold = 1000

/** @throws ProbeUsageError `no-socket-tables` */
export function watchStuck(options: WatchStuckOptions): StuckWatch {
  checkSocketTables()
  const { pid, leastMs = 3000, everyMs = 1000, onHang } = options
  const startedAt = performance.now()
  const sightings = makeSightings()
  const told = new Map<string, StuckConnection & { readonly inodes: ReadonlySet<number> }>()
  const holders = new Map<number, number | undefined>()
  let open = 0
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  const look = () => {
    const lookedAt = performance.now()
    const before = process.cpuUsage()
    // The command may have moved into a network namespace of its own (a container): its tables are those that count then.
    const isElsewhere = ![undefined, namespaceId('/proc/self/net')].includes(namespaceId(`/proc/${pid}/net`))
    const tables = [`/proc/self/net`, ...(isElsewhere ? [`/proc/${pid}/net`] : [])].map(readSocketTables)
    open = tables.reduce((sum, table) => sum + table.open, 0)
    sightings.look(
      tables.flatMap(({ rows }) => rows),
      lookedAt - startedAt,
    )
    const hanging = sightings.now().filter(({ atLeastMs }) => atLeastMs >= leastMs)
    sightings.takeEnded()
    if (hanging.length > 0) note(hanging, isElsewhere)
    else for (const [key, each] of told) if (each.isOngoing === true) told.set(key, { ...each, isOngoing: false })
    // Not by the clock: on a busy machine a look would seem dear that only waited for its turn, and pauses would outlast a hang.
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }

  const note = (hanging: readonly Sighting[], isElsewhere: boolean) => {
    // Who holds a socket is looked up once: it costs more than all the rest.
    const current = new Set(hanging.map(({ row }) => row.inode))
    const unknown = [...current].filter(inode => !holders.has(inode))
    if (unknown.length > 0) {
      const found = findOwners(new Set(unknown), listDescendants(pid)).byInode
      for (const inode of unknown) holders.set(inode, found.get(inode))
    }
    for (const inode of holders.keys()) if (!current.has(inode)) holders.delete(inode)
    const seen: Seen[] = hanging.map(sighting => ({ sighting, ...(isElsewhere && { namespaceOf: pid }) }))
    const list = listHeldConnections(seen, holders)
    const present = new Set<string>()
    for (const now of list) {
      const key = keyOf(now)
      present.add(key)
      const before = told.get(key)
      const inodes = new Set(before?.inodes)
      for (const { row } of hanging)
        if (row.remote.address === now.address && row.remote.port === now.port && holders.get(row.inode) === now.process?.pid)
          inodes.add(row.inode)
      const longest = before !== undefined && before.atLeastMs > now.atLeastMs ? before : now
      if (before === undefined && told.size >= mostTold) continue
      told.set(key, { ...longest, sockets: inodes.size, inodes, isOngoing: true })
      if (before === undefined) onHang?.(now)
    }
    for (const [key, each] of told) if (!present.has(key)) told.set(key, { ...each, isOngoing: false })
  }

  // The shorter of the last two: one that was held up, or looked a new process up, says nothing of the next.
  let previousMs = 0
  const again = (tookMs: number) => {
    const usualMs = Math.min(tookMs, previousMs)
    previousMs = tookMs
    timer = setTimeout(() => !isStopped && again(look()), Math.max(everyMs, usualMs / share))
    timer.unref()
  }
  again(look())

  return {
    seen: () => ({
      connections: [...told.values()].map(({ inodes: _, ...each }) => each).sort((a, b) => b.atLeastMs - a.atLeastMs),
      watchedMs: Math.round(performance.now() - startedAt),
      leastMs,
      openConnections: open,
      namespaces: 1,
      naming: { asked: 0, dns: 'not-asked' },
    }),
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

function keyOf({ process: holder, kind, address, port }: StuckConnection): string {
  return `${holder?.pid} ${kind} ${address} ${port}`
}
