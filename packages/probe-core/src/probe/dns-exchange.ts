// Asks one resolver one question over UDP, with retransmission and TCP on truncation. It does not judge the answer.

import dgram from 'node:dgram'
import net from 'node:net'
import type { Pace } from './context.ts'
import { type DnsAnswer, findAnswer, makeQuery, type RecordType } from './dns-answer.ts'
import { errorCode, isLocalShortage, LocalResourceError } from './local-resource-error.ts'
import { awaitFirst, type WaitContext } from './silence.ts'

interface Resolver {
  readonly address: string
  readonly port: number
}

export type DnsExchange = { readonly tries: number; readonly transport: 'udp' | 'tcp' } & (
  | { readonly kind: 'answer'; readonly answer: DnsAnswer }
  | { readonly kind: 'garbled' }
  /** The socket reported an errno: ICMP, or no route. */
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'nothing' }
)

/** `pace`: what all but the first packet waits for. */
type ExchangeContext = WaitContext & { readonly pace?: Pace }

type Reply = { answer: DnsAnswer } | { code: string }

/** Ours of one question over a connection of its own: to open it, to ask, to acknowledge, to close it. */
const packetsOfTcp = 6

/** When the tries go out: a lost packet is asked for again after 1 s and 2 s, sooner when there is less time. */
const retryAfterMs = [0, 1000, 2000]

/**
 * One question, at most three datagrams, each from a fresh socket (port) with a fresh id; answers to any of them count
 * until the end. `signal` lets the caller stop caring. Throws LocalResourceError when this machine has no socket to give.
 */
export async function askResolver(
  resolver: Resolver,
  name: string,
  type: RecordType,
  ctx: ExchangeContext,
  signal?: AbortSignal,
): Promise<DnsExchange> {
  const startMs = ctx.clock.sinceStartMs()
  const udp = await askOverUdp(resolver, name, type, ctx, signal)
  if (udp.kind !== 'answer' || !udp.answer.truncated) return udp
  await ctx.pace?.soon(packetsOfTcp)
  const timeoutMs = Math.max(0, ctx.timeoutMs - (ctx.clock.sinceStartMs() - startMs))
  const tcp = await askOverTcp(resolver, name, type, { ...ctx, timeoutMs }, signal)
  // A truncated answer that holds addresses is of more use than a TCP 53 that does not work.
  return tcp.kind !== 'answer' && udp.answer.addresses.length > 0 ? udp : { ...tcp, tries: udp.tries }
}

async function askOverUdp(
  resolver: Resolver,
  name: string,
  type: RecordType,
  ctx: ExchangeContext,
  signal?: AbortSignal,
): Promise<DnsExchange> {
  let tries = 0
  let garbled = false
  let edns = true
  const reply = await awaitFirst<Reply | 'stopped'>(ctx, settle => {
    const sockets = new Set<dgram.Socket>()
    const ask = () => {
      const number = ++tries
      const query = makeQuery(name, type, edns)
      const socket = dgram.createSocket(net.isIP(resolver.address) === 6 ? 'udp6' : 'udp4')
      sockets.add(socket)
      socket.on('error', error => {
        if (isLocalShortage(error) && number === 1) settle.fail(new LocalResourceError(errorCode(error), error))
        else if (!isLocalShortage(error)) settle.done({ code: errorCode(error) })
      })
      socket.on('message', bytes => {
        const answer = findAnswer(bytes, query)
        if (answer === 'garbled') garbled = true
        else if (answer && edns && (answer.rcode === 'FORMERR' || answer.rcode === 'NOTIMP')) {
          // An old server that cannot take EDNS (RFC 6891 §7): once more without.
          edns = false
          again()
        } else if (answer) settle.done({ answer })
      })
      // Connected: the kernel drops what comes from any other source, and reports ICMP errors.
      socket.connect(resolver.port, resolver.address, (error?: Error) => {
        if (error) socket.emit('error', error)
        else if (sockets.has(socket)) socket.send(query.bytes, sendError => sendError && socket.emit('error', sendError))
      })
    }
    const scale = Math.min(1, ctx.timeoutMs / (retryAfterMs.at(-1)! + 1000))
    let isOver = false
    const again = () => {
      if (ctx.pace === undefined) ask()
      else void ctx.pace.soon(1).then(() => isOver || ask())
    }
    const timers = retryAfterMs.slice(1).map(ms => setTimeout(again, ms * scale))
    const stop = () => settle.done('stopped')
    signal?.addEventListener('abort', stop, { once: true })
    ask()
    return () => {
      isOver = true
      signal?.removeEventListener('abort', stop)
      for (const timer of timers) clearTimeout(timer)
      for (const socket of sockets) socket.close()
      sockets.clear()
    }
  })
  return readReply(reply, 'udp', tries, garbled)
}

async function askOverTcp(
  resolver: Resolver,
  name: string,
  type: RecordType,
  ctx: ExchangeContext,
  signal?: AbortSignal,
): Promise<DnsExchange> {
  let garbled = false
  const reply = await awaitFirst<Reply | 'stopped'>(ctx, settle => {
    const query = makeQuery(name, type)
    const socket = net.connect({ host: resolver.address, port: resolver.port, autoSelectFamily: false, noDelay: true })
    let received = Buffer.alloc(0)
    socket.on('error', error => {
      if (isLocalShortage(error)) settle.fail(new LocalResourceError(errorCode(error), error))
      else if (errorCode(error) !== 'ETIMEDOUT') settle.done({ code: errorCode(error) })
    })
    socket.once('connect', () => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(query.bytes.length)
      socket.write(Buffer.concat([length, query.bytes]))
    })
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk])
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const end = 2 + received.readUInt16BE(0)
        const answer = findAnswer(received.subarray(2, end), query)
        received = received.subarray(end)
        if (answer === 'garbled') garbled = true
        else if (answer) settle.done({ answer: { ...answer, truncated: false } })
      }
    })
    socket.once('end', () => settle.done({ code: 'EOF' }))
    const stop = () => settle.done('stopped')
    signal?.addEventListener('abort', stop, { once: true })
    return () => {
      signal?.removeEventListener('abort', stop)
      socket.destroy()
    }
  })
  return readReply(reply, 'tcp', 1, garbled)
}

function readReply(reply: Reply | 'stopped' | undefined, transport: 'udp' | 'tcp', tries: number, garbled: boolean): DnsExchange {
  const base = { tries, transport }
  if (reply === undefined || reply === 'stopped') return { ...base, kind: garbled ? 'garbled' : 'nothing' }
  if ('answer' in reply) return { ...base, kind: 'answer', answer: reply.answer }
  return { ...base, kind: 'error', code: reply.code }
}
