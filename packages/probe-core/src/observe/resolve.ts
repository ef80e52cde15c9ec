// From a name to addresses, the way an application gets them: the hosts file first, then the system's resolvers in order.
// The VPC's own resolver is asked beside them, where it is another one, and never holds up the climb.

import { isIP } from 'node:net'
import type { DnsObservation, Observation, Variant } from '../model/observation.ts'
import { probeDns } from '../probe/dns.ts'
import type { Surroundings } from './surroundings.ts'

export interface Resolved {
  readonly addresses: readonly string[]
  /** A resolver answered that there is no address. */
  readonly isNegative: boolean
  /** Questions still under way that add to what is known; they end within the DNS timeout. */
  readonly beside: Promise<readonly DnsObservation[]>
}

/** How long the first resolver has before the next is asked as well (the C library waits longer). */
const nextResolverMs = 1000

export async function resolve(
  host: string,
  run: Surroundings,
  note: (o: DnsObservation) => void,
  doubt: (probes: Promise<readonly Observation[]>) => void = () => {},
): Promise<Resolved> {
  if (isIP(host) !== 0) return { addresses: [host], isNegative: false, beside: Promise.resolve([]) }
  const fixed = run.hosts.get(host.toLowerCase())
  if (fixed !== undefined && fixed.length > 0) {
    note({
      layer: 'dns',
      startMs: run.clock.sinceStartMs(),
      durationMs: 0,
      outcome: 'answered',
      seen: { name: host, addresses: fixed, resolver: 'hosts-file' },
    })
    // What DNS would say shows whether the entry overrides it.
    const asked = run.resolvers[0] === undefined ? [] : [ask(host, run.resolvers[0], run, 'other-resolver')]
    return { addresses: fixed, isNegative: false, beside: Promise.all(asked) }
  }
  const beside = askBeside(host, run)
  let repeated = false
  const repeat = () => {
    if (!repeated) doubt(askAgain(host, run))
    repeated = true
  }
  const slow = run.deadline.wait(nextResolverMs).then(whole => whole && !settled && repeat())
  let settled = false
  const answer = await askSystem(host, run)
  settled = true
  slow.catch(() => {})
  // Answered, but not the first question: loss, or a server that drops?
  if (answer.outcome === 'answered' && (answer.seen.tries ?? 1) > 1) repeat()
  note(answer)
  return {
    addresses: answer.outcome === 'answered' ? answer.seen.addresses : [],
    isNegative: answer.outcome === 'rejected',
    beside,
  }
}

/** The same question several times, each once only, to tell a server that loses some from one that answers none. */
function askAgain(host: string, run: Surroundings): Promise<readonly DnsObservation[]> {
  const resolver = run.resolvers[0]
  if (resolver === undefined || run.repeatsLeft <= 0) return Promise.resolve([])
  run.repeatsLeft -= 1
  // Shorter than the first retransmission: one question, one answer or none.
  const context = { deadline: run.deadline, clock: run.clock, timeoutMs: Math.min(run.connectTimeoutMs / 3, 900), vpcCidrs: run.vpcCidrs }
  return Promise.all(Array.from({ length: 8 }, () => probeDns({ name: host, resolver, families: [4], variant: 'repeat' }, context)))
}
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
  let last = await Promise.race([asked[0]!, run.deadline.wait(nextResolverMs).then(() => undefined)])
  for (const other of others.slice(0, 2)) {
    if (last !== undefined && isFinal(last)) return last
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
async function askBeside(host: string, run: Surroundings): Promise<readonly DnsObservation[]> {
  const resolver = await run.vpcResolver
  if (resolver === undefined || run.resolvers.some(r => isSameResolver(r, resolver))) return []
  return [await ask(host, resolver, run, 'vpc-resolver')]
}

/** VPC base address + 2 and the link-local address are two names of one resolver. */
function isSameResolver(system: string, vpc: string): boolean {
  return system === vpc || (vpc.startsWith('169.254.169.253') && /^(?:169\.254\.169\.253|fd00:ec2::253)$/.test(system))
}

export function ask(host: string, resolver: string, run: Surroundings, variant?: Variant): Promise<DnsObservation> {
  return probeDns(
    { name: host, resolver, ...(variant && { variant }) },
    { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs, vpcCidrs: run.vpcCidrs },
  )
}
