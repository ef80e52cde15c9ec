// So many at once, the others in turn. Thousands wait here for long: a list whose links the collector would have to follow through
// everything that ever waited is what this is not.

export interface Queue {
  /** Resolves when there is room; whoever entered leaves once. */
  enter(): Promise<void>
  leave(): void
  /** Nobody is inside, and nobody waits. */
  isEmpty(): boolean
}

export function makeQueue(room: number): Queue {
  const waiting: ((() => void) | undefined)[] = []
  let first = 0
  let inside = 0
  return {
    enter: () => {
      if (inside < room) {
        inside += 1
        return Promise.resolve()
      }
      return new Promise(resolve => void waiting.push(resolve))
    },
    leave: () => {
      const next = waiting[first]
      if (next === undefined) {
        inside -= 1
        return
      }
      waiting[first] = undefined
      first += 1
      if (first === waiting.length || first >= 1024) first -= waiting.splice(0, first).length
      next()
    },
    isEmpty: () => inside === 0,
  }
}
