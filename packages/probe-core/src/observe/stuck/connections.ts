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
 * `except`: a process whose own sockets are left out (ourselves). `present`: the sockets that are still there; one that has gone
 * while its holder was looked for has ended, and its holder with it.
 */
export function listAllConnections(seen: readonly Seen[], except: number, present: () => ReadonlySet<number>): StuckConnection[] {
  const { byInode, closed } = findOwners(new Set(seen.map(({ sighting }) => sighting.row.inode)))
  const isLost = seen.some(({ sighting }) => !byInode.has(sighting.row.inode))
  const still = isLost ? present() : undefined
  const others = seen.filter(({ sighting: { row } }) => {
    const holder = byInode.get(row.inode)
    return holder === undefined ? still?.has(row.inode) === true : holder !== except
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
