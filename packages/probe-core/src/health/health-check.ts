// A check in the background: the last result is at hand at once, from memory. It never blocks its caller, never throws, and
// never keeps the process alive.

import type { Finding } from '../model/finding.ts'
import { positive } from '../model/positive.ts'
import type { Report } from '../model/report.ts'
import { type ProbeOptions, probe } from '../probe.ts'
import { isReachable } from './summary.ts'

export type HealthCheckOptions = Omit<ProbeOptions, 'signal' | 'onProgress'> & {
  /** Stops the check, as `stop()` does. */
  readonly signal?: AbortSignal
  /**
   * From the end of one run to the start of the next; spread by a tenth, and up to four times as long while all is well. Default
   * 30,000. Infinity: after the first, only `refresh()` runs another.
   */
  readonly everyMs?: number
}

export interface HealthStatus {
  /** `starting` until the first run has ended; `broken` when the check itself failed (`problem` says why). */
  readonly state: 'starting' | 'healthy' | 'unhealthy' | 'broken'
  readonly findings: readonly Finding[]
  /** When the last run ended; null before. */
  readonly checkedAt: string | null
  readonly report: Report | null
  readonly problem: string | null
}

export interface HealthCheck {
  status(): HealthStatus
  /** Runs now, or joins the run under way, and resolves with what came of it. */
  refresh(): Promise<HealthStatus>
  /** Ends the run under way and starts no other. */
  stop(): void
}

const defaultEveryMs = 30_000
const longestPause = 4
/** Node's timers hold no more: a longer wait would end at once. */
const longestTimerMs = 2 ** 31 - 1

export function createHealthCheck(options: HealthCheckOptions): HealthCheck {
  const { everyMs = defaultEveryMs, signal, ...wanted } = options
  const over = new AbortController()
  let status: HealthStatus = { state: 'starting', findings: [], checkedAt: null, report: null, problem: null }
  let running: Promise<HealthStatus> | undefined
  let timer: NodeJS.Timeout | undefined
  let goodRuns = 0

  const run = async (): Promise<HealthStatus> => {
    const checkedAt = () => new Date().toISOString()
    try {
      if (everyMs !== Number.POSITIVE_INFINITY) positive(everyMs, 'everyMs')
      const report = await probe({ ...wanted, signal: over.signal })
      if (over.signal.aborted) return status
      const healthy = isReachable(report)
      goodRuns = healthy ? goodRuns + 1 : 0
      const { findings } = report
      status = { state: healthy ? 'healthy' : 'unhealthy', findings, checkedAt: checkedAt(), report, problem: null }
    } catch (error) {
      goodRuns = 0
      const problem = error instanceof Error ? error.message : String(error)
      status = { ...status, state: 'broken', checkedAt: checkedAt(), problem }
    }
    return status
  }

  const refresh = (): Promise<HealthStatus> => {
    clearTimeout(timer)
    running ??= run().finally(() => {
      running = undefined
      if (!over.signal.aborted) schedule()
    })
    return running
  }

  const schedule = () => {
    clearTimeout(timer)
    if (!(everyMs > 0) || everyMs === Number.POSITIVE_INFINITY) return
    const calm = Math.min(longestPause, Math.max(1, goodRuns))
    timer = setTimeout(refresh, Math.min(longestTimerMs, everyMs * calm * (0.9 + Math.random() * 0.2)))
    timer.unref()
  }

  const stop = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    over.abort()
  }
  if (signal?.aborted) stop()
  else signal?.addEventListener('abort', stop, { once: true })
  if (!over.signal.aborted) refresh()
  return {
    status: () => status,
    refresh: () => (over.signal.aborted ? Promise.resolve(status) : refresh()),
    stop,
  }
}
