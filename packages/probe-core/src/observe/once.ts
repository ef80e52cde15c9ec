// Something done at most once a run, when first called for, and shared by whoever calls.

export interface Once<T> {
  /** Starts it, or joins the one under way. */
  ask(): Promise<T>
  /** What came of it if anybody asked; undefined when nobody did. */
  asked(): Promise<T> | undefined
}

export function once<T>(act: () => Promise<T>): Once<T> {
  let result: Promise<T> | undefined
  return {
    ask: () => {
      result ??= act()
      return result
    },
    asked: () => result,
  }
}
