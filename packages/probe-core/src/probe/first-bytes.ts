// Where a server did not speak TLS: one more connection, to keep its first bytes. OpenSSL does not hand them out.

import { makeClientHello } from './client-hello.ts'
import { exchange, printableBytes } from './hello.ts'
import type { WaitContext } from './silence.ts'
import { probeTcp } from './tcp.ts'

/** At most this long: the bytes are a detail, and the server was quick to answer before. */
const briefMs = 1000

/** The first bytes as printable text, or undefined when nothing came this time. */
export async function probeFirstBytes(
  to: { address: string; port: number; serverName: string },
  ctx: WaitContext,
): Promise<string | undefined> {
  const brief = { deadline: ctx.deadline, clock: ctx.clock, timeoutMs: Math.min(ctx.timeoutMs, briefMs) }
  const { socket } = await probeTcp({ address: to.address, port: to.port }, { ...brief, tries: 1 })
  if (!socket) return undefined
  const { received } = await exchange(socket, makeClientHello({ serverName: to.serverName, size: 'small' }), brief)
  return received.length > 0 ? printableBytes(received) : undefined
}
