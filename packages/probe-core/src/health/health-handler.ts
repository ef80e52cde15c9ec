// A readiness check over HTTP: what the last background run said, from memory. For Express, Fastify and plain Node alike.

import type { HealthCheck, HealthStatus } from './health-check.ts'

/** What `node:http`, Express and Fastify's `request.raw` have in common. */
export interface HandledRequest {
  readonly method?: string | undefined
}

/** What `node:http`, Express and Fastify's `reply.raw` have in common. */
export interface HandledResponse {
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown
  end(body?: string): unknown
}

export interface HealthHandlerOptions {
  /** False: state and time alone, for a path that strangers can ask. Default: findings too, with targets and fixes. */
  readonly details?: boolean
  /** The status while no run has ended yet. Default 503: not ready before it is known. */
  readonly startingStatus?: 200 | 503
}

/**
 * `(request, response)`: 200 while healthy, 503 otherwise, with JSON that says why; never blocks and never probes by itself.
 * Meant for readiness: a restart, which is what a failed liveness check brings, mends no network.
 */
export function healthHandler(
  check: Pick<HealthCheck, 'status'>,
  options: HealthHandlerOptions = {},
): (request: HandledRequest, response: HandledResponse) => void {
  return (request, response) => {
    const status = check.status()
    const body = `${JSON.stringify(summaryOf(status, options.details ?? true))}\n`
    const code = status.state === 'healthy' ? 200 : status.state === 'starting' ? (options.startingStatus ?? 503) : 503
    response.writeHead(code, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
}

export interface HealthSummary {
  readonly status: HealthStatus['state']
  readonly checkedAt: string | null
  readonly findings?: readonly {
    readonly severity: string
    readonly cause: string
    readonly confidence: string
    readonly targets: readonly string[]
    readonly fix: string
  }[]
  readonly problem?: string
}

export function summaryOf({ state, checkedAt, findings, problem }: HealthStatus, details: boolean): HealthSummary {
  if (!details) return { status: state, checkedAt }
  const told = findings.flatMap(({ severity, causes: [first], targets, fix }) =>
    first === undefined ? [] : [{ severity, cause: first.cause, confidence: first.confidence, targets, fix: fix.summary }],
  )
  return { status: state, checkedAt, findings: told, ...(problem === null ? {} : { problem }) }
}
