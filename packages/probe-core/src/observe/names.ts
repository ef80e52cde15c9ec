// What DNS was asked in this run, so that ten targets on one host are one question.

import type { DnsObservation } from '../model/observation.ts'

export interface AskedName {
  /** Resolves when the question goes out: who suspects a silence counts from there. */
  readonly begun: Promise<void>
  readonly answer: Promise<DnsObservation>
}

export interface NamesAsked {
  /** What is under way or known for `key`, or what `ask` begins. */
  once(key: string, ask: () => AskedName): AskedName
  /** Nobody is expected to ask for `key` again. */
  forget(key: string): void
}

export function makeNamesAsked(): NamesAsked {
  const asked = new Map<string, AskedName | DnsObservation>()
  return {
    once: (key, ask) => {
      const known = asked.get(key)
      if (known !== undefined) return 'begun' in known ? known : { begun: Promise.resolve(), answer: Promise.resolve(known) }
      const begun = ask()
      asked.set(key, begun)
      // Of thousands of names the answers alone are kept: the report has them anyway.
      begun.answer.then(
        answer => void asked.set(key, answer),
        () => {},
      )
      return begun
    },
    forget: key => void asked.delete(key),
  }
}
