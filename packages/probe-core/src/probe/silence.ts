// Waiting for the far side, bounded: the first event, or nothing in time. And whose nothing that was: the far side's
// silence, or our own time run out. Only the first is an observation.

import type { ProbeContext } from './context.ts'

/** What every waiting probe is handed: how long it may wait at this layer, within the run's deadline. */
export interface WaitContext extends ProbeContext {
  readonly timeoutMs: number
}

type Silence =
  | { readonly outcome: 'silent'; readonly waitedMs: number }
  | { readonly outcome: 'skipped'; readonly because: 'no-time' }

/** Waited for nine tenths of the timeout: long enough to be called silent although the run's deadline cut it. */
const enough = 0.9

/** `startMs` is when the waiting began, by `ctx.clock`. */
export function readSilence(startMs: number, ctx: WaitContext): Silence {
  const waitedMs = elapsedSince(startMs, ctx)
  // Nothing but the deadline ends a wait early; asking it would race with its timer.
  return waitedMs < ctx.timeoutMs * enough
    ? { outcome: 'skipped', because: 'no-time' }
    : { outcome: 'silent', waitedMs: Math.round(waitedMs) }
}

/** Milliseconds since `startMs`, to a tenth, never negative. */
export function elapsedSince(startMs: number, ctx: ProbeContext): number {
  return Math.max(0, Math.round((ctx.clock.sinceStartMs() - startMs) * 10) / 10)
}

interface Settle<T> {
  /** What came. Only the first call counts. */
  done(value: T): void
  /** Our own failure: the wait rejects with it. */
  fail(error: unknown): void
}

/**
 * Waits for the first `done` of `listen`, for `ctx.timeoutMs` or to the deadline's end; undefined when nothing came.
 * What `listen` returns is called once at the end, to let go of listeners and timers.
 */
export function awaitFirst<T>(ctx: WaitContext, listen: (settle: Settle<T>) => (() => void) | undefined): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    let settled = false
    let letGo: (() => void) | undefined
    const end = (conclude: () => void) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      takeBack?.()
      letGo?.()
      conclude()
    }
    // Events that the kernel holds already count: after a busy spell timers fire first, and would invent a silence.
    const expire = () => setImmediate(() => end(() => resolve(undefined)))
    const timer = setTimeout(expire, Math.ceil(Math.max(0, Math.min(ctx.timeoutMs, ctx.deadline.remainingMs()))))
    const takeBack = ctx.deadline.onEnd(expire)
    try {
      letGo = listen({ done: value => end(() => resolve(value)), fail: error => end(() => reject(error)) })
    } catch (error) {
      end(() => reject(error))
    }
    if (settled) letGo?.()
  })
}
