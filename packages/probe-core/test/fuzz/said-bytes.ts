// What is read of bytes that a server said on a real connection: an HTTP answer, and the machine's metadata. One server for all inputs.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { readDenial } from '../../src/catalog/denial.ts'
import { readEnvelope } from '../../src/probe/envelope.ts'
import { openHttp } from '../../src/probe/http.ts'
import { readHttpAnswer } from '../../src/probe/http-answer.ts'
import { probeMetadata } from '../../src/probe/metadata.ts'
import { startClock } from '../../src/time/clock.ts'
import { startDeadline } from '../../src/time/deadline.ts'
import { assertPrintable } from './parser.ts'

/** Everything that reads one answer, whichever service it came from. */
export function readAnswer(status: number, headers: Readonly<Record<string, string>>, body: Buffer): void {
  for (const protocol of ['query', 'ec2', 'json', 'rest-json', 'rest-xml', 'smithy-rpc-v2-cbor']) {
    const error = readEnvelope({ status, headers, body }, protocol)
    assertPrintable(error, 6000)
    if (error) assertPrintable(readDenial({ ...error, status }), 20_000)
  }
}

export const metadata = [
  ['/latest/api/token', 'AQAEAtoken=='],
  ['/latest/meta-data/mac', '02:00:00:00:00:01'],
  [
    '/task',
    '{"LaunchType":"FARGATE","TaskARN":"arn:aws:ecs:eu-west-1:1:task/a","Containers":[{"Networks":[{"NetworkMode":"awsvpc","IPv4SubnetCIDRBlock":"10.0.0.0/24"}]}]}',
  ],
] as const

/** One server for all inputs: it says the bytes it was last given, and hangs up. */
function rawServer(): { readonly port: Promise<number>; say(bytes: Buffer, head?: string): void; close(): void } {
  let said = Buffer.alloc(0)
  const server = net.createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', request => {
      const path = /^\S+ (\S+)/.exec(request.toString('latin1'))?.[1] ?? ''
      const known = metadata.find(([ending]) => path.endsWith(ending))?.[1]
      const isWhole = said.subarray(0, 5).toString() === 'HTTP/'
      const body = !isWhole && known !== undefined && path.endsWith('/token') ? Buffer.from(known) : said
      socket.end(isWhole ? said : Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`), body]))
    })
  })
  const port = new Promise<number>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port)),
  )
  return {
    port,
    say: bytes => {
      said = Buffer.from(bytes)
    },
    close: () => server.close(),
  }
}

let http: ReturnType<typeof rawServer> | undefined
let link: ReturnType<typeof rawServer> | undefined

export async function readHttp(input: Buffer): Promise<void> {
  http ??= rawServer()
  const port = await http.port
  http.say(Buffer.concat([Buffer.from('HTTP/'), input.subarray(0, 5).toString() === 'HTTP/' ? input.subarray(5) : input]))
  const dial = async () => {
    const socket = net.connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }
  const deadline = startDeadline(5000)
  const connection = await openHttp(await dial(), { host: '127.0.0.1', port, scheme: 'http', address: '127.0.0.1' }, dial)
  try {
    const { observation, answer } = await connection.request(
      { method: 'GET', path: '/' },
      { deadline, clock: startClock(), timeoutMs: 4000 },
    )
    assert.ok(['answered', 'rejected'].includes(observation.outcome), observation.outcome)
    assertPrintable(observation, 4000)
    if (answer) {
      assert.ok(answer.body.length <= 256 * 1024)
      readAnswer(answer.status, answer.headers, answer.body)
      assertPrintable(readHttpAnswer(answer, 0), 4000)
    }
  } finally {
    connection.close()
    deadline.dispose()
  }
}

export async function readMetadata(input: Buffer): Promise<void> {
  link ??= rawServer()
  const base = `http://127.0.0.1:${await link.port}`
  link.say(input)
  const deadline = startDeadline(5000)
  try {
    const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: base, ECS_CONTAINER_METADATA_URI_V4: base }
    assertPrintable(await probeMetadata(env, { deadline, clock: startClock() }), 200_000)
  } finally {
    deadline.dispose()
  }
}

export function closeHttp(): void {
  http?.close()
}

export function closeMetadata(): void {
  link?.close()
}
