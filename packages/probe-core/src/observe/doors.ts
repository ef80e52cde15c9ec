// How many connections one address and port has of ours at once: a thousand pages of one server are no reason for a thousand
// connections. Whoever hears nothing has no connection, and keeps nobody waiting.

import { makeQueue, type Queue } from './queue.ts'

/** More than a client of its own opens, less than any server notices. */
const mostAtOnce = 16
/** As long as that, an answer may be on its way. */
const answeringMs = 100

export interface Doors {
  /** Resolves when a connection may be opened there. Who entered leaves when it is closed, or was not to be had. */
  enter(address: string, port: number): Promise<Door>
}

export interface Door {
  /** Something answered: the connection counts until it is left. */
  opened(): void
  leave(): void
}

export function makeDoors(): Doors {
  const doors = new Map<string, Queue>()
  return {
    enter: async (address, port) => {
      const place = `${address} ${port}`
      const queue = doors.get(place) ?? makeQueue(mostAtOnce)
      doors.set(place, queue)
      await queue.enter()
      let isInside = true
      const leave = () => {
        clearTimeout(timer)
        if (!isInside) return
        isInside = false
        queue.leave()
        if (queue.isEmpty()) doors.delete(place)
      }
      const timer = setTimeout(leave, answeringMs)
      return { opened: () => clearTimeout(timer), leave }
    },
  }
}
