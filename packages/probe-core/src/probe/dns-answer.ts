// Reads one DNS message into what it says about one name and one family. Pure: no socket, no waiting.

import { randomInt } from 'node:crypto'
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import packet from 'dns-packet'
import type { DnsSeen, Rcode } from '../model/observation.ts'
import { safeText } from './text.ts'

export type RecordType = 'A' | 'AAAA'

interface DnsQuery {
  readonly id: number
  readonly name: string
  readonly type: RecordType
  readonly bytes: Buffer
}

export interface DnsAnswer {
  readonly rcode: Rcode
  readonly addresses: readonly string[]
  readonly cnames: readonly string[]
  readonly ttlSeconds?: number
  readonly soa?: NonNullable<DnsSeen['soa']>
  readonly truncated: boolean
}

const mostAddresses = 32
const mostCnames = 16

/** The name as it goes on the wire, or undefined when DNS cannot carry it (RFC 1035 §2.3.4: 63 octets a label, 253 in all). */
export function findDnsName(name: string): string | undefined {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name
  const wire = (/^[\x21-\x7e]+$/.test(bare) ? bare : domainToASCII(bare)).toLowerCase()
  const isCarried =
    wire.length > 0 && wire.length <= 253 && wire.split('.').every(label => label.length > 0 && label.length <= 63)
  return isCarried ? wire : undefined
}

/** A recursive query with a fresh id; EDNS with 1232 octets (no fragment on any path) unless the server cannot take it. */
export function makeQuery(name: string, type: RecordType, edns = true): DnsQuery {
  const id = randomInt(0x10000)
  const bytes = packet.encode({
    type: 'query',
    id,
    flags: packet.RECURSION_DESIRED,
    questions: [{ type, name, class: 'IN' }],
    ...(edns && {
      additionals: [
        { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] },
      ],
    }),
  })
  return { id, name, type, bytes }
}

/**
 * What the bytes say to this query. `garbled`: they are no DNS message; undefined: a message, but not the answer to this
 * query (other id or question), which a stranger can send and which must not end the waiting.
 */
export function findAnswer(bytes: Buffer, query: DnsQuery): DnsAnswer | 'garbled' | undefined {
  let message: packet.DecodedPacket
  try {
    message = packet.decode(withoutExcess(bytes))
  } catch {
    return isHeaderOf(bytes, query) || bytes.length < 12 ? 'garbled' : undefined
  }
  if (message.type !== 'response' || message.id !== query.id) return undefined
  const rcode = (message as { rcode?: string }).rcode ?? 'NOERROR'
  const question = message.questions?.[0]
  // Servers that refuse before parsing may leave the question out.
  const isOurs = question ? question.type === query.type && isSameName(question.name, query.name) : rcode !== 'NOERROR'
  return isOurs ? readMessage(message, rcode, query) : undefined
}

/**
 * No more records than are of use. A message of 64 KiB can hold thousands, each with a name of thousands of pointers: decoding that
 * takes so long that a run would not notice its end. @throws on more than the one question that was asked
 */
function withoutExcess(bytes: Buffer): Buffer {
  if (bytes.length < headerBytes) return bytes
  if (bytes.readUInt16BE(questionsAt) > 1) throw new Error('more than one question')
  const counts = mostRecords.map(([at, most]) => [at, Math.min(most, bytes.readUInt16BE(at))] as const)
  if (counts.every(([at, count]) => count === bytes.readUInt16BE(at))) return bytes
  const held = Buffer.from(bytes)
  for (const [at, count] of counts) held.writeUInt16BE(count, at)
  return held
}

const headerBytes = 12
const questionsAt = 4
/** Answers, authorities; and of what is added nothing is read (RFC 1035 §4.1.1). */
const mostRecords = [
  [6, 64],
  [8, 16],
  [10, 0],
] as const

function readMessage(message: packet.DecodedPacket, rcode: string, query: DnsQuery): DnsAnswer | 'garbled' {
  const answers = message.answers ?? []
  const chain = followCnames(answers, query.name)
  const records = answers.filter(
    (record): record is packet.StringAnswer => record.type === query.type && isSameName(record.name, chain.end),
  )
  // A record whose length belies its type is read beyond its end by the decoder: that is no address, and no lack of one.
  if (records.some(record => isIP(record.data) !== (query.type === 'A' ? 4 : 6))) return 'garbled'
  const addresses = records.slice(0, mostAddresses).map(record => record.data)
  const authority = (message.authorities ?? []).find((record): record is packet.SoaAnswer => record.type === 'SOA')
  const ttls = records.map(record => record.ttl ?? 0)
  return {
    rcode: rcode === 'NOERROR' && addresses.length === 0 ? (isReferral(message) ? 'REFERRAL' : 'NODATA') : rcode,
    addresses: rcode === 'NOERROR' ? addresses : [],
    cnames: chain.names,
    ...(ttls.length > 0 && { ttlSeconds: Math.min(...ttls) }),
    ...(authority && { soa: { zone: safeText(authority.name, 253), primary: safeText(authority.data.mname, 253) } }),
    truncated: message.flag_tc === true,
  }
}

/** A server that does not recurse names other servers (RFC 2308 §2.2): it did not say that the name has no address. */
function isReferral(message: packet.DecodedPacket): boolean {
  const authorities = message.authorities ?? []
  return (
    !message.flag_aa &&
    !message.flag_ra &&
    (message.answers ?? []).length === 0 &&
    authorities.some(record => record.type === 'NS') &&
    !authorities.some(record => record.type === 'SOA')
  )
}

function followCnames(answers: readonly packet.Answer[], name: string): { end: string; names: string[] } {
  const next = new Map<string, string>()
  for (const record of answers) {
    if (record.type === 'CNAME' && !next.has(record.name.toLowerCase())) next.set(record.name.toLowerCase(), record.data)
  }
  const passed = new Set([name.toLowerCase()])
  const names: string[] = []
  let end = name
  while (names.length < mostCnames) {
    const target = next.get(end.toLowerCase())
    if (target === undefined || passed.has(target.toLowerCase())) break
    passed.add(target.toLowerCase())
    names.push(safeText(target, 253))
    end = target
  }
  return { end, names }
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase().replace(/\.$/, '') === other.toLowerCase().replace(/\.$/, '')
}

function isHeaderOf(bytes: Buffer, query: DnsQuery): boolean {
  return bytes.length >= 2 && bytes.readUInt16BE(0) === query.id
}
