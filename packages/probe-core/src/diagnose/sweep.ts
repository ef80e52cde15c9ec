// What connections from chosen source ports showed: the only in-band proof of a NACL's ephemeral range.

import type { TcpObservation } from '../model/observation.ts'
import { remember } from './remember.ts'
import type { NetworkView, TargetView } from './view.ts'

export interface Sweep {
  readonly tried: number
  readonly answered: readonly number[]
  readonly silent: readonly number[]
  /** Every port gave one and the same result, results differ, and they differ by range: what a NACL does. */
  readonly dependsOnPort: boolean
  /** Loss, or a dead one of several paths chosen by a hash of the ports, would look like these ranges less than once in 1,000 runs. */
  readonly beyondChance: boolean
  /** Every port got through. */
  readonly isEven: boolean
  /** Some ports got through and some did not, in no range: loss, or several paths. */
  readonly isRandom: boolean
}

/** A SYN that gets no answer is sent again after a second: a socket silent for longer was two tries of the kernel. */
const retransmittedMs = 1200

/** Fewer ports than this leave whole ranges unseen. */
const fewPorts = 5

export const sourcePortSweep = remember((target: TargetView): Sweep => {
  const results = new Map<number, Set<'answered' | 'silent'>>()
  const tries = new Map<number, number>()
  let tried = 0
  for (const tcp of target.variants('tcp', 'source-port')) {
    const port = tcp.outcome === 'skipped' ? undefined : tcp.seen?.localPort
    // A busy local port says nothing; an RST is as good as a connection: something came back.
    if (port === undefined || (tcp.outcome === 'rejected' && tcp.code !== 'ECONNREFUSED')) continue
    tried += 1
    tries.set(port, (tries.get(port) ?? 0) + triesOf(tcp))
    results.set(port, (results.get(port) ?? new Set()).add(tcp.outcome === 'silent' ? 'silent' : 'answered'))
  }
  const sorted = [...results].sort(([a], [b]) => a - b)
  const portsThat = (result: 'answered' | 'silent') =>
    sorted.filter(([, seen]) => seen.has(result) && seen.size === 1).map(([port]) => port)
  const answered = portsThat('answered')
  const silent = portsThat('silent')
  // One lost SYN is loss: a port counts as silent when at least two tries from it were.
  const steady = answered.length + silent.length === results.size && silent.every(port => (tries.get(port) ?? 0) >= 2)
  const changes = sorted.filter(([, seen], i) => i > 0 && seen.has('answered') !== sorted[i - 1]?.[1].has('answered')).length
  const dependsOnPort = steady && answered.length > 0 && silent.length > 0 && changes <= 2
  // Of all ways to spread so many silences over so many ports, these few lie in one range.
  const inOneRange = changes === 1 ? 2 : results.size
  const beyondChance = dependsOnPort && inOneRange / waysToChoose(results.size, silent.length) < 0.001
  const isEven = silent.length === 0 && answered.length === results.size && answered.length >= fewPorts
  const isRandom = changes > 2 || answered.length + silent.length < results.size
  return { tried, answered, silent, dependsOnPort, beyondChance, isEven, isRandom }
})

/** Targets of the run that show what a NACL does. */
export const sweptByPort = remember((network: NetworkView) => network.targets.filter(t => sourcePortSweep(t).dependsOnPort))

function triesOf(tcp: TcpObservation): number {
  if (tcp.outcome !== 'silent') return 1
  return Math.max(tcp.tries ?? 1, tcp.waitedMs >= retransmittedMs ? 2 : 1)
}

function waysToChoose(all: number, some: number): number {
  let ways = 1
  for (let i = 1; i <= some; i += 1) ways = (ways * (all - some + i)) / i
  return ways
}
