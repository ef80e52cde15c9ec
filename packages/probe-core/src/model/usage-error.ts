// A mistake of the caller: a wrong word on a command line, a file that is not a report. Never a fact about the network.

/** `code` is stable and in kebab-case; `message` says what and where; `hint` says the mend. All three in one line each. */
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
