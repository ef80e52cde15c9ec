// How many targets may be under way at once. Whoever only waits in silence gives its place to the next, so that many silent
// targets cost one timeout together and not one after another.

import { makeQueue } from './queue.ts'

/** What has not ended by then is waiting, not working: a round trip within a region takes a few ms. */
const workingMs = 100

export interface Places {
  /** Takes a place to begin `work`, and gives it back when `work` ends or has gone on for a moment. */
  toBegin<T>(work: () => Promise<T>): Promise<T>
}

export function makePlaces(count: number): Places {
  const queue = makeQueue(count)
  return {
    toBegin: async work => {
      await queue.enter()
      let isTaken = true
      const leave = () => {
        if (isTaken) queue.leave()
        isTaken = false
      }
      const moment = setTimeout(leave, workingMs)
      try {
        return await work()
      } finally {
        clearTimeout(moment)
        leave()
      }
    },
  }
}
