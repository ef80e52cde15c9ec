// Answers that no honest resolver gives: loops, mazes, more than fits, and lies in front of the truth.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import packet from 'dns-packet'
import type { HostileName, VpcPlan } from '../plan/vpc-plan.ts'

const ttlSeconds = 1
/** What a lie says: nobody may ever hear of it. */
export const liedAddress = '10.20.66.66'
const header = 12

/** Undefined: what is said is the truth, however it comes. */
export function hostileAnswer(
  form: HostileName,
  query: packet.DecodedPacket,
  question: packet.Question,
  isUdp: boolean,
): Buffer | undefined {
  const { name } = question
  switch (form) {
    case 'from-elsewhere':
    case 'of-another-id':
      return undefined
    case 'cname-loop':
      return reply(query, question, [cname(name, `loop.${name}`), cname(`loop.${name}`, name)])
    case 'pointer-loop':
      return raw(query, question, 1, 1, [
        Buffer.from([0xc0, asked(question).length + header, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 10, 20, 3, 9]),
      ])
  }
  // What follows is larger than UDP.
  if (isUdp) return reply(query, question, [], packet.TRUNCATED_RESPONSE)
  if (form === 'questions-for-ever') return raw(query, question, 10_000, 0, [Buffer.from([0xc0, header, 0, 1, 0, 1])], 9_999)
  if (question.type !== 'A') return reply(query, question, [])
  return form === 'thousand-addresses' ? addresses(query, question, 4000) : maze(query, question)
}

/** As many as a message holds, each under a pointer to the question's name. */
function addresses(query: packet.DecodedPacket, question: packet.Question, count: number): Buffer {
  return raw(
    query,
    question,
    1,
    count,
    Array.from({ length: count }, (_, at) => address(header, at)),
  )
}

/** Eight thousand pointers, each to the one before; and behind the last of them as many records as still fit. */
function maze(query: packet.DecodedPacket, question: packet.Question): Buffer {
  const hops = 8000
  const records = 2900
  const head = Buffer.from([0xc0, header, 0, 10, 0, 1, 0, 0, 0, 1, 0, 0])
  head.writeUInt16BE(hops * 2, 10)
  const start = header + asked(question).length + head.length
  const chain = Buffer.alloc(hops * 2)
  for (let at = 0; at < hops; at += 1) chain.writeUInt16BE(0xc000 | (at === 0 ? header : start + (at - 1) * 2), at * 2)
  const last = start + (hops - 1) * 2
  return raw(query, question, 1, records + 1, [head, chain, ...Array.from({ length: records }, (_, at) => address(last, at))])
}

function address(nameAt: number, index: number): Buffer {
  return Buffer.from([
    0xc0 | (nameAt >> 8),
    nameAt & 255,
    0,
    1,
    0,
    1,
    0,
    0,
    0,
    1,
    0,
    4,
    10,
    20,
    200 + ((index >> 8) & 31),
    index & 255,
  ])
}

function asked(question: packet.Question): Buffer {
  return packet.encode({ type: 'query', questions: [question] }).subarray(header)
}

function raw(
  query: packet.DecodedPacket,
  question: packet.Question,
  questions: number,
  answers: number,
  parts: readonly Buffer[],
  times = 1,
): Buffer {
  const head = Buffer.alloc(header)
  for (const [at, value] of [query.id ?? 0, 0x8180, questions, answers].entries()) head.writeUInt16BE(value, at * 2)
  return Buffer.concat([head, asked(question), ...Array.from({ length: times }, () => parts).flat()])
}

function cname(from: string, to: string): packet.Answer {
  return { type: 'CNAME', name: from, ttl: ttlSeconds, data: to }
}

function reply(query: packet.DecodedPacket, question: packet.Question, answers: packet.Answer[], more = 0): Buffer {
  const flags = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | more
  return packet.encode({ type: 'response', id: query.id ?? 0, flags, questions: [question], answers })
}

interface Lie {
  /** Sends it, and once it has left `truth`. */
  tell(socket: Socket, to: RemoteInfo, truth: () => void): void
}

/** From another port of the same address, or under another id: an answer that is none. */
export function findLie(plan: VpcPlan, bytes: Buffer): Lie | undefined {
  let query: packet.DecodedPacket
  try {
    query = packet.decode(bytes)
  } catch {
    return undefined
  }
  const question = query.questions?.[0]
  const form = question && plan.dns.hostile[question.name.toLowerCase()]
  if (!question || (form !== 'from-elsewhere' && form !== 'of-another-id')) return undefined
  const { type, name } = question
  const answers: packet.Answer[] = type === 'A' ? [{ type: 'A', name, ttl: ttlSeconds, data: liedAddress }] : []
  const lie = reply({ ...query, id: ((query.id ?? 0) + (form === 'of-another-id' ? 1 : 0)) % 65_536 }, question, answers)
  return {
    tell: (socket, to, truth) => {
      if (form === 'of-another-id') return void socket.send(lie, to.port, to.address, truth)
      const other = createSocket('udp4')
      other.bind(0, socket.address().address, () =>
        other.send(lie, to.port, to.address, () => {
          other.close()
          truth()
        }),
      )
    },
  }
}
