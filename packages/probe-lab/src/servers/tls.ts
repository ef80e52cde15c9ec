// Port 443 of every far address: reads the ClientHello first, as a firewall on the path would, then answers, resets or
// falls silent. TCP always works here: what is silent below is the fabric's doing.
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'
import type { FarBehaviour, VpcPlan } from '../plan/vpc-plan.ts'
import { findBehaviour } from './behaviour.ts'
import type { CertificateKind } from './certificate-shelf.ts'
import { type ClientHello, readClientHello } from './client-hello.ts'

/** A hello larger than this needs a second segment on an ordinary path. */
const segmentBytes = 1400

export type ContextFor = (name: string, kind: CertificateKind) => Promise<SecureContext>

export function serveTls(plan: VpcPlan, contextFor: ContextFor, onRequest: RequestListener): Promise<void> {
  const http = createHttpServer({ keepAliveTimeout: 0 }, onRequest)
  const server = createServer(socket => {
    socket.on('error', () => socket.destroy())
    let received = Buffer.alloc(0)
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk])
      const hello = readClientHello(received)
      if (hello === 'incomplete') return
      socket.off('data', onData)
      socket.pause()
      if (hello === 'not-tls') {
        socket.resetAndDestroy()
        return
      }
      void greet(plan, contextFor, socket, hello, received, secure => http.emit('connection', secure))
    }
    socket.on('data', onData)
  })
  return new Promise(resolve => server.listen(443, '0.0.0.0', resolve))
}

async function greet(
  plan: VpcPlan,
  contextFor: ContextFor,
  socket: Socket,
  hello: ClientHello,
  received: Buffer,
  hand: (secure: TLSSocket) => void,
): Promise<void> {
  const address = socket.localAddress ?? ''
  const does = findBehaviour(plan, 'tls', hello.serverName, address)?.does
  const large = hello.bytes > segmentBytes
  if (does === 'reset-hello' || (does === 'reset-large-hello' && large)) return void socket.resetAndDestroy()
  if (does === 'drop-hello' || (does === 'drop-large-hello' && large) || does === 'mute') return void socket.resume()
  if (does === 'plain-text') return void socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
  if (does === 'dripping-hello') return drip(socket)
  const name = hello.serverName ?? nameAt(plan, address)
  const context = await contextFor(name, kindOf(does))
  socket.unshift(received)
  const secure = new TLSSocket(socket, { isServer: true, secureContext: context, ALPNProtocols: ['http/1.1'] })
  secure.on('error', () => secure.destroy())
  if (does === 'renegotiates') return renegotiate(secure)
  hand(secure)
}

/** The head of a handshake record, then a byte of it at a time. */
function drip(socket: Socket): void {
  socket.write(Buffer.from([22, 3, 3, 0x40, 0, 2, 0, 0x3f, 0xfc]))
  const timer = setInterval(() => socket.write('x'), 50)
  socket.on('close', () => clearInterval(timer))
}

/** Asks for one new handshake after another (RFC 5246 §7.4.1.1) and never answers what is asked. */
function renegotiate(secure: TLSSocket): void {
  const again = (): void =>
    void secure.renegotiate({}, error => (error || secure.destroyed ? secure.destroy() : setImmediate(again)))
  secure.once('secure', again)
  secure.resume()
}

/** Which certificate is shown. */
export function kindOf(does: FarBehaviour['does'] | undefined): CertificateKind {
  if (does === 'inspect') return 'inspected'
  if (does === 'certificate-expired') return 'expired'
  if (does === 'huge-certificate') return 'huge'
  if (does === 'huge-chain') return 'long'
  if (does === 'renegotiates') return 'old'
  return does === 'certificate-other-host' ? 'other-host' : 'right'
}

/** The name a server shows to a client that names none. */
function nameAt(plan: VpcPlan, address: string): string {
  const endpoint = plan.endpoints.find(one => one.addresses.includes(address))
  const host = plan.hosts.find(one => one.addresses.includes(address))
  return endpoint?.names[0]?.replace(/^\*\./, '') ?? host?.name ?? 'amazonaws.com'
}
