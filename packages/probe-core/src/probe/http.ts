// HTTP requests on the connection the layers below opened, reconnecting only when the server closed it. Any HTTP answer is
// `answered`: what its status means is for rules. No redirects are followed and no cookies kept.

import type { ClientRequest, IncomingMessage } from 'node:http'
import type net from 'node:net'
import type tls from 'node:tls'
import type { HttpObservation, Variant } from '../model/observation.ts'
import { readHttpAnswer } from './http-answer.ts'
import { errorCode, isLocalShortage, LocalResourceError } from './local-resource-error.ts'
import { awaitFirst, elapsedSince, readSilence, type WaitContext } from './silence.ts'
import { userAgent } from './user-agent.ts'

export interface HttpTarget {
  readonly host: string
  readonly port: number
  readonly scheme: 'http' | 'https'
  readonly address: string
  readonly via?: 'proxy'
}

export interface HttpRequest {
  readonly method: string
  /** Path and query; the query never reaches an observation. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

export interface HttpContext extends WaitContext {
  readonly variant?: Variant
  /** How much of the body is kept. Default 256 KiB. */
  readonly longestBodyBytes?: number
}

export interface HttpAnswer {
  readonly status: number
  /** Names in lower case; repeated headers joined by `, `; without cookies. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** The body went on beyond what is kept, or did not end in time. */
  readonly truncated: boolean
}

export interface HttpResult {
  readonly observation: HttpObservation
  readonly answer?: HttpAnswer
}

export interface HttpConnection {
  /** One request at a time: whoever sends a further one has had the answer to the one before, or has given up on it. */
  request(request: HttpRequest, ctx: HttpContext): Promise<HttpResult>
  close(): void
}

type Socket = net.Socket | tls.TLSSocket

const longestBody = 256 * 1024
const longestHead = 32 * 1024

/**
 * Takes over `socket`. `redial` opens the same connection anew (all layers), or gives undefined when that fails: the request is
 * then `skipped: below-failed`. `rejected`: `ECONNRESET`, `EOF`, `HTTP_PARSE_ERROR`, `HEADERS_TOO_LARGE`, `HTTP_INCOMPLETE` (an
 * answer began and its head did not end in time).
 */
export async function openHttp(
  socket: Socket,
  to: HttpTarget,
  redial: () => Promise<Socket | undefined>,
): Promise<HttpConnection> {
  const http = await import('node:http')
  let handedOver = false
  let current: Socket = socket
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  agent.createConnection = (_options, give) => {
    const next = handedOver || current.destroyed ? redial() : Promise.resolve(current)
    handedOver = true
    next.then(
      opened => {
        if (!opened) return give?.(new RedialFailed(), current)
        current = opened
        give?.(null, opened)
      },
      error => give?.(error, current),
    )
    return undefined
  }
  const { host } = new URL(`${to.scheme}://${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`)
  const send: Line['send'] = ({ method, path, headers }) => {
    // To a proxy the whole URL is written; Node would send whatever it is given.
    if (!/^(?:\/|http:\/\/)/.test(path)) throw new TypeError('a request needs a path that begins with /')
    const all = Object.entries({ host, 'user-agent': userAgent(), 'accept-encoding': 'identity', accept: '*/*', ...headers })
    // Before anything is begun that would have to be taken back.
    for (const [name, value] of all) {
      http.validateHeaderName(name)
      http.validateHeaderValue(name, value)
    }
    // A setting of the process that makes parsers lenient is not ours to follow.
    const sent = http.request({ agent, method, path, setHost: false, maxHeaderSize: longestHead, insecureHTTPParser: false })
    // Not among the options: those are printed by Node 20 where NODE_DEBUG asks for it, and a signature with them.
    for (const [name, value] of all) sent.setHeader(name, value)
    return sent
  }
  return {
    request: (request, ctx) => probeHttp({ send, to, received: () => current.bytesRead }, request, ctx),
    close: () => {
      agent.destroy()
      current.destroy()
    },
  }
}

class RedialFailed extends Error {
  /** Every error without a code is taken for a mistake of ours. */
  readonly code = 'REDIAL_FAILED'
}

interface Line {
  send(request: HttpRequest): ClientRequest
  readonly to: HttpTarget
  /** Bytes received on the current connection. */
  received(): number
}

