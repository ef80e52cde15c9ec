// What one resolver says about one name: A and AAAA, asked on the wire, so that the rcode is seen and a dead resolver
// holds up nothing. An address in the answer does not prove that the name is the service's own.

import { classifyAddress, isLiteral, sortAddresses } from '../catalog/address.ts'
import type { AddressScope, DnsObservation, DnsSeen, NameKind, Rcode, Variant } from '../model/observation.ts'
import type { Pace } from './context.ts'
import { findDnsName, type RecordType } from './dns-answer.ts'
import { askResolver, type DnsExchange } from './dns-exchange.ts'
import { awaitFirst, elapsedSince, readSilence, type WaitContext } from './silence.ts'

export { type ResolvConf, readHostsFile, readResolvConf } from './resolver-files.ts'

export interface DnsQuestion {
  readonly name: string
  /** Literal address of the resolver. */
  readonly resolver: string
  /** Default 53. */
  readonly port?: number
  readonly variant?: Variant
  readonly nameKind?: NameKind
  /** Default both. */
  readonly families?: readonly (4 | 6)[]
}

export interface DnsContext extends WaitContext {
  /** What more than the first packets of a question waits for; those the caller has waited for. Absent: for nothing. */
  readonly pace?: Pace
  readonly vpcCidrs: readonly string[] | null
}

/** Once one family has decided the outcome, how long the other may still take. */
const graceMs = 300
const mostAddresses = 32

/**
 * Asks for A and AAAA in parallel over UDP 53 (EDNS 1232, three tries), TCP 53 when truncated. `rejected` carries the rcode
 * (NODATA when there is no address at all), `garbled`, or the errno of the socket; AAAA gives way to A where they differ.
 * `silent` also when the A question alone stayed unanswered and AAAA knew no address: half an answer is not a no.
 */
export async function probeDns(question: DnsQuestion, ctx: DnsContext): Promise<DnsObservation> {
  const base = { layer: 'dns', ...(question.variant && { variant: question.variant }) } as const
  if (ctx.deadline.spent()) return { ...base, outcome: 'skipped', because: 'no-time' }
  const startMs = ctx.clock.sinceStartMs()
  const kind = question.nameKind && { nameKind: question.nameKind }
  const name = findDnsName(question.name)
  if (name === undefined) {
    const seen = { addresses: [], resolver: question.resolver, ...kind }
    return {
      ...base,
      startMs,
      durationMs: 0,
      outcome: 'rejected',
      code: 'BADNAME',
      message: 'not a name that DNS can carry',
      seen,
    }
  }

  const families = question.families ?? [4, 6]
  const resolver = { address: question.resolver, port: question.port ?? 53 }
  const exchanges = await askFamilies(families, (type, signal) => askResolver(resolver, name, type, ctx, signal))
  const timed = { ...base, startMs, durationMs: elapsedSince(startMs, ctx) }

  const first = exchanges.get(families.includes(4) ? 4 : 6)!
  const answers = [exchanges.get(4), exchanges.get(6)].flatMap(each => (each?.kind === 'answer' ? [each.answer] : []))
  const addresses = sortAddresses(answers.flatMap(answer => answer.addresses)).slice(0, mostAddresses)
  const scope = findScope(addresses, ctx.vpcCidrs)
  const cnames = answers.find(answer => answer.cnames.length > 0)?.cnames
  const soa = answers.find(answer => answer.soa)?.soa
  const ttls = answers.flatMap(answer => answer.ttlSeconds ?? [])
  const seen: DnsSeen = {
    name,
    addresses,
    resolver: question.resolver,
    ...(scope && { scope }),
    ...(exchanges.has(4) && { a: readRcode(exchanges.get(4)!) }),
    ...(exchanges.has(6) && { aaaa: readRcode(exchanges.get(6)!) }),
    ...(ttls.length > 0 && { ttlSeconds: Math.min(...ttls) }),
    ...(cnames && { cnames }),
    ...(addresses.length === 0 && soa && { soa }),
    tries: Math.max(...[...exchanges.values()].map(each => each.tries)),
    ...kind,
    transport: first.transport,
  }
  if (addresses.length > 0) return { ...timed, outcome: 'answered', seen }

  const code = findCode(families.flatMap(family => exchanges.get(family) ?? []))
  if (code !== undefined) return { ...timed, outcome: 'rejected', code, seen }
  const silence = readSilence(startMs, ctx)
  if (silence.outcome === 'skipped') return { ...base, startMs, ...silence }
  return { ...timed, ...silence, tries: first.tries, seen }
}

