// Reads /etc/hosts and /etc/resolv.conf as the C library does. Pure: the caller reads the files.

import { isIP } from 'node:net'

export interface ResolvConf {
  /** As listed. The C library uses the first three only. */
  readonly nameservers: readonly string[]
  /** The last `search` or `domain` line wins. */
  readonly search: readonly string[]
  /** Default 1, at most 15. */
  readonly ndots: number
}

/** No more than are kept of an answer of DNS. */
const mostAddresses = 32

/** Addresses by name (lower case), the first 32 in file order; aliases count as names. Format: hosts(5). */
export function readHostsFile(text: string): ReadonlyMap<string, readonly string[]> {
  const addressesByName = new Map<string, string[]>()
  for (const words of readLines(text, /#.*/)) {
    const [address, ...names] = words
    if (address === undefined || isIP(address) === 0) continue
    for (const name of names) {
      const known = addressesByName.get(name.toLowerCase())
      if (known === undefined) addressesByName.set(name.toLowerCase(), [address])
      else if (known.length < mostAddresses) known.push(address)
    }
  }
  return addressesByName
}

/** Format and defaults: resolv.conf(5). Lines that cannot be read are left out, as the C library does. */
export function readResolvConf(text: string): ResolvConf {
  const nameservers: string[] = []
  const options: string[] = []
  let search: string[] = []
  for (const [keyword, ...values] of readLines(text, /[#;].*/)) {
    if (keyword === 'nameserver' && values[0] !== undefined && isIP(values[0]) !== 0) nameservers.push(values[0])
    else if (keyword === 'search') search = values
    else if (keyword === 'domain') search = values.slice(0, 1)
    else if (keyword === 'options') options.push(...values)
  }
  return {
    nameservers,
    search,
    ndots: Math.min(15, findNumber(options, 'ndots') ?? 1),
  }
}

function readLines(text: string, comment: RegExp): string[][] {
  return text
    .split(/\r?\n/)
    .map(line => line.replace(comment, '').trim())
    .filter(line => line !== '')
    .map(line => line.split(/\s+/))
}

function findNumber(options: readonly string[], key: string): number | undefined {
  const text = options.findLast(option => option.startsWith(`${key}:`))?.slice(key.length + 1)
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}
