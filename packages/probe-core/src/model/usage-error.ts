// A mistake of the caller: a wrong word on a command line, a file that is not a report. Never a fact about the network.

import type { Said } from './language.ts'

/**
 * `code` is stable and in kebab-case; `message` says what and where; `hint` says the mend. All three in one line each.
 * `message` and `hint` are English; `said` has both in every language.
 */
export class ProbeUsageError extends Error {
  readonly code: string
  readonly hint: string
  readonly said: { readonly message: Said; readonly hint: Said }

  constructor(code: string, message: string | Said, hint: string | Said) {
    const said = { message: inAll(message), hint: inAll(hint) }
    super(said.message.en)
    this.name = 'ProbeUsageError'
    this.code = code
    this.hint = said.hint.en
    this.said = said
  }
}

/** Words that have no language (a code, a command) are the same in all. */
function inAll(words: string | Said): Said {
  return typeof words === 'string' ? { en: words, ja: words } : words
}
