// Hanging sockets as a person counts them: one line a process, address and port, however many sockets it tries with.

import type { StuckConnection, StuckKind } from '../../model/stuck.ts'
import { describeProcess, findOwners } from '../../probe/sockets/processes.ts'
import type { Sighting } from './sightings.ts'

export interface Seen {
  readonly sighting: Sighting
  /** A process of the other namespace it is in. */
  readonly namespaceOf?: number
}

/**
 * `except`: a process whose own sockets are left out (ourselves). `presentSoon`: the sockets that are there a moment later. A
 * process that ends lets go of its sockets before the kernel takes them down: one without a holder may have ended with it.
 */
export async function listAllConnections(
  seen: readonly Seen[],
  except: number,
  presentSoon: () => Promise<ReadonlySet<number>>,
): Promise<StuckConnection[]> {
  const { byInode, closed } = findOwners(new Set(seen.map(({ sighting }) => sighting.row.inode)))
  const isHeld = ({ sighting }: Seen) => {
    const holder = byInode.get(sighting.row.inode)
    return holder !== undefined && describeProcess(holder) !== undefined
  }
  const held = new Set(seen.filter(isHeld))
  const still = held.size < seen.length ? await presentSoon() : undefined
  const others = seen.filter(each => {
    const { inode } = each.sighting.row
    return held.has(each) ? byInode.get(inode) !== except : still?.has(inode) === true
  })
  return group(others, byInode, closed > 0)
}

/** Only the sockets that have a holder. */
export function listHeldConnections(seen: readonly Seen[], holders: ReadonlyMap<number, number | undefined>): StuckConnection[] {
  const held = seen.filter(({ sighting }) => holders.get(sighting.row.inode) !== undefined)
  return group(held, holders, false)
}

function group(seen: readonly Seen[], holders: ReadonlyMap<number, number | undefined>, someClosed: boolean): StuckConnection[] {
  const groups = new Map<string, Seen[]>()
  for (const each of seen) {
    const { row, kind } = each.sighting
    const pid = holders.get(row.inode)
    const key = [pid ?? `user ${row.uid}`, kind, row.protocol, row.remote.address, row.remote.port, each.namespaceOf ?? ''].join(
      ' ',
    )
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()].map(each => connectionOf(each, holders, someClosed)).sort((a, b) => b.atLeastMs - a.atLeastMs)
}

function connectionOf(
  group: readonly Seen[],
  holders: ReadonlyMap<number, number | undefined>,
  someClosed: boolean,
): StuckConnection {
  const [longest] = [...group].sort((a, b) => b.sighting.atLeastMs - a.sighting.atLeastMs)
  if (longest === undefined) throw new Error('a group of sockets without a socket')
  const { kind, row, atLeastMs } = longest.sighting
  const pid = holders.get(row.inode)
  const holder = pid === undefined ? undefined : describeProcess(pid)
  const { namespaceOf } = longest
  return {
    kind,
    protocol: row.protocol,
    address: row.remote.address,
    port: row.remote.port,
    sockets: group.length,
    atLeastMs: Math.round(atLeastMs),
    retransmits: Math.max(row.retransmits, kind === 'retransmitting' ? row.probes : 0),
    ...(hasQueue(kind) && { queuedBytes: row.queuedBytes }),
    localPort: row.local.port,
    uid: row.uid,
    process: holder ?? null,
    ...(holder === undefined && {
      processUnknown: someClosed && !isOurs(row.uid) ? ('other-user' as const) : ('not-found' as const),
    }),
    ...(namespaceOf !== undefined && { namespaceOf }),
    names: [],
    target: null,
  }
}

function hasQueue(kind: StuckKind): boolean {
  return kind === 'retransmitting' || kind === 'window-closed'
}

function isOurs(uid: number): boolean {
  return process.getuid?.() === uid
}
