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
}

export function makeNamesAsked(): NamesAsked {
  const asked = new Map<string, AskedName>()
  return {
    once: (key, ask) => {
      const known = asked.get(key)
      if (known !== undefined) return known
      const begun = ask()
      asked.set(key, begun)
      return begun
    },
  }
}
