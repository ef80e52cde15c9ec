// Run by held.test.ts in a process of its own, with --expose-gc: looks at thousands of targets on loopback, and tells what of the heap
// each holds when all are done.
import net from 'node:net'
import type { TestContext } from 'node:test'
import type { PlannedTarget } from '../../src/model/target.ts'
import { startLooks } from '../../src/observe/look.ts'
import { surroundings } from './surroundings.ts'

const collect = globalThis.gc
if (collect === undefined) throw new Error('run it with --expose-gc')
const server = net.createServer(socket => socket.resume().on('error', () => {}))
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as net.AddressInfo
const context = { after: () => {} } as unknown as TestContext
const run = surroundings(context, { connectTimeoutMs: 3000 })

function planned(count: number): PlannedTarget[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `tcp://127.0.0.1:${port} (${at})`,
    kind: 'tcp',
    service: null,
    host: '127.0.0.1',
    port,
    region: null,
    wantedBy: ['command-line'],
  }))
}

/** What was closed last is gone some turns later, and what that held after one collection more. */
async function heldNow(): Promise<number> {
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise(resolve => setTimeout(resolve, 150))
    collect?.()
  }
  return process.memoryUsage().heapUsed
}

async function heldAfter(count: number) {
  const targets = planned(count)
  const before = await heldNow()
  let noted = 0
  const onObserved = () => {
    noted += 1
  }
  const looking = startLooks(targets, run, { concurrency: 64, onObserved }, () => false)
  await looking.ended
  const bytesEach = ((await heldNow()) - before) / count
  const lost = noted - looking.seen().length
  return { bytesEach, lost, untold: looking.looks.filter(({ observations }) => observations.length === 0).length }
}

// The first ones load and compile what all share.
await heldAfter(1500)
process.stdout.write(JSON.stringify(await heldAfter(4000)))
process.exit(0)
