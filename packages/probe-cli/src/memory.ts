// Keeps what a run over thousands of targets takes of memory near what it uses: V8 lets what nobody needs any more grow to several times
// that, as long as the machine has it. This may run on the smallest of machines, beside a workload.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** So many targets leave some ten megabytes behind. */
const targetsATime = 500

/** To be called with every target that is done. */
export function makeTidy(): () => void {
  let done = 0
  let collect: (() => void) | undefined
  return () => {
    done += 1
    if (done % targetsATime !== 0) return
    collect ??= findCollector()
    collect()
  }
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
