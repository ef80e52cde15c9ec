// Fuzzes one parser in a thread of its own, for so many inputs or seconds. It fails on a throw, a hang, a prototype that changed,
// and on more than 64 MB beyond what a thread needs to start.
import { Worker } from 'node:worker_threads'

const longestInput = 1 << 20
/** What an empty thread with the modules loaded has in use, and 64 MB. */
const memoryMb = 64 + 96
const hangMs = 30_000

/**
 * @param {{ module: string, name: string, seconds?: number, runs?: number, seed?: number }} what `module`: URL of a module that exports
 *   `parsers`, a list of `{ name, samples, pieces?, read, close? }`
 * @returns {Promise<{ count: number, mostCpuMs?: number, error?: string, input?: Uint8Array, seed: number, path?: string }>}
 */
export function fuzz({ module, name, seconds, runs, seed = (Math.random() * 0x7fffffff) | 0 }) {
  const shared = new SharedArrayBuffer(8 + longestInput)
  const header = new Int32Array(shared, 0, 2)
  const lastInput = () => new Uint8Array(shared.slice(8, 8 + Atomics.load(header, 1)))
  return new Promise(resolve => {
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
      workerData: { module, name, seconds, runs, seed, shared },
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
    })
    let seen = -1
    let told
    const end = result => {
      clearInterval(watch)
      resolve({ seed, ...result })
    }
    const watch = setInterval(() => {
      const now = Atomics.load(header, 0)
      if (now === seen && now > 0 && told === undefined) {
        void worker.terminate()
        end({ count: now, error: `no end within ${hangMs / 1000} seconds`, input: lastInput() })
      }
      seen = now
    }, hangMs)
    worker.on('message', message => {
      told = message
    })
    worker.on('error', error => end({ count: Atomics.load(header, 0), error: String(error.stack ?? error), input: lastInput() }))
    worker.on('exit', () => end(told ?? { count: Atomics.load(header, 0), error: 'the thread ended early', input: lastInput() }))
  })
}
