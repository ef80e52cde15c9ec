// Whether the machine that the next packet goes to is known on the link: until the kernel has its hardware address it may still
// say, after three seconds of asking, that nobody holds it. Reads the kernel's tables; sends nothing.

import { isIP } from 'node:net'
import { machineFiles } from './machine-files.ts'

interface LinkTables {
  /** `/proc/net/route` and `/proc/net/arp`; undefined where they cannot be read. */
  readonly routes: string | undefined
  readonly neighbours: string | undefined
}

const flags = { up: 1, gateway: 2, complete: 2 } as const
/** Many silent addresses are asked about at the same moment. */
const freshMs = 100

let kept: { readonly readAt: number; readonly tables: LinkTables } | undefined

/** True: no word of the kernel about an absent neighbour is to be expected for `address`. False where that cannot be told. */
export function isNeighbourKnown(address: string): boolean {
  if (kept === undefined || performance.now() - kept.readAt > freshMs) {
    const tables = { routes: machineFiles.fileText('/proc/net/route'), neighbours: machineFiles.fileText('/proc/net/arp') }
    kept = { readAt: performance.now(), tables }
  }
  return isKnownIn(kept.tables, address)
}

/** Pure. IPv6 is never known: its neighbours stand in no file. */
export function isKnownIn({ routes, neighbours }: LinkTables, address: string): boolean {
  if (isIP(address) !== 4) return false
  if (address.startsWith('127.')) return true
  if (routes === undefined || neighbours === undefined) return false
  const hop = findNextHop(routes, address)
  if (hop === undefined) return false
  return neighbours.split('\n').some(line => {
    const [neighbour, , state, , , name] = line.trim().split(/\s+/)
    return neighbour === hop.address && name === hop.name && (Number.parseInt(state ?? '0', 16) & flags.complete) !== 0
  })
}

/** By the longest prefix, then the lowest metric, as the kernel chooses in its main table. */
function findNextHop(routes: string, address: string): { readonly address: string; readonly name: string } | undefined {
  const wanted = toNumber(address)
  const fitting = routes.split('\n').flatMap(line => {
    const [name = '', destination = '', gateway = '', flag = '0', , , metric = '0', mask = ''] = line.trim().split(/\s+/)
    if (!/^[0-9A-F]{8}$/i.test(destination) || (Number.parseInt(flag, 16) & flags.up) === 0) return []
    const bits = fromTable(mask)
    if ((wanted & bits) >>> 0 !== fromTable(destination)) return []
    const hop = (Number.parseInt(flag, 16) & flags.gateway) === 0 ? address : toText(fromTable(gateway))
    return [{ name, address: hop, bits, metric: Number(metric) }]
  })
  return fitting.sort((a, b) => b.bits - a.bits || a.metric - b.metric)[0]
}

/** The kernel prints addresses as little-endian hexadecimal words. */
function fromTable(word: string): number {
  return (word.match(/../g) ?? []).reduceRight((sum, byte) => (sum * 256 + Number.parseInt(byte, 16)) >>> 0, 0)
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) >>> 0
}

function toText(value: number): string {
  return [24, 16, 8, 0].map(shift => (value >>> shift) & 255).join('.')
}
