// The resolvers on UDP and TCP 53: 169.254.169.253 and VPC base + 2 play the VPC's own, one more the custom server.
import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'
import packet from 'dns-packet'
import type { ResolverAnswer, VpcPlan } from '../plan/vpc-plan.ts'
import { findLie, hostileAnswer } from './hostile-dns.ts'
import { type Asked, resolveIn } from './resolve.ts'

const ttlSeconds = 60

/** Starts every resolver; resolves when all of them listen. */
export async function serveDns(plan: VpcPlan): Promise<void> {
  const base = plan.vpcCidrs[0]?.replace(/\.0\/\d+$/, '.2') ?? ''
  const seats: readonly (readonly [string, Asked])[] = [
    ['169.254.169.253', 'vpc'],
    [base, 'vpc'],
    ...(plan.dns.customSoftware === 'lab' ? ([[plan.dns.customAddress, 'custom']] as const) : []),
  ]
  await Promise.all(seats.flatMap(([address, asked]) => [serveUdp(plan, address, asked), serveTcp(plan, address, asked)]))
}

function serveUdp(plan: VpcPlan, address: string, asked: Asked): Promise<void> {
  const isDue = turnstile(modeOf(plan, asked))
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    if (!isDue()) return
    const answer = answerTo(plan, asked, question, true)
    const send = () => answer && socket.send(answer, from.port, from.address)
    const lie = findLie(plan, question)
    if (lie) lie.tell(socket, from, send)
    else send()
  })
  return new Promise(resolve => socket.bind(53, address, resolve))
}

function serveTcp(plan: VpcPlan, address: string, asked: Asked): Promise<void> {
  const server = createServer((socket: Socket) => {
    let received = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk])
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE()) {
        const end = 2 + received.readUInt16BE()
        const answer = modeOf(plan, asked) === 'silent' ? undefined : answerTo(plan, asked, received.subarray(2, end), false)
        received = received.subarray(end)
        if (!answer) continue
        const length = Buffer.alloc(2)
        length.writeUInt16BE(answer.length)
        socket.write(Buffer.concat([length, answer]))
      }
    })
  })
  return new Promise(resolve => server.listen(53, address, resolve))
}

function modeOf(plan: VpcPlan, asked: Asked): ResolverAnswer {
  return asked === 'vpc' ? plan.dns.vpcResolver : plan.dns.customResolver
}

/** Whether the next question is answered: `every-second` loses each odd one, as a full packet budget would. */
function turnstile(mode: ResolverAnswer): () => boolean {
  let asked = 0
  return () => {
    asked += 1
    return mode !== 'silent' && (mode !== 'every-second' || asked % 2 === 0)
  }
}

function answerTo(plan: VpcPlan, asked: Asked, question: Buffer, isUdp: boolean): Buffer | undefined {
  let query: packet.DecodedPacket
  try {
    query = packet.decode(question)
  } catch {
    return undefined
  }
  const first = query.questions?.[0]
  if (!first) return undefined
  const name = first.name.toLowerCase().replace(/\.$/, '')
  const hostile = plan.dns.hostile[name]
  const harm = hostile && hostileAnswer(hostile, query, first, isUdp)
  if (harm) return harm
  const reply = resolveIn(plan, asked, name, first.type)
  const rcode = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }[reply.rcode]
  const soa =
    reply.soaZone === undefined
      ? []
      : [
          {
            type: 'SOA' as const,
            name: reply.soaZone,
            ttl: ttlSeconds,
            data: {
              mname: reply.soaPrimary ?? 'ns1.amzndns.com',
              rname: 'awsdns-hostmaster.amazon.com',
              serial: 1,
              refresh: 7200,
              retry: 900,
              expire: 1_209_600,
              minimum: 60,
            },
          },
        ]
  return packet.encode({
    type: 'response',
    id: query.id ?? 0,
    flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | rcode,
    questions: [first],
    answers: reply.addresses.map(data => ({ type: first.type as 'A', name: first.name, ttl: ttlSeconds, data })),
    authorities: soa,
    additionals: query.additionals?.some(one => one.type === 'OPT')
      ? [{ type: 'OPT', name: '.', udpPayloadSize: 1232, flags: 0, options: [] } as unknown as packet.Answer]
      : [],
  })
}
