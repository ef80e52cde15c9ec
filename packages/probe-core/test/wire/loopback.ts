// Real servers on 127.0.0.1 for one test, closed when it ends, and the context a probe is handed.

import dgram from 'node:dgram'
import net from 'node:net'
import type { TestContext } from 'node:test'
import tls from 'node:tls'
import type { Clock } from '../../src/time/clock.ts'
import { startClock } from '../../src/time/clock.ts'
import type { Deadline } from '../../src/time/deadline.ts'
import { startDeadline } from '../../src/time/deadline.ts'

/** Long enough for any answer on loopback under load, short enough that a test of silence is quick. */
export const silentMs = 250
export const answerMs = 5000

export function makeContext(
  t: TestContext,
  timeoutMs = answerMs,
  deadlineMs = 20_000,
): { deadline: Deadline; clock: Clock; timeoutMs: number } {
  const deadline = startDeadline(deadlineMs)
  t.after(() => deadline.dispose())
  return { deadline, clock: startClock(), timeoutMs }
}

/** A TCP server; every connection goes to `serve`. Returns its port. */
export async function listen(t: TestContext, serve: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    serve(socket)
  })
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return await portOf(server)
}

export async function listenTls(
  t: TestContext,
  options: tls.TlsOptions,
  serve: (socket: tls.TLSSocket) => void = () => {},
): Promise<number> {
  const sockets = new Set<net.Socket>()
  const server = tls.createServer(options, socket => {
    socket.on('error', () => {})
    serve(socket)
  })
  server.on('connection', socket => sockets.add(socket))
  server.on('tlsClientError', () => {})
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return await portOf(server)
}

/** A port of 127.0.0.1 on which nothing listens (any more). */
export async function closedPort(): Promise<number> {
  const server = net.createServer()
  const port = await portOf(server)
  await new Promise(resolve => server.close(resolve))
  return port
}

/** An open connection; the probe it is handed to owns it. */
export async function connect(port: number): Promise<net.Socket> {
  const socket = net.connect({ host: '127.0.0.1', port })
  socket.on('error', () => {})
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return socket
}

/** A UDP server; every datagram goes to `serve` with a way to answer it. Returns its port. */
export async function listenUdp(
  t: TestContext,
  serve: (bytes: Buffer, answer: (reply: Buffer) => void) => void,
): Promise<number> {
  const socket = dgram.createSocket('udp4')
  socket.on('message', (bytes, from) => serve(bytes, reply => socket.send(reply, from.port, from.address)))
  t.after(() => socket.close())
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  return socket.address().port
}

function portOf(server: net.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port))
  })
}
