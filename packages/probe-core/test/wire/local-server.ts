// A loopback HTTP server made for one test, and the http layer's connection to it.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { TestContext } from 'node:test'
import type { AwsConnection } from '../../src/probe/aws.ts'
import type { ProbeContext } from '../../src/probe/context.ts'
import { openHttp } from '../../src/probe/http.ts'
import { startClock } from '../../src/time/clock.ts'
import { startDeadline } from '../../src/time/deadline.ts'

export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
}

/** Answers with `handler`; a handler that never ends its response is a silent server. */
export async function serve(
  t: TestContext,
  handler: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<{ readonly url: string; readonly host: string; readonly port: number; readonly seen: Seen[] }> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers })
    handler(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, host: '127.0.0.1', port, seen }
}

export function startContext(t: TestContext, ms = 20_000): ProbeContext {
  const deadline = startDeadline(ms)
  t.after(() => deadline.dispose())
  return { deadline, clock: startClock() }
}

/** The http layer on a plain connection to the server: no names, no TLS. */
export async function connectPlainly(t: TestContext, port: number): Promise<AwsConnection> {
  const dial = async () => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }
  const to = { host: '127.0.0.1', port, scheme: 'http', address: '127.0.0.1' } as const
  const connection = await openHttp(await dial(), to, dial)
  t.after(() => connection.close())
  return connection
}
