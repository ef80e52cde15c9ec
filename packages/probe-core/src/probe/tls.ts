// The TLS handshake on the connection the TCP layer opened, and what the certificate says. It verifies by itself after the
// handshake, so that an untrusted or foreign certificate is described and not only refused.

import net from 'node:net'
import tls from 'node:tls'
import type { TlsObservation, TlsSeen, Variant } from '../model/observation.ts'
import { probeFirstBytes } from './first-bytes.ts'
import { awaitFirst, elapsedSince, readSilence, type WaitContext } from './silence.ts'
import { readHandshakeError } from './tls-alert.ts'
import { checkCertificate } from './tls-certificate.ts'
import type { Trust } from './trust.ts'

export interface TlsTarget {
  /** The name asked for by SNI and looked for in the certificate; a literal address goes without SNI (RFC 6066 §3). */
  readonly serverName: string
  readonly address: string
  readonly port: number
  readonly variant?: Variant
  readonly via?: 'proxy'
  /** The client that is stood in for does not verify here: whatever is wrong with the certificate is seen, and no refusal. */
  readonly isUnchecked?: boolean
  /** Default http/1.1. */
  readonly alpn?: string[]
}

export interface TlsContext extends WaitContext {
  readonly trust: Trust
}

export interface TlsResult {
  readonly observation: TlsObservation
  /** Only after a completed and verified handshake; the receiver closes it. */
  readonly socket?: tls.TLSSocket
}

/**
 * Speaks TLS on `socket`, which it owns from here: nobody else may destroy it, for Node 20 crashes when the socket below goes
 * before the TLS socket. `answered`: the handshake completed, the chain is trusted, the name and the
 * dates hold. `rejected`: OpenSSL's verification code, `ERR_TLS_CERT_ALTNAME_INVALID`, `ALERT_<name>`, `ECONNRESET`, `EOF`,
 * `NOT_TLS` or another OpenSSL code. `silent` with `receivedBytes` above 0: the server's answer began and did not end.
 */
export async function probeTls(socket: net.Socket, to: TlsTarget, ctx: TlsContext): Promise<TlsResult> {
  const base = {
    layer: 'tls',
    address: to.address,
    ...(to.variant && { variant: to.variant }),
    ...(to.via && { via: to.via }),
  } as const
  if (ctx.deadline.spent()) {
    socket.destroy()
    return { observation: { ...base, outcome: 'skipped', because: 'no-time' } }
  }
  const startMs = ctx.clock.sinceStartMs()
  const receivedBefore = socket.bytesRead
  const asked = { serverName: to.serverName }
  const { end, secure, leaf } = await shakeHands(socket, to, ctx)
  const timed = { ...base, startMs, durationMs: elapsedSince(startMs, ctx) }

  if (end === 'secure' && secure) {
    const { facts, code } = describe(secure, leaf ?? secure.getPeerCertificate(true), to.serverName, ctx.trust)
    const seen: TlsSeen = { ...asked, ...facts }
    if (code === undefined) return { observation: { ...timed, outcome: 'answered', seen }, socket: secure }
    if (to.isUnchecked) {
      const unverified = { ...seen, trusted: false, untrustedBecause: code }
      return { observation: { ...timed, outcome: 'answered', seen: unverified }, socket: secure }
    }
    secure.destroy()
    return { observation: { ...timed, outcome: 'rejected', code, seen } }
  }
  const receivedBytes = socket.bytesRead - receivedBefore
  if (secure) secure.destroy()
  else socket.destroy()
  if (end instanceof Error) {
    const code = readHandshakeError(end)
    const firstBytes = code === 'NOT_TLS' && to.via === undefined ? await probeFirstBytes(to, ctx) : undefined
    const seen = { ...asked, ...(firstBytes && { firstBytes }), receivedBytes }
    return { observation: { ...timed, outcome: 'rejected', code, seen } }
  }
  const silence = readSilence(startMs, ctx)
  if (silence.outcome === 'skipped') return { observation: { ...base, startMs, ...silence } }
  return { observation: { ...timed, ...silence, seen: { ...asked, receivedBytes } } }
}

async function shakeHands(socket: net.Socket, to: TlsTarget, ctx: TlsContext) {
  let secure: tls.TLSSocket | undefined
  // Reading a chain is dear, and Node has done it once.
  let leaf: tls.DetailedPeerCertificate | undefined
  const end = await awaitFirst<'secure' | Error>(ctx, settle => {
    // A connection that ended between the layers: say how, for tls.connect would only say that it is gone.
    if (socket.destroyed) {
      settle.done(socket.errored ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
      return undefined
    }
    const made = tls.connect({
      socket,
      secureContext: secureContext(ctx.trust),
      ...(net.isIP(to.serverName) === 0 && { servername: to.serverName }),
      ALPNProtocols: to.alpn ?? ['http/1.1'],
      rejectUnauthorized: false,
      // authorizationError is to speak of the chain alone.
      checkServerIdentity: (_name, certificate) => {
        leaf = certificate as tls.DetailedPeerCertificate
        return undefined
      },
    })
    secure = made
    // Stays for the socket's life: a reset while nobody listens must not be an uncaught error.
    made.on('error', error => settle.done(error))
    made.once('secureConnect', () => settle.done('secure'))
    made.once('close', () => settle.done(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    return undefined
  })
  return { end, secure, leaf }
}

function describe(secure: tls.TLSSocket, leaf: tls.DetailedPeerCertificate, serverName: string, trust: Trust) {
  const cipher = secure.getCipher()
  const session = {
    ...(secure.getProtocol() && { version: secure.getProtocol()! }),
    ...(cipher?.standardName && { cipher: cipher.standardName }),
    ...(secure.alpnProtocol && { alpn: secure.alpnProtocol }),
  }
  if (!leaf?.raw) return { facts: session, code: 'NO_CERTIFICATE' }
  // Typed as Error, in truth the code as a string.
  const openSslCode = secure.authorized ? undefined : String(secure.authorizationError ?? 'UNSPECIFIED')
  const check = checkCertificate(leaf, openSslCode, serverName, trust)
  return { facts: { ...session, ...check.facts }, code: check.code }
}

/** Parsing some 150 roots takes tens of milliseconds: once a trust, not once a connection. */
const contexts = new WeakMap<Trust, tls.SecureContext>()

/** Before the first handshake of a run, while something else is waited for. */
export function prepareTls(trust: Trust): void {
  secureContext(trust)
}

function secureContext(trust: Trust): tls.SecureContext {
  let context = contexts.get(trust)
  if (!context) {
    context = tls.createSecureContext(trust.ca ? { ca: trust.ca } : {})
    contexts.set(trust, context)
  }
  return context
}
