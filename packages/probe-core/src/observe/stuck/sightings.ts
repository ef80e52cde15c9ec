// What was seen of each socket over several looks at the tables: since when it has been hanging, and how long at least.

import type { StuckKind } from '../../model/stuck.ts'
import type { SocketRow } from '../../probe/sockets/socket-table.ts'
import { findHang, unansweredAtLeastMs } from '../../probe/sockets/unanswered.ts'

export interface Sighting {
  readonly kind: StuckKind
  readonly row: SocketRow
  readonly firstSeenMs: number
  readonly atLeastMs: number
}

export interface Sightings {
  /** What one look showed. Sockets that were there before and are not any more have come to their end. */
  look(rows: readonly SocketRow[], nowMs: number): void
  /** Those that the last look showed. */
  now(): readonly Sighting[]
  /** Those that earlier looks showed, each as it was last seen; calling it forgets them. */
  takeEnded(): readonly Sighting[]
}

/** Nobody keeps so many sockets hanging; a table that says so must not fill our memory. */
const mostKept = 10_000

export function makeSightings(): Sightings {
  let current = new Map<number, Sighting>()
  let ended: Sighting[] = []
  return {
    look: (rows, nowMs) => {
      const next = new Map<number, Sighting>()
      for (const row of rows) {
        const kind = findHang(row)
        if (kind === undefined) continue
        const before = current.get(row.inode)
        // Less in the queue: the far side took some of it, and the wait began anew.
        const isSame = before !== undefined && !hasMoved(before.row, row)
        const firstSeenMs = isSame ? before.firstSeenMs : nowMs
        const atLeastMs = Math.max(unansweredAtLeastMs(row), nowMs - firstSeenMs, isSame ? before.atLeastMs : 0)
        next.set(row.inode, { kind, row, firstSeenMs, atLeastMs })
      }
      for (const [inode, sighting] of current) if (!next.has(inode) && ended.length < mostKept) ended.push(sighting)
      current = next
    },
    now: () => [...current.values()],
    takeEnded: () => {
      const taken = ended
      ended = []
      return taken
    },
  }
}

function hasMoved(before: SocketRow, now: SocketRow): boolean {
  if (before.remote.address !== now.remote.address || before.remote.port !== now.remote.port) return true
  if (before.local.port !== now.local.port || before.state !== now.state) return true
  return before.state !== 2 && (now.queuedBytes < before.queuedBytes || now.retransmits < before.retransmits)
}
