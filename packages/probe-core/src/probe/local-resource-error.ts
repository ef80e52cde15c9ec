// This machine ran out of something (file descriptors, buffers): nothing may then be said about the network.

const localCodes = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'])

/** Thrown by probes in place of an observation: the far side was never asked. `code` is the errno. */
export class LocalResourceError extends Error {
  override readonly name = 'LocalResourceError'
  readonly code: string

  constructor(code: string, cause?: unknown) {
    super(`This machine cannot open another socket (${code}): raise its limit (ulimit -n) or lower the concurrency.`, { cause })
    this.code = code
  }
}

/** Whether the error speaks of this machine's limits and not of the network. */
export function isLocalShortage(error: unknown): boolean {
  return localCodes.has(errorCode(error))
}

/** The errno or library code of an error, `UNKNOWN` when it has none. */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code
  return typeof code === 'string' && code !== '' ? code : 'UNKNOWN'
}
