// The time a run has left, made once at the edge and handed down. A spent deadline makes `skipped: no-time`,
// never a false `silent`: whoever waits asks the deadline who fired.

import { setMaxListeners } from 'node:events'

export interface Deadline {
  /** Aborts when the time is spent or the caller gives up. */
  readonly signal: AbortSignal
  /**
   * Calls `listener` once, at the end, and at once where that has come. What it returns takes the listener back. For waits that thousands
   * make at once: a signal goes through all its listeners to add one, and one that was taken back keeps the next in memory.
   */
  onEnd(listener: () => void): () => void
  remainingMs(): number
  spent(): boolean
  /** A deadline of `capMs` from now, or this one's end if that comes first. Dispose it to free its timer. */
  sub(capMs: number): Deadline
  /** Resolves after `ms` or at the deadline's end, whichever is first: true if the whole `ms` passed. */
  wait(ms: number): Promise<boolean>
  /**
   * What `work` comes to before the end, and within `ms` where that is given; undefined when that is first. A failure of the work before
   * is thrown. No timer is left behind, which would hold what came for as long as it runs.
   */
  until<T>(work: Promise<T>, ms?: number): Promise<T | undefined>
  dispose(): void
}

export function startDeadline(ms: number, callerSignal?: AbortSignal): Deadline {
  return make(performance.now() + ms, callerSignal)
}

function make(endsAt: number, parent: AbortSignal | undefined): Deadline {
  const controller = new AbortController()
  // Every wait of a run listens to it: many at once are no leak, and Node would print a warning into the caller's output.
  setMaxListeners(0, controller.signal)
  const remaining = () => Math.max(0, endsAt - performance.now())
  // Timers fire up to a millisecond early: who was woken by the end must find it reached.
  const spent = () => controller.signal.aborted || remaining() < 1
  const abort = () => controller.abort()
  // Not unref'd on purpose while waiting matters: sockets of a run keep the loop alive, timers must not outlive it.
  const timer = setTimeout(abort, Math.min(Math.ceil(remaining()), 2 ** 31 - 1))
  timer.unref()
  if (parent?.aborted) abort()
  else parent?.addEventListener('abort', abort, { once: true })

  const dispose = () => {
    clearTimeout(timer)
    parent?.removeEventListener('abort', abort)
  }
  const listeners = new Set<() => void>()
  const end = () => {
    dispose()
    for (const listener of listeners) listener()
    listeners.clear()
  }
  controller.signal.addEventListener('abort', end, { once: true })
  const onEnd = (listener: () => void) => {
    if (controller.signal.aborted) listener()
    else listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  return {
    signal: controller.signal,
    onEnd,
    remainingMs: () => (controller.signal.aborted ? 0 : remaining()),
    spent,
    sub: capMs => make(Math.min(endsAt, performance.now() + capMs), controller.signal),
    wait: ms =>
      new Promise(resolve => {
        if (controller.signal.aborted) return resolve(false)
        const done = setTimeout(() => finish(true), ms)
        const finish = (whole: boolean) => {
          clearTimeout(done)
          takeBack()
          resolve(whole)
        }
        const takeBack = onEnd(() => finish(false))
      }),
    until: (work, ms) =>
      new Promise((resolve, reject) => {
        if (spent()) {
          work.catch(() => {})
          return resolve(undefined)
        }
        const end = (conclude: () => void) => {
          clearTimeout(done)
          takeBack()
          conclude()
        }
        const late = () => end(() => resolve(undefined))
        const done = ms === undefined ? undefined : setTimeout(late, ms)
        const takeBack = onEnd(late)
        work.then(
          value => end(() => resolve(value)),
          error => end(() => reject(error)),
        )
      }),
    dispose,
  }
}
