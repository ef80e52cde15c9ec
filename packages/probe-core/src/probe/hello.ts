// Sends a crafted ClientHello on a connection of its own and reads what comes first. Any TLS answer counts: the question is
// whether a hello of this size or name gets through, not whether the server likes it.

import type net from 'node:net'
import type { TlsObservation, TlsSeen, Variant } from '../model/observation.ts'
import { makeClientHello } from './client-hello.ts'
import { errorCode } from './local-resource-error.ts'
import { awaitFirst, elapsedSince, readSilence, type WaitContext } from './silence.ts'
import { probeTcp } from './tcp.ts'
import { safeText } from './text.ts'
import { alertCode } from './tls-alert.ts'

export { makeClientHello } from './client-hello.ts'

interface HelloTarget {
  readonly address: string
  readonly port: number
  readonly serverName: string
  readonly size: 'small' | 'large'
  readonly withoutKeyShare?: boolean
  /** Default `small-hello` or `large-hello`. */
  readonly variant?: Variant
}

/**
 * `answered`: a ServerHello (or HelloRetryRequest) came. `rejected`: `ALERT_<name>` (still an answer of a TLS server),
 * `ECONNRESET`, `EOF`, `NOT_TLS`. `skipped: below-failed` when this further connection did not open. The connecting and the
 * waiting may each take `timeoutMs`.
 */
export async function probeHello(to: HelloTarget, ctx: WaitContext): Promise<TlsObservation> {
  const variant = to.variant ?? (to.size === 'large' ? 'large-hello' : 'small-hello')
  const base = { layer: 'tls', address: to.address, variant } as const
  if (ctx.deadline.spent()) return { ...base, outcome: 'skipped', because: 'no-time' }
  const { observation, socket } = await probeTcp({ address: to.address, port: to.port }, ctx)
  if (!socket) {
    const because = observation.outcome === 'skipped' ? observation.because : 'below-failed'
    return { ...base, outcome: 'skipped', because }
  }
  const startMs = ctx.clock.sinceStartMs()
  const hello = makeClientHello(to)
  const asked = { serverName: to.serverName, helloBytes: hello.length }
  const { answer, received } = await exchange(socket, hello, ctx)
  const timed = { ...base, startMs, durationMs: elapsedSince(startMs, ctx) }
  if (answer && 'seen' in answer) return { ...timed, outcome: 'answered', seen: { ...asked, ...answer.seen } }
  if (answer) {
    const firstBytes = answer.code === 'NOT_TLS' && { firstBytes: printableBytes(received) }
    return { ...timed, outcome: 'rejected', code: answer.code, seen: { ...asked, ...firstBytes } }
  }
  const silence = readSilence(startMs, ctx)
  return silence.outcome === 'skipped'
    ? { ...base, startMs, ...silence }
    : { ...timed, ...silence, seen: { ...asked, receivedBytes: received.length } }
}

/** The same address asked for another name, by a small hello: does the path mind the name? */
export function probeOtherName(to: Omit<HelloTarget, 'size' | 'variant'>, ctx: WaitContext): Promise<TlsObservation> {
  return probeHello({ ...to, size: 'small', variant: 'other-sni' }, ctx)
}

/** A small hello that a TLS 1.3 server answers with a few bytes: does anything of this size come back? */
export function probeSmallAnswer(to: Omit<HelloTarget, 'size' | 'variant'>, ctx: WaitContext): Promise<TlsObservation> {
  return probeHello({ ...to, size: 'small', variant: 'small-answer', withoutKeyShare: true }, ctx)
}

/** What was received, as printable text: other bytes become dots. */
export function printableBytes(bytes: Buffer): string {
  return safeText(
    bytes
      .subarray(0, 200)
      .toString('latin1')
      .replace(/[^\x20-\x7e\r\n\t]/g, '.'),
    100,
  )
}

type FirstAnswer = { seen: Partial<TlsSeen> } | { code: string }

/** Sends the hello and reads up to the end of the first record. */
export async function exchange(socket: net.Socket, hello: Buffer, ctx: WaitContext) {
  let received = Buffer.alloc(0)
  const answer = await awaitFirst<FirstAnswer>(ctx, settle => {
    socket.on('error', error => settle.done({ code: errorCode(error) }))
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk])
      const found = findFirstAnswer(received)
      if (found) settle.done(found)
    })
    socket.once('end', () => settle.done({ code: 'EOF' }))
    socket.once('close', () => settle.done({ code: socket.errored ? errorCode(socket.errored) : 'EOF' }))
    socket.write(hello)
    return () => socket.destroy()
  })
  // A server whose first record began and did not end has had the hello all the same.
  return { answer: isServerHello(received) && !(answer && 'seen' in answer) ? { seen: {} } : answer, received }
}

function isServerHello(bytes: Buffer): boolean {
  return bytes[0] === 0x16 && bytes[1] === 3 && bytes[5] === 2
}

const longestRecord = 16_384 + 256

/** Reads the first TLS record; undefined while more bytes are needed to tell. */
export function findFirstAnswer(bytes: Buffer): FirstAnswer | undefined {
  const isRecord =
    (bytes[0] === undefined || bytes[0] === 0x16 || bytes[0] === 0x15) && (bytes[1] === undefined || bytes[1] === 3)
  if (!isRecord) return { code: 'NOT_TLS' }
  if (bytes.length < 5) return undefined
  const length = bytes.readUInt16BE(3)
  if (length === 0 || length > longestRecord) return { code: 'NOT_TLS' }
  if (bytes[0] === 0x15) return bytes.length < 7 ? undefined : { code: alertCode(bytes[6]!) }
  if (bytes.length < 6) return undefined
  if (bytes[5] !== 2) return { code: 'NOT_TLS' }
  return bytes.length < 5 + length ? undefined : { seen: readServerHello(bytes.subarray(5, 5 + length)) }
}

/** Version and cipher suite of a ServerHello (RFC 8446 §4.1.3); what cannot be read is left out. */
function readServerHello(handshake: Buffer): Partial<TlsSeen> {
  try {
    const sessionIdLength = handshake.readUInt8(38)
    const suiteAt = 39 + sessionIdLength
    const suite = handshake.readUInt16BE(suiteAt)
    let version = handshake.readUInt16BE(4)
    // An old server may send no extensions at all.
    let at = suiteAt + 5
    while (at + 4 <= handshake.length) {
      if (handshake.readUInt16BE(at) === 43) version = handshake.readUInt16BE(at + 4)
      at += 4 + handshake.readUInt16BE(at + 2)
    }
    return {
      version: versionNames[version] ?? `0x${version.toString(16)}`,
      cipher: suiteNames[suite] ?? `0x${suite.toString(16)}`,
    }
  } catch {
    return {}
  }
}

const versionNames: Readonly<Record<number, string>> = { 772: 'TLSv1.3', 771: 'TLSv1.2', 770: 'TLSv1.1', 769: 'TLSv1' }
const suiteNames: Readonly<Record<number, string>> = {
  4865: 'TLS_AES_128_GCM_SHA256',
  4866: 'TLS_AES_256_GCM_SHA384',
  4867: 'TLS_CHACHA20_POLY1305_SHA256',
}
