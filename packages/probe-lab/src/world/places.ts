// How many VPCs stand at once, over all test processes of a run: a test that raises one waits for a place, and the kernel gives the
// place back when the test or its process ends. More at once make a machine so slow that a peer's answer looks like silence.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Hands out `most` places on the Unix socket `path`, first come first served; keeps this process from nothing. */
export async function offerPlaces(path: string, most: number): Promise<void> {
  const waiting: Socket[] = []
  const taken = new Set<Socket>()
  const hand = (): void => {
    for (const next of waiting.splice(0, most - taken.size)) {
      taken.add(next)
      next.write('yours')
    }
  }
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.on('close', () => {
      taken.delete(socket)
      const at = waiting.indexOf(socket)
      if (at >= 0) waiting.splice(at, 1)
      hand()
    })
    socket.resume()
    socket.unref()
    waiting.push(socket)
    hand()
  })
  server.listen(path)
  await once(server, 'listening')
  server.unref()
}

/** Waits for a place; the function gives it back. */
export async function takePlace(path: string): Promise<() => void> {
  const socket = connect({ path })
  socket.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    socket.once('data', () => resolve())
    socket.once('close', () => reject(new Error('nobody hands out places for VPCs any more')))
  })
  socket.unref()
  return () => socket.destroy()
}
