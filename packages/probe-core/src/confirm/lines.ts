// The connections over which the control plane is asked: opened once a host, reused, a few side by side when several questions
// are under way. It says nothing about what is asked over them.

import type { AwsConnection } from '../probe/aws.ts'
import type { ClosableConnection, HostPlace, LineEnd, OpenControlLine } from '../probe/control-line.ts'

export interface Line {
  /** A connection that nobody else uses meanwhile. */
  use<T>(work: (connection: AwsConnection) => Promise<T>): Promise<T>
}

interface Lines {
  /** Opens the first connection, or joins whoever does. */
  to(place: HostPlace): Promise<Line | { readonly end: LineEnd }>
  close(): void
}

const mostAHost = 3

export function makeLines(open: OpenControlLine): Lines {
  const lines = new Map<string, Promise<Line | { readonly end: LineEnd }>>()
  const opened: ClosableConnection[] = []
  let isClosed = false
  const keep = (connection: ClosableConnection) => {
    opened.push(connection)
    if (isClosed) connection.close()
    return connection
  }
  const begin = async (place: HostPlace): Promise<Line | { readonly end: LineEnd }> => {
    const first = await open(place)
    if ('end' in first) return first
    const idle: ClosableConnection[] = [keep(first.connection)]
    const waiting: ((connection: ClosableConnection) => void)[] = []
    let count = 1
    const give = (connection: ClosableConnection) => {
      const next = waiting.shift()
      if (next) next(connection)
      else idle.push(connection)
    }
    const take = async (): Promise<ClosableConnection> => {
      const free = idle.pop()
      if (free) return free
      const turn = new Promise<ClosableConnection>(resolve => waiting.push(resolve))
      if (count < mostAHost) {
        count += 1
        // Whichever is first: a new one, or one that somebody gives back. A second that cannot be had is done without.
        open(place).then(
          more => 'connection' in more && give(keep(more.connection)),
          () => {},
        )
      }
      return turn
    }
    return {
      use: async work => {
        const connection = await take()
        try {
          return await work(connection)
        } finally {
          give(connection)
        }
      },
    }
  }
  return {
    to: place => {
      const key = `${place.scheme ?? 'https'}://${place.host}:${place.port}`
      const known = lines.get(key) ?? begin(place)
      lines.set(key, known)
      return known
    },
    close: () => {
      isClosed = true
      for (const connection of opened) connection.close()
    },
  }
}
