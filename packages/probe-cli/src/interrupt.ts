// Ctrl-C and SIGTERM: the first ends the run with what it has, the second ends the process.

import { interruptedStatus } from './exit-status.ts'

export interface Interrupt {
  readonly signal: AbortSignal
  /** Calls back at the first signal; at once if that has come already. */
  onFirst(tell: () => void): void
  /** Signals end the process again, as they do any; so does one that came meanwhile. */
  giveUp(): Promise<void>
  dispose(): void
}

/** From when it is called: what the process does before, a signal ends without a word. */
export function watchInterrupts(onFirst?: () => void): Interrupt {
  const controller = new AbortController()
  const { signal } = controller
  const tells: (() => void)[] = onFirst === undefined ? [] : [onFirst]
  const stop = () => {
    if (signal.aborted) process.exit(interruptedStatus)
    for (const tell of tells) tell()
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const dispose = () => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
  return {
    signal,
    onFirst: tell => {
      if (signal.aborted) tell()
      else tells.push(tell)
    },
    giveUp: async () => {
      // One that has come and was not told yet would be lost: the loop tells it before it comes back here.
      await new Promise(resolve => setImmediate(resolve))
      dispose()
      if (signal.aborted) process.exit(interruptedStatus)
    },
    dispose,
  }
}