async function probeHttp(line: Line, request: HttpRequest, ctx: HttpContext): Promise<HttpResult> {
  const { to } = line
  const base = {
    layer: 'http',
    address: to.address,
    ...(ctx.variant && { variant: ctx.variant }),
    ...(to.via && { via: to.via }),
  } as const
  if (ctx.deadline.spent()) return { observation: { ...base, outcome: 'skipped', because: 'no-time' } }
  const startMs = ctx.clock.sinceStartMs()
  const sentAtWallMs = ctx.clock.wallMs()
  const receivedBefore = line.received()
  let end = await exchange(line, request, ctx)
  // A kept connection that the server was closing at that moment: nothing was answered, so nothing was done. Once more.
  if (receivedBefore > 0 && end && 'error' in end && isCut(end.error) && line.received() === receivedBefore) {
    end = await exchange(line, request, { ...ctx, timeoutMs: Math.max(0, ctx.timeoutMs - elapsedSince(startMs, ctx)) })
  }
  // Not `{ ...base, … }`: V8 in Node 20 gives every object that begins with a spread a shape of its own, larger than the object.
  const timed = Object.assign({}, base, { startMs, durationMs: elapsedSince(startMs, ctx) })
  const asked = {
    method: request.method,
    path: request.path.split('?', 1)[0]!.slice(0, 500),
    requestBytes: countBytes(request),
  }
  if (end && 'answer' in end) {
    const middleWallMs = sentAtWallMs + end.headAfterMs / 2
    const seen = Object.assign({}, asked, readHttpAnswer(end.answer, middleWallMs))
    return { observation: Object.assign({}, timed, { outcome: 'answered' as const, seen }), answer: end.answer }
  }
  if (end && 'error' in end) {
    if (isLocalShortage(end.error)) throw new LocalResourceError(errorCode(end.error), end.error)
    if (end.error instanceof LocalResourceError) throw end.error
    if (end.error instanceof RedialFailed)
      return { observation: { ...base, startMs, outcome: 'skipped', because: 'below-failed' } }
    return { observation: { ...timed, outcome: 'rejected', code: readHttpError(end.error), seen: asked } }
  }
  const silence = readSilence(startMs, ctx)
  if (silence.outcome === 'skipped') return { observation: { ...base, startMs, ...silence } }
  // Bytes came, but no whole head: that is not silence.
  if (line.received() > receivedBefore) {
    return { observation: { ...timed, outcome: 'rejected', code: 'HTTP_INCOMPLETE', seen: asked } }
  }
  return { observation: { ...timed, ...silence, seen: asked } }
}

type Exchange = { answer: HttpAnswer; headAfterMs: number } | { error: unknown }

/** @throws what makes a request that cannot be sent: a mistake of ours */
async function exchange(line: Line, request: HttpRequest, ctx: HttpContext): Promise<Exchange | undefined> {
  const longest = ctx.longestBodyBytes ?? longestBody
  const startMs = ctx.clock.sinceStartMs()
  let head: { readonly response: IncomingMessage; readonly afterMs: number } | undefined
  const chunks: Buffer[] = []
  const finish = (truncated: boolean): Exchange => ({
    answer: {
      status: head!.response.statusCode ?? 0,
      headers: joinHeaders(head!.response.rawHeaders),
      body: Buffer.concat(chunks).subarray(0, longest),
      truncated,
    },
    headAfterMs: head!.afterMs,
  })
  const end = await awaitFirst<Exchange>(ctx, settle => {
    const sent = line.send(request)
    // A head that came stands, even where its body was cut.
    const fail = (error: unknown) => settle.done(head ? finish(true) : { error })
    sent.on('error', fail)
    // What nobody asked for: the connection speaks something else from here.
    sent.on('upgrade', (_answer, socket) => {
      socket.destroy()
      fail(Object.assign(new Error('an upgrade that nobody asked for'), { code: 'HPE_UPGRADE' }))
    })
    sent.on('response', response => {
      head = { response, afterMs: elapsedSince(startMs, ctx) }
      let length = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        length += chunk.length
        if (length > longest) settle.done(finish(true))
      })
      response.on('end', () => settle.done(finish(!response.complete)))
      response.on('error', fail)
    })
    sent.end(request.body ?? undefined)
    // Of an answer that has ended well this leaves the connection as it is.
    return () => sent.destroy()
  })
  return end ?? (head ? finish(true) : undefined)
}

/** @param raw names and values in turn, as they came. Node's own tables of them fail at a header called `constructor` in some versions */
export function joinHeaders(raw: readonly string[]): Record<string, string> {
  const joined: Record<string, string> = Object.create(null)
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase()
    if (/^set-cookie2?$/.test(name)) continue
    joined[name] = name in joined ? `${joined[name]}, ${raw[at + 1]}` : raw[at + 1]!
  }
  return joined
}

function readHttpError(error: unknown): string {
  const code = errorCode(error)
  if (code === 'HPE_HEADER_OVERFLOW') return 'HEADERS_TOO_LARGE'
  if (code === 'HPE_INVALID_EOF_STATE') return 'EOF'
  if (code.startsWith('HPE_')) return 'HTTP_PARSE_ERROR'
  // A mistake of ours carries no code, and must not pass for a fact of the network.
  if (code === 'UNKNOWN') throw error
  // Node tells an end that came too early as it tells a reset; a reset is told by the system.
  return code === 'ECONNRESET' && (error as NodeJS.ErrnoException).syscall === undefined ? 'EOF' : code
}

function isCut(error: unknown): boolean {
  if (error instanceof RedialFailed || error instanceof LocalResourceError) return false
  return ['EOF', 'ECONNRESET', 'EPIPE'].includes(readHttpError(error))
}

/** About what went over the wire: request line, headers and body, before encryption. */
function countBytes(request: HttpRequest): number {
  const headers = Object.entries(request.headers ?? {}).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
  return request.method.length + request.path.length + 12 + headers + Buffer.byteLength(request.body ?? '')
}
