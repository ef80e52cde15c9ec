// Ctrl-C and SIGTERM: the first ends the run with what it has, the second ends the process.

export interface Interrupt {
  readonly signal: AbortSignal
  dispose(): void
}

export function watchInterrupts(onFirst: () => void): Interrupt {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(130)
    onFirst()
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    },
  }
}
