// The kernel's socket tables, read piece by piece and never beyond a limit. Tables of other network namespaces are read through a
// process that lives there; the file's own inode tells which namespace it is of, to every user.

import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { endianness } from 'node:os'
import { readSocketLine, type SocketRow, socketStates, stateOfLine } from './socket-table.ts'
import { findHang } from './unanswered.ts'

interface TableSample {
  /** Sockets that may hang. */
  readonly rows: readonly SocketRow[]
  /** TCP connections that stand and show no sign of hanging. */
  readonly open: number
  readonly isReadable: boolean
}

interface Namespace {
  /** The folder of its tables. */
  readonly folder: string
  /** A process in it; undefined: it is ours. */
  readonly pid?: number
}

const tables = [
  ['tcp', 'tcp'],
  ['tcp6', 'tcp'],
  ['udp', 'udp'],
  ['udp6', 'udp'],
] as const
const chunkBytes = 64 * 1024
/** One for all: nothing here waits, so no two reads are under way at once. Made with the first. */
let chunk: Buffer | undefined
/** Some 400,000 sockets. */
const mostBytes = 64 * 1024 * 1024
const mostRows = 4096
const mostNamespaces = 64
const mostProcesses = 50_000

const isLittleEndian = endianness() === 'LE'
const { established, synSent, finWait1, closeWait } = socketStates
const tcpStates = new Set<number>([established, synSent, finWait1, closeWait])

/** Reads at once, without waiting for anything: the kernel answers from memory. */
export function readSocketTables(folder: string): TableSample {
  const rows: SocketRow[] = []
  let open = 0
  let isReadable = false
  for (const [name, protocol] of tables) {
    const done = readLines(`${folder}/${name}`, line => {
      const state = stateOfLine(line)
      if (protocol === 'tcp' ? !tcpStates.has(state) : state !== established) return
      const row = readSocketLine(line, protocol, isLittleEndian)
      if (row === undefined) return
      if (findHang(row) !== undefined) {
        if (rows.length < mostRows) rows.push(row)
      } else if (protocol === 'tcp' && state === established && row.inode !== 0) open += 1
    })
    isReadable ||= done && name === 'tcp'
  }
  return { rows, open, isReadable }
}

/** Ours first, then those of every process that can be seen. */
export function listNamespaces(proc = '/proc'): Namespace[] {
  const own = { folder: `${proc}/self/net` }
  const seen = new Set([namespaceId(own.folder)])
  const others: Namespace[] = []
  for (const pid of listProcessIds(proc)) {
    const folder = `${proc}/${pid}/net`
    const id = namespaceId(folder)
    if (id === undefined || seen.has(id)) continue
    seen.add(id)
    others.push({ folder, pid })
    if (others.length >= mostNamespaces) break
  }
  return [own, ...others]
}

/** Differs between namespaces, is the same within one. Undefined: gone, or closed to us. */
export function namespaceId(folder: string): number | undefined {
  try {
    return statSync(`${folder}/tcp`).ino
  } catch {
    return undefined
  }
}

export function listProcessIds(proc = '/proc'): number[] {
  try {
    return readdirSync(proc)
      .filter(name => /^\d{1,10}$/.test(name))
      .slice(0, mostProcesses)
      .map(Number)
  } catch {
    return []
  }
}

/** False: it cannot be read. What comes after the limit is left out. */
function readLines(path: string, onLine: (line: string) => void): boolean {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    chunk ??= Buffer.allocUnsafeSlow(chunkBytes)
    let rest = ''
    for (let total = 0; total < mostBytes; ) {
      const count = readSync(file, chunk, 0, chunkBytes, null)
      if (count === 0) break
      total += count
      const lines = (rest + chunk.toString('latin1', 0, count)).split('\n')
      rest = (lines.pop() ?? '').slice(0, 1024)
      for (const line of lines) onLine(line)
    }
    if (rest !== '') onLine(rest)
    return true
  } catch {
    return false
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
