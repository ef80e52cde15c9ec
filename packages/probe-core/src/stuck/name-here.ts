// Names and targets for addresses that hang: what is known without asking, then what DNS says of the names that are likely here.

import type { Stuck, StuckConnection, StuckName } from '../model/stuck.ts'
import { makePace } from '../observe/pace.ts'
import { isOwnAddress, namesWithoutAsking } from '../observe/stuck/known-addresses.ts'
import { type Named, nameAddresses } from '../observe/stuck/name-addresses.ts'
import { readHostsFile, readResolvConf } from '../probe/dns.ts'
import { machineFiles } from '../probe/machine-files.ts'
import { startClock } from '../time/clock.ts'
import { type Deadline, startDeadline } from '../time/deadline.ts'
import { findHere, type Here, likelyHosts, type ProcessWords, wordsOfProcesses } from './candidates.ts'
import type { NamingOptions } from './name.ts'
import { targetOf } from './target.ts'

/** Questions about all names of a region take two seconds at the pace of a VPC's resolver. */
const mostMs = 4000
const answerMs = 1000
const mostAddresses = 64

/** What `nameStuck` promises, where something hangs. */
export async function nameHere(stuck: Stuck, options: NamingOptions, within?: Deadline): Promise<Stuck> {
  const deadline = within === undefined ? startDeadline(mostMs, options.signal) : within.sub(mostMs)
  try {
    const run = { deadline, clock: startClock(), connectTimeoutMs: answerMs, questions: makePace(deadline) }
    const conf = readResolvConf(machineFiles.fileText('/etc/resolv.conf') ?? '')
    const resolvers = options.resolvers?.length ? options.resolvers : conf.nameservers.slice(0, 3)
    const hosts = readHostsFile(machineFiles.fileText('/etc/hosts') ?? '')
    const here = await findHere(options, run)
    const words = wordsOfProcesses(stuck.connections)
    const known = new Map(
      stuck.connections.map(each => [keyOf(each), namesWithoutAsking(each.address, each.port, { hosts, resolvers })] as const),
    )
    const unnamed = new Set(
      stuck.connections
        .filter(each => known.get(keyOf(each))?.length === 0 && !isOwnAddress(each.address))
        .map(({ address }) => address)
        .slice(0, mostAddresses),
    )
    const found: Named =
      unnamed.size === 0
        ? { names: new Map(), asked: 0, dns: 'not-asked' }
        : await nameAddresses(unnamed, likelyHosts(here, words), resolvers, run)
    const connections = stuck.connections.map(each => {
      const names = [...(known.get(keyOf(each)) ?? []), ...(found.names.get(each.address) ?? [])]
      return withTarget({ ...each, names: fitting(names, each, words) }, here)
    })
    return { ...stuck, connections, naming: { asked: found.asked, dns: found.dns } }
  } finally {
    deadline.dispose()
  }
}

function keyOf({ address, port }: StuckConnection): string {
  return `${address} ${port}`
}

function withTarget(connection: StuckConnection, here: Here): StuckConnection {
  return { ...connection, target: targetOf(connection, here) }
}

/** The address of a proxy is one's proxy on its own port only; there that name comes first. */
function fitting(names: readonly StuckName[], { port, address }: StuckConnection, words: ProcessWords): StuckName[] {
  const literal = words.proxies.find(proxy => proxy.host === address && proxy.port === port)
  const own = literal === undefined ? [] : [{ host: literal.host, service: null, from: 'proxy' as const }]
  const fit = names.filter(
    ({ from, host }) => from !== 'proxy' || words.proxies.some(proxy => proxy.host === host && proxy.port === port),
  )
  return [...own, ...fit.filter(({ from }) => from === 'proxy'), ...fit.filter(({ from }) => from !== 'proxy')].slice(0, 8)
}
