// How many targets may be under way at once. Whoever only waits in silence gives its place to the next, so that many silent
// targets cost one timeout together and not one after another.

import pLimit from 'p-limit'

/** What has not ended by then is waiting, not working: a round trip within a region takes a few ms. */
const workingMs = 100

export interface Places {
  /** Takes a place to begin `work`, and gives it back when `work` ends or has gone on for a moment. */
  toBegin<T>(work: () => Promise<T>): Promise<T>
}

export function makePlaces(count: number): Places {
  const limit = pLimit(count)
  return {
    toBegin: async work => {
      // Wrapped, so that awaiting the place does not await the work.
      const begun = await limit(async () => {
        const under = { way: work() }
        let timer: NodeJS.Timeout | undefined
        const moment = new Promise<void>(resolve => {
          timer = setTimeout(resolve, workingMs)
        })
        await Promise.race([under.way.catch(() => {}), moment])
        clearTimeout(timer)
        return under
      })
      return begun.way
    },
  }
}
