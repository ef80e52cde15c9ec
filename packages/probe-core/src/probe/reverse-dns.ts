// The name that the owner of an address gave it (PTR). A hint for people: nobody has to answer, and nobody checks it.

import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { safeText } from './text.ts'

/** One question, `timeoutMs` at most; undefined when nobody gave a name that DNS can carry. */
export async function findReverseName(
  address: string,
  resolver: string,
  timeoutMs: number,
  signal: AbortSignal,
  port = 53,
): Promise<string | undefined> {
  if (isIP(address) === 0 || isIP(resolver) === 0 || signal.aborted) return undefined
  const asking = new Resolver({ timeout: Math.max(1, Math.ceil(timeoutMs)), tries: 1 })
  const cancel = () => asking.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    asking.setServers([`${isIP(resolver) === 6 ? `[${resolver}]` : resolver}:${port}`])
    const names = await asking.reverse(address)
    return names.map(name => name.toLowerCase().replace(/\.$/, '')).find(name => isPlain(name))
  } catch {
    return undefined
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

function isPlain(name: string): boolean {
  return /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){1,10}$/.test(name) && safeText(name, 253) === name
}
