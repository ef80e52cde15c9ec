// A small Lambda: starts a function under the real runtime interface client, hands it events over the Runtime API, and ends it when
// its time is up. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LambdaRuntime } from './find-runtime.ts'

export interface FunctionSettings {
  readonly runtime: LambdaRuntime
  readonly folder: string
  readonly handler: string
  readonly name: string
  readonly timeoutMs: number
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Invoked {
  readonly kind: 'response' | 'error' | 'timeout'
  /** What the function answered, or its error as Lambda tells it. */
  readonly body: unknown
  readonly tookMs: number
}

export interface RunningFunction {
  /** From the start of the process to its first question for an event. */
  readonly initMs: number
  /** The most memory held so far, in KiB. */
  peakKib(): number
  invoke(event: unknown): Promise<Invoked>
  /** Everything on standard output and error so far: what would be in the function's log. */
  log(): string
  stop(): void
}

export async function startFunction({
  runtime,
  folder,
  handler,
  name,
  timeoutMs,
  env,
}: FunctionSettings): Promise<RunningFunction> {
  let waiting: ServerResponse | undefined
  let asks: () => void = () => undefined
  let settle: (kind: 'response' | 'error', body: string) => void = () => undefined
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    if (url.endsWith('/invocation/next')) {
      waiting = response
      return asks()
    }
    let body = ''
    request.setEncoding('utf8').on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      response.writeHead(202).end()
      settle(url.endsWith('/response') ? 'response' : 'error', body)
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const startedAt = performance.now()
  const child = spawn(runtime.node, [runtime.client, handler], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...env,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: handler,
    },
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', chunk => {
      log += chunk
    })
  const stop = () => {
    child.kill('SIGKILL')
    server.closeAllConnections()
    server.close()
  }
  const ended = new Promise<never>((_, reject) =>
    child.once('exit', code => reject(new Error(`the function's process ended with ${code}: ${log.slice(-2000)}`))),
  )
  ended.catch(() => undefined)
  const asked = async () => {
    if (waiting === undefined) await Promise.race([ended, new Promise<void>(done => (asks = done))])
  }
  try {
    // A function that cannot be loaded says so, and ends.
    settle = (_, body) => {
      log += body
    }
    await asked()
  } catch (error) {
    stop()
    throw error
  }
  const initMs = performance.now() - startedAt
  return {
    initMs,
    peakKib: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]),
    log: () => log,
    stop,
    invoke: async event => {
      await asked()
      const response = waiting
      waiting = undefined
      const begunAt = performance.now()
      const told = new Promise<Invoked>(resolve => {
        const end = (kind: Invoked['kind'], body: string) =>
          resolve({ kind, body: body === '' ? undefined : JSON.parse(body), tookMs: performance.now() - begunAt })
        // What Lambda does with a function that is late: it ends it, and nothing of it is told.
        const timer = setTimeout(() => {
          end('timeout', '')
          stop()
        }, timeoutMs)
        settle = (kind, body) => {
          clearTimeout(timer)
          end(kind, body)
        }
      })
      response?.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': randomUUID(),
        'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
        'lambda-runtime-invoked-function-arn': `arn:aws:lambda:ap-northeast-1:123456789012:function:${name}`,
        'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
      })
      response?.end(JSON.stringify(event))
      return Promise.race([told, ended])
    },
  }
}
