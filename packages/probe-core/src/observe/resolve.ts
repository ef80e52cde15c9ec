// From a name to addresses, the way an application gets them: the hosts file first, then the system's resolvers in order.
// The VPC's own resolver is asked beside them, where it is another one, and never holds up the climb.

import { isIP } from 'node:net'
import type { DnsObservation, Observation, Variant } from '../model/observation.ts'
import { probeDns, probeGetaddrinfo } from '../probe/dns.ts'
import type { AskedName } from './names.ts'
import type { Climb, Surroundings } from './surroundings.ts'

export interface Resolved {
  readonly addresses: readonly string[]
  /** A resolver answered that there is no address. */
  readonly isNegative: boolean
}

/** How long the first resolver has before the next is asked as well (the C library waits longer). */
const nextResolverMs = 1000
const mostSearchDomains = 6
/** The same question again, to tell loss. */
const repeats = 8

/** The name of the climb's target: noted, and doubted where what is said calls for it. */
export async function resolve({ target, run, note, doubt, failed }: Climb): Promise<Resolved> {
  const { host } = target
  let repeated = false
  const repeat = () => {
    if (!repeated) doubt(askAgain(host, run))
    repeated = true
  }
  const asked = fixedAddresses(host, run) === undefined ? askName(host, run) : undefined
  const answering = asked?.answer ?? findAddresses(host, run)
  if (asked !== undefined) {
    await asked.begun
    doubt(askBeside(host, run, failed))
    const isSlow = (await run.deadline.until(answering, nextResolverMs)) === undefined
    if (isSlow && !run.deadline.spent()) repeat()
  }
  const answer = await answering
  if (answer === undefined) return { addresses: [host], isNegative: false }
  note(answer)
  if (answer.outcome !== 'answered') return { addresses: [], isNegative: answer.outcome === 'rejected' }
  const { addresses, resolver, tries, a, aaaa } = answer.seen
  // Answered, but not the first question, or not both: loss, or a server that drops?
  if ((tries ?? 1) > 1 || a === 'silent' || aaaa === 'silent') repeat()
  const [first] = run.resolvers
  // What DNS would say shows whether the hosts file overrides it.
  if (resolver === 'hosts-file' && first !== undefined) doubt(askOther(host, first, run))
  if (resolver !== 'hosts-file') doubt(compare(host, run))
  return { addresses, isNegative: false }
}

/**
 * What an application gets for a name, and nothing asked beside it; undefined for a literal address. A name of fewer dots
 * than `ndots` is also looked for in the search domains, and then `seen.name` says which name it was.
 */
export async function findAddresses(host: string, run: Surroundings): Promise<DnsObservation | undefined> {
  if (isIP(host) !== 0) return undefined
  const addresses = fixedAddresses(host, run)
  if (addresses !== undefined) {
    const seen = { name: host, addresses, resolver: 'hosts-file' }
    return { layer: 'dns', startMs: run.clock.sinceStartMs(), durationMs: 0, outcome: 'answered', seen }
  }
  return askName(host, run).answer
}

/** Asks for the name before the climb, which then finds it asked. Undefined: this run has nobody to ask for it, or need not. */
export function askAhead(host: string, run: Surroundings): AskedName | undefined {
  return run.names === undefined || fixedAddresses(host, run) !== undefined ? undefined : askName(host, run)
}

function askName(host: string, run: Surroundings): AskedName {
  const ask = (): AskedName => {
    const begun = run.resolvers.length === 0 ? Promise.resolve() : run.questions.turn()
    return { begun, answer: begun.then(() => askWithSearch(host, run)) }
  }
  return run.names === undefined ? ask() : run.names.once(host, ask)
}

async function askWithSearch(host: string, run: Surroundings): Promise<DnsObservation> {
  const answer = await askSystem(host, run)
  if (!isShort(host, run) || answer.outcome !== 'rejected' || !isFinal(answer)) return answer
  for (const domain of run.searchDomains.slice(0, mostSearchDomains)) {
    await run.questions.soon()
    const longer = await askSystem(`${host}.${domain}`, run)
    if (longer.outcome === 'answered') return longer
  }
  return answer
}

function isShort(host: string, run: Surroundings): boolean {
  return !host.endsWith('.') && host.split('.').length - 1 < run.ndots
}

