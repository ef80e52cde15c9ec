// One parser under fire, in a thread whose memory is limited. Before each input it is laid where the main thread can read it: an
// input that never comes back, or that eats the memory, is known all the same.
import { deepStrictEqual } from 'node:assert'
import { parentPort, workerData } from 'node:worker_threads'
import { fc, nearTo } from './mutate.mjs'

const { module, name, seconds, runs, seed, shared } = workerData
const { parsers } = await import(module)
const parser = parsers.find(one => one.name === name)
const header = new Int32Array(shared, 0, 2)
const room = new Uint8Array(shared, 8)
const clean = prototypes()
let count = 0
let mostCpuMs = 0

const check = async input => {
  room.set(input.subarray(0, room.length))
  Atomics.store(header, 1, Math.min(input.length, room.length))
  Atomics.add(header, 0, 1)
  const before = process.cpuUsage()
  await parser.read(input)
  const { user, system } = process.cpuUsage(before)
  count += 1
  mostCpuMs = Math.max(mostCpuMs, (user + system) / 1000)
  // Linear work on an input of this size takes milliseconds; the limit leaves room for a machine that is busy with other things.
  if ((user + system) / 1000 > 1500) throw new Error(`${Math.round((user + system) / 1000)} ms of CPU for ${input.length} bytes`)
  deepStrictEqual(prototypes(), clean, 'a prototype was changed')
}
const told = await fc.check(fc.asyncProperty(nearTo(parser), check), {
  seed,
  numRuns: runs ?? Number.MAX_SAFE_INTEGER,
  ...(seconds !== undefined && { interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false }),
  // Shrinking gets as long as finding did.
  endOnFailure: false,
})
await parser.close?.()
parentPort.postMessage({
  count,
  mostCpuMs: Math.round(mostCpuMs),
  ...(told.failed && {
    seed: told.seed,
    path: told.counterexamplePath,
    input: Buffer.from(told.counterexample?.[0] ?? []),
    error: String(told.errorInstance?.stack ?? told.errorInstance ?? 'failed'),
  }),
})

function prototypes() {
  return [Object, Array, String, Function, Map].map(({ prototype }) => Object.getOwnPropertyNames(prototype).length)
}
