// Plain looks from inside the workload with node's own net, dns and tls: independent of the product's probes.
import type { Vpc } from '../src/world/vpc.ts'

/** Long enough for one retransmitted SYN to be seen, short enough for many silent addresses. */
const silentMs = 700

export interface Resolved {
  readonly addresses: readonly string[]
  readonly code: string
}

/** Runs a script that prints one JSON value; `give(value)` prints it. */
export async function look<T>(vpc: Vpc, script: string, env: Record<string, string> = {}): Promise<T> {
  const program = `const give = value => { console.log(JSON.stringify(value)); process.exit(0) };${script}`
  const ran = await vpc.run([process.execPath, '-e', program], { env, timeoutMs: 20_000 })
  if (ran.status !== 0) throw new Error(`the look failed: ${ran.stderr}`)
  return JSON.parse(ran.stdout) as T
}

export function resolveInside(vpc: Vpc, name: string, options: { server?: string; type?: 'A' | 'AAAA' } = {}): Promise<Resolved> {
  return look(
    vpc,
    `const resolver = new (require('dns').Resolver)({ timeout: ${silentMs}, tries: 1 });
     ${options.server ? `resolver.setServers(['${options.server}']);` : ''}
     resolver.resolve('${name}', '${options.type ?? 'A'}', (error, addresses) =>
       give({ addresses: addresses ?? [], code: error ? error.code : 'NOERROR' }))`,
  )
}

/** `connected`, `silent`, or the errno. */
export function connectInside(vpc: Vpc, address: string, port: number, localPort = 0): Promise<string> {
  return look(
    vpc,
    `const socket = require('net').connect({ host: '${address}', port: ${port}, localPort: ${localPort || 'undefined'}, autoSelectFamily: false });
     setTimeout(() => give('silent'), ${silentMs});
     socket.on('connect', () => give('connected'));
     socket.on('error', error => give(error.code))`,
  )
}

export interface Handshake {
  readonly outcome: 'answered' | 'silent' | string
  readonly authorized?: boolean
  readonly issuer?: string
  readonly subject?: string
}

export function handshakeInside(
  vpc: Vpc,
  address: string,
  serverName: string,
  env: Record<string, string> = {},
): Promise<Handshake> {
  return look(
    vpc,
    `const tls = require('tls');
     const socket = tls.connect({ host: '${address}', port: 443, servername: '${serverName}', rejectUnauthorized: false, autoSelectFamily: false }, () => {
       const certificate = socket.getPeerCertificate();
       give({ outcome: 'answered', authorized: socket.authorized, error: socket.authorizationError, issuer: certificate.issuer.CN, subject: certificate.subject.CN }) });
     setTimeout(() => give({ outcome: 'silent' }), ${silentMs});
     socket.on('error', error => give({ outcome: error.code }))`,
    env,
  )
}

export interface Exchanged {
  readonly status: number | 'silent' | string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export function requestInside(vpc: Vpc, url: string, asked: Asked = {}): Promise<Exchanged> {
  return look(
    vpc,
    `const { headers, method, body } = ${JSON.stringify(asked)};
     const sent = require('${new URL(url).protocol === 'http:' ? 'http' : 'https'}').request('${url}', { method, headers, rejectUnauthorized: false }, answer => {
       let text = ''; answer.on('data', chunk => text += chunk);
       answer.on('end', () => give({ status: answer.statusCode, headers: answer.headers, body: text })) });
     setTimeout(() => give({ status: 'silent', headers: {}, body: '' }), 1500);
     sent.on('error', error => give({ status: error.code, headers: {}, body: '' }));
     sent.end(body)`,
  )
}
