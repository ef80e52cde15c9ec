// Work under way whose result is looked at when it is wanted, and waited for no longer than there is time.

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
