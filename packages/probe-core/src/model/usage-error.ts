// The caller's mistake: a bad option, a profile that is not there. Never for what the network said; that is an observation.

/** Thrown for a mistake that the caller can mend. `code` is stable; `hint` says the mend in one line. */
export class ProbeUsageError extends Error {
  readonly code: string
  readonly hint: string

  constructor(code: string, message: string, hint: string) {
    super(message)
    this.name = 'ProbeUsageError'
    this.code = code
    this.hint = hint
  }
}
