// Work under way whose result is looked at when it is wanted, and waited for no longer than there is time.

import type { Deadline } from '../time/deadline.ts'

export interface Kept<T> {
  readonly done: Promise<void>
  /** What it has come to by now; undefined while it is under way, or when it failed. */
  readonly now: T | undefined
}

export function keep<T>(work: Promise<T>): Kept<T> {
  const kept: { done: Promise<void>; now: T | undefined } = { done: Promise.resolve(), now: undefined }
  kept.done = work.then(
    value => {
      kept.now = value
    },
    () => {},
  )
  return kept
}

/**
 * What `work` comes to within `ms`; undefined when it takes longer or the deadline ends. No timer is left behind: a race against a wait
 * would hold what came, a socket perhaps, for as long as the wait goes on.
 */
export function soonEnough<T>(work: Promise<T>, ms: number, deadline: Deadline): Promise<T | undefined> {
  if (deadline.signal.aborted) return Promise.race([work, Promise.resolve(undefined)])
  return new Promise((resolve, reject) => {
    const end = (conclude: () => void) => {
      clearTimeout(timer)
      takeBack()
      conclude()
    }
    const late = () => end(() => resolve(undefined))
    const timer = setTimeout(late, ms)
    const takeBack = deadline.onEnd(late)
    work.then(
      value => end(() => resolve(value)),
      error => end(() => reject(error)),
    )
  })
}