/**
 * What the C library gives an application: /etc/hosts, search domains and nsswitch included, the rcode hidden. Asked by the
 * `getent` of the system, in a process that can be ended: getaddrinfo itself holds a thread of ours for as long as a dead
 * resolver pleases. Where there is no getent it is `skipped: not-asked`.
 */
export async function probeGetaddrinfo(name: string, ctx: DnsContext | WaitContext): Promise<DnsObservation> {
  const base = { layer: 'dns', variant: 'getaddrinfo' } as const
  if (ctx.deadline.spent()) return { ...base, outcome: 'skipped', because: 'no-time' }
  const { execFile } = await import('node:child_process')
  const startMs = ctx.clock.sinceStartMs()
  const asked = { name, resolver: 'getaddrinfo' }
  const found = await awaitFirst<{ text: string } | { code: string }>(ctx, settle => {
    const child = execFile('getent', ['ahosts', '--', name], { encoding: 'utf8', maxBuffer: 65_536 }, (error, text) => {
      if (error === null) return settle.done({ text })
      // 2: the name is not found. A getent that is not there, or was ended by us, says nothing.
      settle.done({ code: error.code === 2 ? 'ENOTFOUND' : 'UNASKED' })
    })
    child.unref()
    return () => child.kill('SIGKILL')
  })
  if (found && 'code' in found && found.code === 'UNASKED') return { ...base, outcome: 'skipped', because: 'not-asked' }
  const timed = { ...base, startMs, durationMs: elapsedSince(startMs, ctx) }
  if (found && 'text' in found) {
    const words = found.text.split('\n').map(line => line.trim().split(/\s+/)[0] ?? '')
    const addresses = sortAddresses(words.filter(isLiteral)).slice(0, mostAddresses)
    const scope = findScope(addresses, 'vpcCidrs' in ctx ? ctx.vpcCidrs : null)
    return { ...timed, outcome: 'answered', seen: { ...asked, addresses, ...(scope && { scope }) } }
  }
  if (found) return { ...timed, outcome: 'rejected', code: found.code, seen: { ...asked, addresses: [] } }
  const silence = readSilence(startMs, ctx)
  return silence.outcome === 'skipped'
    ? { ...base, startMs, ...silence }
    : { ...timed, ...silence, seen: { ...asked, addresses: [] } }
}

/** Asks all families at once; when one decides the outcome, the other gets the grace and is then called silent. */
async function askFamilies(
  families: readonly (4 | 6)[],
  ask: (type: RecordType, signal: AbortSignal) => Promise<DnsExchange>,
): Promise<Map<4 | 6, DnsExchange>> {
  const stop = new AbortController()
  let grace: NodeJS.Timeout | undefined
  const asked = families.map(async family => {
    const exchange = await ask(family === 4 ? 'A' : 'AAAA', stop.signal)
    if (family === 4 && isDecisive(exchange)) grace ??= setTimeout(() => stop.abort(), graceMs)
    return [family, exchange] as const
  })
  try {
    return new Map(await Promise.all(asked))
  } finally {
    clearTimeout(grace)
    stop.abort()
  }
}

/** Whether the A answer settles it: NODATA does not, for the addresses may be in AAAA. */
function isDecisive(exchange: DnsExchange): boolean {
  if (exchange.kind === 'error') return true
  return exchange.kind === 'answer' && exchange.answer.rcode !== 'NODATA'
}

function readRcode(exchange: DnsExchange): Rcode {
  if (exchange.kind === 'answer') return exchange.answer.rcode
  if (exchange.kind === 'error') return exchange.code
  return exchange.kind === 'garbled' ? 'garbled' : 'silent'
}

/** The code of a failed lookup, A's word first; undefined when it is to be called silent. */
function findCode(exchanges: readonly DnsExchange[]): string | undefined {
  const [first, second] = exchanges
  if (first && first.kind !== 'nothing') return readRcode(first)
  // NXDOMAIN speaks for the name whatever the type; anything else that only AAAA said leaves A open.
  return second && readRcode(second) === 'NXDOMAIN' ? 'NXDOMAIN' : undefined
}

function findScope(addresses: readonly string[], vpcCidrs: readonly string[] | null): AddressScope | 'mixed' | undefined {
  const scopes = new Set(addresses.map(address => classifyAddress(address, vpcCidrs)))
  return scopes.size > 1 ? 'mixed' : [...scopes][0]
}
