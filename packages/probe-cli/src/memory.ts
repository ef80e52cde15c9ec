// Keeps what a run over thousands of targets takes of memory near what it uses: V8 lets what nobody needs any more grow to several times
// that, as long as the machine has it. This may run on the smallest of machines, beside a workload.

import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** A run below this many targets ends before it matters. */
const fewTargets = 200
/** How often it is looked at: by targets that are done. */
const lookedAtEvery = 50
const mostLeft = 10 * 2 ** 20

export interface Tidy {
  /** A target is done. */
  settled(): void
  /** A part of the run is over: what it needed nobody needs any more. */
  between(): void
}

/** `targets`: so many are wanted. Called before they are looked at more closely, which fills the space for what is new by itself. */
export function makeTidy(targets: number): Tidy {
  if (targets >= fewTargets) keepYoungSmall()
  let done = 0
  let inUse = heapUsed()
  let collect: (() => void) | undefined
  const tidy = () => {
    collect ??= findCollector()
    collect()
    inUse = heapUsed()
  }
  return {
    settled: () => {
      done += 1
      if (done < fewTargets || done % lookedAtEvery !== 0) return
      if (heapUsed() - inUse > mostLeft) tidy()
    },
    between: () => {
      if (done >= fewTargets) tidy()
    },
  }
}

/**
 * V8 lets the space for what is new grow to 32 MiB, in Node 24 to 64, where much of it lives a while, as what is waited for does: by
 * factors, and by a factor of one not at all. What lives moves on to the old space sooner, which is looked after here.
 */
function keepYoungSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** Of V8 itself: `process.memoryUsage` reads /proc for more, and fails where there is none. */
function heapUsed(): number {
  return getHeapStatistics().used_heap_size
}

function findCollector(): () => void {
  try {
    setFlagsFromString('--expose-gc')
    const collect: unknown = runInNewContext('gc')
    return typeof collect === 'function' ? () => void collect() : () => {}
  } catch {
    // A Node that does not let it be called: what it takes is then its own affair.
    return () => {}
  }
}
