// Whose address this is: names that somebody here is likely to use are asked of DNS, until every address has its name. No packet
// goes to the addresses themselves.

import { isIP } from 'node:net'
import { classifyAddress } from '../../catalog/address.ts'
import type { StuckName } from '../../model/stuck.ts'
import { findReverseName } from '../../probe/reverse-dns.ts'
import { type Asking, askFirst } from '../vantage.ts'

export interface CandidateHost {
  readonly host: string
  readonly service: string | null
  readonly from: 'dns' | 'proxy'
  /** Its addresses change with every answer: asked so many times. */
  readonly times?: number
}

export interface Named {
  readonly names: ReadonlyMap<string, readonly StuckName[]>
  readonly asked: number
  readonly dns: 'answered' | 'silent' | 'not-asked'
}

/** Questions without any answer, after which nobody is there to ask. */
const silentAreEnough = 6
/** One name answered by so many addresses names none of them. */
const mostNamesEach = 8

/**
 * Asks for the candidates in their order, at the pace of the run, until each address has an exact name or the time is up. Addresses
 * that stay without one get a guess, marked as such.
 */
export async function nameAddresses(
  addresses: ReadonlySet<string>,
  candidates: readonly CandidateHost[],
  resolvers: readonly string[],
  run: Asking,
): Promise<Named> {
  const exact = new Map<string, StuckName[]>()
  /** Services by the /24 of every address that an answer held. */
  const beside = new Map<string, Map<string, string>>()
  const families = [...new Set([...addresses].map(address => (isIP(address) === 6 ? 6 : 4)))] as (4 | 6)[]
  const open = new Set(addresses)
  const answers = { some: false, silent: 0, asked: 0 }

  const ask = async ({ host, service, from }: CandidateHost) => {
    answers.asked += 1
    const answer = await askFirst(host, resolvers, run, families)
    if (answer === undefined || answer.outcome === 'skipped') return
    // An errno is no answer either: nobody was reached.
    if (answer.outcome === 'silent' || (answer.outcome === 'rejected' && /^E[A-Z]+$/.test(answer.code))) {
      answers.silent += 1
      return
    }
    answers.some = true
    if (answer.outcome !== 'answered') return
    for (const address of answer.seen.addresses) {
      const block = blockOf(address)
      if (service !== null && block !== undefined) beside.set(block, (beside.get(block) ?? new Map()).set(service, host))
      if (!addresses.has(address)) continue
      const names = exact.get(address) ?? []
      if (names.length < mostNamesEach && !names.some(name => name.host === host))
        exact.set(address, [...names, { host, service, from }])
      open.delete(address)
    }
  }

  const reverse = Promise.all(
    [...addresses]
      .filter(address => classifyAddress(address, null) === 'public')
      .map(async address => {
        await run.questions.turn(1)
        const host = await findReverseName(address, resolvers[0] ?? '', run.connectTimeoutMs, run.deadline.signal)
        return host === undefined ? undefined : ([address, host] as const)
      }),
  )
  const underWay: Promise<void>[] = []
  for (const candidate of resolvers.length === 0
    ? []
    : candidates.flatMap(each => Array.from({ length: each.times ?? 1 }, () => each))) {
    // One ahead of what has gone out, so that nothing is asked that is no longer wanted.
    await run.questions.turn(0)
    // The first few are heard before the rest is asked: a server that is not there gets no flood.
    if (underWay.length === silentAreEnough) await Promise.all(underWay)
    if (run.deadline.spent() || open.size === 0 || (!answers.some && answers.silent >= silentAreEnough)) break
    underWay.push(ask(candidate))
  }
  await Promise.all(underWay)
  const given = new Map((await reverse).filter(each => each !== undefined))
  const names = new Map(
    [...addresses].map(address => [address, exact.get(address) ?? guess(address, given.get(address), beside)] as const),
  )
  const dns = answers.asked === 0 ? 'not-asked' : answers.some ? 'answered' : 'silent'
  return { names, asked: answers.asked, dns }
}

/** What nobody's answer held: the owner's own word for it, then whose addresses lie beside it. */
function guess(
  address: string,
  reverse: string | undefined,
  beside: ReadonlyMap<string, ReadonlyMap<string, string>>,
): StuckName[] {
  const names: StuckName[] = []
  if (reverse !== undefined) {
    const isS3 = /(?:^|[.-])s3[.-].*\.?amazonaws\.com(?:\.cn)?$/.test(reverse) && /(?:^|\.)amazonaws\.com(?:\.cn)?$/.test(reverse)
    names.push({ host: reverse, service: isS3 ? 's3' : null, from: 'reverse-dns' })
  }
  const services = beside.get(blockOf(address) ?? '')
  const [only] = services?.size === 1 ? services : []
  if (only !== undefined && names.every(({ service }) => service === null))
    names.unshift({ host: only[1], service: only[0], from: 'neighbour' })
  return names
}

/** Public IPv4 only: a private neighbour is another endpoint. */
function blockOf(address: string): string | undefined {
  return isIP(address) === 4 && classifyAddress(address, null) === 'public' ? address.replace(/\.\d+$/, '') : undefined
}
