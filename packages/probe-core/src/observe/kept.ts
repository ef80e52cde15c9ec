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

/** Waits for `work`, but no longer than the deadline. A failure of ours is thrown. */
export async function within(work: Promise<unknown>, deadline: Deadline): Promise<void> {
  await deadline.until(work)
}
