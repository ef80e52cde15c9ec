// A loopback HTTP server made for one test, and a plain connection to it in the shape of the http layer's.

import { createServer, type IncomingMessage, type ServerResponse, request as startRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { AwsConnection } from '../../src/probe/aws.ts'
import type { ProbeContext } from '../../src/probe/context.ts'
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
  handler: (request: IncomingMessage, response: ServerResponse) => void,
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

/** One request on a socket of its own: what the http layer gives, without its layers below. */
export function connectPlainly(port: number): AwsConnection {
  return {
    request: ({ method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const request = startRequest(
          { host: '127.0.0.1', port, method, path, headers: { ...headers }, agent: false },
          response => {
            const chunks: Buffer[] = []
            response.on('data', (chunk: Buffer) => chunks.push(chunk))
            response.on('end', () => {
              const status = response.statusCode ?? 0
              const told = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
              const answer = { status, headers: Object.fromEntries(told), body: Buffer.concat(chunks) }
              resolve({ observation: { layer: 'http', outcome: 'answered', seen: { status } }, answer })
            })
          },
        )
        request.on('error', reject)
        request.end(body)
      }),
  }
}
