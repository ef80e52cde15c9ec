// CONNECT on an open connection to a proxy. A tunnel proves that the proxy took the request: many answer 200 before, or
// without, reaching the target.

import type net from 'node:net'
import type { HttpObservation, HttpSeen } from '../model/observation.ts'
import { readHttpAnswer } from './http-answer.ts'
import { errorCode } from './local-resource-error.ts'
import { awaitFirst, elapsedSince, readSilence, type WaitContext } from './silence.ts'
import { userAgent } from './user-agent.ts'

interface TunnelTarget {
  readonly host: string
  readonly port: number
  /** Value of the Proxy-Authorization header; reaches no observation. */
  readonly authorization?: string
}

const longestHead = 16 * 1024
/** How much of a refusal's page is kept, and how long it may take to come after its head. */
const longestPage = 4096
const pageGraceMs = 250

/**
 * Asks the proxy at the other end of `socket` (plain TCP or TLS) for a tunnel. `answered`: 2xx, and `socket` is the tunnel.
 * `rejected`: the status as code, or `ECONNRESET`, `EOF`, `HTTP_PARSE_ERROR`, `HEADERS_TOO_LARGE`; the connection is then closed.
 */
export async function openTunnel(
  socket: net.Socket,
  to: TunnelTarget,
  ctx: WaitContext,
): Promise<{ observation: HttpObservation; socket?: net.Socket }> {
  const base = { layer: 'http', ...(socket.remoteAddress && { address: socket.remoteAddress }), via: 'proxy' } as const
  if (ctx.deadline.spent()) {
    socket.destroy()
    return { observation: { ...base, outcome: 'skipped', because: 'no-time' } }
  }
  const startMs = ctx.clock.sinceStartMs()
  const sentAtWallMs = ctx.clock.wallMs()
  const authority = `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`
  const asked = { method: 'CONNECT', path: authority }
  const end = await exchange(socket, authority, to.authorization, ctx)
  const timed = { ...base, startMs, durationMs: elapsedSince(startMs, ctx) }
  const opened = end && 'head' in end && end.head.status >= 200 && end.head.status < 300
  if (!opened) socket.destroy()
  if (end && 'head' in end) {
    const middleWallMs = sentAtWallMs + timed.durationMs / 2
    const seen: HttpSeen = { ...asked, ...readHttpAnswer({ ...end.head, body: end.page, truncated: false }, middleWallMs) }
    if (!opened) return { observation: { ...timed, outcome: 'rejected', code: String(end.head.status), seen } }
    return { observation: { ...timed, outcome: 'answered', seen }, socket }
  }
  if (end) return { observation: { ...timed, outcome: 'rejected', code: end.code, seen: asked } }
  const silence = readSilence(startMs, ctx)
  return { observation: silence.outcome === 'skipped' ? { ...base, startMs, ...silence } : { ...timed, ...silence, seen: asked } }
}

interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

type End = { head: Head; page: Buffer } | { code: string }

async function exchange(socket: net.Socket, authority: string, authorization: string | undefined, ctx: WaitContext) {
  let received = Buffer.alloc(0)
  let head: Head | undefined
  let headEnd = 0
  const page = () => received.subarray(headEnd, headEnd + longestPage)
  const end = await awaitFirst<End>(ctx, settle => {
    let grace: NodeJS.Timeout | undefined
    const finish = () => head && settle.done({ head, page: page() })
    const read = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      if (!head) {
        // Not HTTP from its first bytes on: no need to wait for an end that will not come.
        if (!'HTTP/1.'.startsWith(received.toString('latin1', 0, Math.min(7, received.length)))) {
          return settle.done({ code: 'HTTP_PARSE_ERROR' })
        }
        const at = received.indexOf('\r\n\r\n')
        if (at < 0) return received.length > longestHead ? settle.done({ code: 'HEADERS_TOO_LARGE' }) : undefined
        head = findHead(received.toString('latin1', 0, at))
        headEnd = at + 4
        if (!head) return settle.done({ code: 'HTTP_PARSE_ERROR' })
        if (head.status >= 200 && head.status < 300) return finish()
        grace = setTimeout(finish, pageGraceMs)
      }
      const length = Number(head.headers['content-length'] ?? Number.POSITIVE_INFINITY)
      if (page().length >= Math.min(length, longestPage)) finish()
    }
    const fail = (error: Error) => (head ? finish() : settle.done({ code: errorCode(error) }))
    const close = () => (head ? finish() : settle.done({ code: 'EOF' }))
    // Not 'data': pausing that would leave the tunnel paused for whoever reads next.
    const readAll = () => {
      for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) read(chunk)
    }
    socket.on('readable', readAll)
    socket.on('error', fail)
    socket.once('end', close)
    socket.once('close', close)
    if (socket.destroyed) close()
    else socket.write(renderConnect(authority, authorization))
    return () => {
      clearTimeout(grace)
      socket.off('readable', readAll)
      socket.off('error', fail)
      socket.off('end', close)
      socket.off('close', close)
      if (!socket.listenerCount('error')) socket.on('error', () => {})
    }
  })
  if (end && 'head' in end && headEnd < received.length && end.head.status < 300) socket.unshift(received.subarray(headEnd))
  return end ?? (head ? { head, page: page() } : undefined)
}

function renderConnect(authority: string, authorization: string | undefined): string {
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`, `User-Agent: ${userAgent()}`]
  if (authorization) lines.push(`Proxy-Authorization: ${authorization}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

function findHead(text: string): Head | undefined {
  const [first, ...lines] = text.split('\r\n')
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first ?? '')?.[1]
  if (status === undefined) return undefined
  const headers: Record<string, string> = Object.create(null)
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim()
  }
  return { status: Number(status), headers }
}
