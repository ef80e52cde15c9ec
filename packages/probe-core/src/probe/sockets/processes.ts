// Which process holds a socket, and what can be told of it. Read from /proc; what is closed to us is said, never guessed.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { StuckProcess } from '../../model/stuck.ts'
import { machineFiles } from '../machine-files.ts'
import { safeText } from '../text.ts'
import { shortenCommand } from './command-line.ts'
import { listProcessIds } from './read-tables.ts'

interface Owners {
  /** By inode of the socket. The process with the lowest id, where several share it. */
  readonly byInode: ReadonlyMap<number, number>
  /** Processes whose files are closed to us. */
  readonly closed: number
}

/** A machine with more open files than that is read in part. */
const mostFiles = 500_000

/** Looks through the files of these processes until every socket has its holder. */
export function findOwners(inodes: ReadonlySet<number>, pids = listProcessIds(), proc = '/proc'): Owners {
  const byInode = new Map<number, number>()
  let closed = 0
  let files = 0
  for (const pid of inodes.size === 0 ? [] : pids) {
    let names: string[]
    try {
      names = readdirSync(`${proc}/${pid}/fd`)
    } catch (error) {
      if (['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) closed += 1
      continue
    }
    for (const name of names) {
      files += 1
      const inode = socketOf(`${proc}/${pid}/fd/${name}`)
      if (inode !== undefined && inodes.has(inode) && !byInode.has(inode)) byInode.set(inode, pid)
    }
    if (byInode.size === inodes.size || files > mostFiles) break
  }
  return { byInode, closed }
}

function socketOf(path: string): number | undefined {
  try {
    const inode = /^socket:\[(\d{1,15})\]$/.exec(readlinkSync(path))?.[1]
    return inode === undefined ? undefined : Number(inode)
  } catch {
    return undefined
  }
}

/** Undefined: it is gone. Its arguments are shown only as far as they cannot be secrets. */
export function describeProcess(pid: number, proc = '/proc'): StuckProcess | undefined {
  const stat = readStat(pid, proc)
  if (stat === undefined) return undefined
  const argv = readArguments(pid, proc)
  const name = safeText(stat.name, 32)
  const uptime = Number(/^\d{1,12}(?:\.\d{1,6})?/.exec(machineFiles.fileText(`${proc}/uptime`) ?? '')?.[0])
  const ageMs = Math.round(uptime * 1000 - stat.startTicks * 10)
  return {
    pid,
    name,
    command: argv.length === 0 ? `[${name}]` : shortenCommand(argv),
    ...(Number.isFinite(ageMs) && ageMs >= 0 && { ageMs }),
  }
}

/** Empty: a thread of the kernel, gone, or closed to us. As it is: not to be shown. */
export function readArguments(pid: number, proc = '/proc'): string[] {
  const text = readStart(`${proc}/${pid}/cmdline`)
  return text === undefined || text === '' ? [] : text.replace(/\0+$/, '').split('\0')
}

/** Those of a process's variables that are named; the rest of its environment is not kept. */
export function readVariables(pid: number, names: readonly string[], proc = '/proc'): Record<string, string> {
  const found: Record<string, string> = {}
  for (const entry of (readStart(`${proc}/${pid}/environ`) ?? '').split('\0')) {
    const at = entry.indexOf('=')
    const name = entry.slice(0, at)
    if (at > 0 && names.includes(name)) found[name] = entry.slice(at + 1)
  }
  return found
}

/** The process itself and all that came from it. One that left it (a daemon) is not followed. */
export function listDescendants(root: number, proc = '/proc'): number[] {
  const children = new Map<number, number[]>()
  for (const pid of listProcessIds(proc)) {
    const parent = readStat(pid, proc)?.parent
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const found = new Set([root])
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child)
  return [...found]
}

interface Stat {
  readonly name: string
  readonly parent: number
  readonly startTicks: number
}

function readStat(pid: number, proc: string): Stat | undefined {
  // The name stands in brackets and may hold brackets and spaces itself: the last one closes.
  const found = /^\d+ \((.{0,64})\) (.*)$/s.exec(readStart(`${proc}/${pid}/stat`) ?? '')
  const fields = found?.[2]?.split(' ') ?? []
  const [parent, startTicks] = [Number(fields[1]), Number(fields[19])]
  return found === null || !Number.isInteger(parent) || !Number.isFinite(startTicks)
    ? undefined
    : { name: found[1] ?? '', parent, startTicks }
}

function readStart(path: string): string | undefined {
  // The size of these files is told as 0: they are read whole, and the kernel bounds them (an argument list to some MB).
  try {
    return readFileSync(path, 'utf8').slice(0, 256 * 1024)
  } catch {
    return undefined
  }
}
