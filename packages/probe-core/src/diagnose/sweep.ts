// What connections from chosen source ports showed: the only in-band proof of a NACL's ephemeral range.

import type { TargetView } from './view.ts'

export interface Sweep {
  readonly tried: number
  readonly answered: readonly number[]
  readonly silent: readonly number[]
  /** Every port gave one and the same result, results differ, and they differ by range: what a NACL does. */
  readonly dependsOnPort: boolean
  /** Enough ports that chance (a dead one of several paths, chosen by a hash of the ports) does not look like ranges. */
  readonly beyondChance: boolean
}

export function sourcePortSweep(target: TargetView): Sweep {
  const results = new Map<number, Set<'answered' | 'silent'>>()
  const tries = new Map<number, number>()
  let tried = 0
  for (const tcp of target.variants('tcp', 'source-port')) {
    if (tcp.outcome === 'skipped' || tcp.seen?.localPort === undefined) continue
    // A busy local port says nothing; an RST is as good as a connection: something came back.
    if (tcp.outcome === 'rejected' && tcp.code !== 'ECONNREFUSED') continue
    tried += 1
    tries.set(tcp.seen.localPort, (tries.get(tcp.seen.localPort) ?? 0) + (tcp.outcome === 'silent' ? (tcp.tries ?? 1) : 1))
    const result = tcp.outcome === 'silent' ? 'silent' : 'answered'
    results.set(tcp.seen.localPort, (results.get(tcp.seen.localPort) ?? new Set()).add(result))
  }
  const portsThat = (result: 'answered' | 'silent') =>
    [...results]
      .filter(([, seen]) => seen.has(result) && seen.size === 1)
      .map(([port]) => port)
      .sort((a, b) => a - b)
  const answered = portsThat('answered')
  const silent = portsThat('silent')
  // One lost SYN is loss: a port counts as silent when at least two independent tries from it were.
  const steady = answered.length + silent.length === results.size && silent.every(port => (tries.get(port) ?? 0) >= 2)
  const sorted = [...results].sort(([a], [b]) => a - b).map(([, seen]) => seen.has('answered'))
  const changes = sorted.filter((result, i) => i > 0 && result !== sorted[i - 1]).length
  const dependsOnPort = steady && answered.length > 0 && silent.length > 0 && changes <= 2
  const beyondChance = dependsOnPort && (changes === 1 ? results.size >= 12 : results.size >= 15)
  return { tried, answered, silent, dependsOnPort, beyondChance }
}