async function askOther(host: string, resolver: string, run: Surroundings): Promise<readonly DnsObservation[]> {
  await run.questions.turn()
  return [await ask(host, resolver, run, 'other-resolver')]
}

function fixedAddresses(host: string, run: Surroundings): readonly string[] | undefined {
  if (isIP(host) !== 0) return [host]
  const fixed = run.hosts.get(host.toLowerCase()) ?? []
  return fixed.length > 0 ? fixed : undefined
}

/** What applications get may come from elsewhere. Asked only where a resolver answers: the C library would block on a dead one. */
async function compare(host: string, run: Surroundings): Promise<readonly DnsObservation[]> {
  if (run.budget.compares <= 0) return []
  run.budget.compares -= 1
  // The C library asks every search domain, and its next server where one fails.
  const names = isShort(host, run) ? 1 + run.searchDomains.length : 1
  await run.questions.turn(2 * names * Math.max(1, Math.min(3, run.resolvers.length)))
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: 1000, vpcCidrs: run.vpcCidrs }
  return [await probeGetaddrinfo(host, context)]
}

/** The same question several times, each once only, to tell a server that loses some from one that answers none. */
async function askAgain(host: string, run: Surroundings): Promise<readonly Observation[]> {
  const resolver = run.resolvers[0]
  if (resolver === undefined || run.budget.repeats <= 0) return []
  run.budget.repeats -= 1
  // Shorter than the first retransmission: one question, one answer or none.
  const context = {
    deadline: run.deadline,
    clock: run.clock,
    timeoutMs: Math.min(run.connectTimeoutMs / 3, 900),
    vpcCidrs: run.vpcCidrs,
    pace: run.questions,
  }
  await run.questions.turn(repeats)
  return Promise.all(
    Array.from({ length: repeats }, () => probeDns({ name: host, resolver, families: [4], variant: 'repeat' }, context)),
  )
}

/** The first resolver that says anything; each gets a head start over the next. SERVFAIL and REFUSED send the C library on, too. */
async function askSystem(host: string, run: Surroundings): Promise<DnsObservation> {
  const [first, ...others] = run.resolvers
  if (first === undefined) {
    return {
      layer: 'dns',
      startMs: run.clock.sinceStartMs(),
      durationMs: 0,
      outcome: 'rejected',
      code: 'ENORESOLVER',
      message: 'no DNS server is configured',
    }
  }
  const asked = [ask(host, first, run)]
  let last = await run.deadline.until(asked[0]!, nextResolverMs)
  for (const other of others.slice(0, 2)) {
    if (last !== undefined && isFinal(last)) return last
    await run.questions.soon()
    asked.push(ask(host, other, run))
    last = await Promise.race([
      ...asked.map(one => one.then(o => (isFinal(o) ? o : neverOf<DnsObservation>()))),
      Promise.all(asked).then(all => all[0]!),
    ])
  }
  return last ?? (await asked[0]!)
}

function isFinal(answer: DnsObservation): boolean {
  return answer.outcome === 'answered' || (answer.outcome === 'rejected' && ['NXDOMAIN', 'NODATA'].includes(answer.code))
}

function neverOf<T>(): Promise<T> {
  return new Promise<T>(() => {})
}

/** The same name at the VPC's own resolver, unless the system asks that one anyway. */
async function askBeside(host: string, run: Surroundings, failed: Promise<boolean>): Promise<readonly DnsObservation[]> {
  // Slow is not absent: where the name fails, its late word is worth the waiting.
  const resolver = (await run.vpcResolver) ?? ((await failed) ? await run.vpcResolverLate : undefined)
  // One resolver by two link-local addresses.
  if (resolver === undefined || run.resolvers.some(r => r === resolver || r === 'fd00:ec2::253')) return []
  const asking = (): AskedName => {
    const begun = run.questions.turn()
    return { begun, answer: begun.then(() => ask(host, resolver, run, 'vpc-resolver')) }
  }
  return [await (run.names === undefined ? asking() : run.names.once(`${resolver} ${host}`, asking)).answer]
}

function ask(host: string, resolver: string, run: Surroundings, variant?: Variant): Promise<DnsObservation> {
  const { deadline, clock, connectTimeoutMs: timeoutMs, vpcCidrs, questions: pace } = run
  const question = { name: host, resolver, ...(variant && { variant }) }
  return run.hearing.lookUp(probeDns(question, { deadline, clock, timeoutMs, vpcCidrs, pace }))
}
