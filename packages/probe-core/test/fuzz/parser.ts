// What the fuzzers ask of a parser: real samples to start from, and a reading that asserts whatever must hold for any input.
// It is not the parser itself: those stand in src.

import assert from 'node:assert/strict'

export interface FuzzedParser {
  readonly name: string
  /** Real inputs; every other one is made of them. */
  readonly samples: readonly (string | Uint8Array)[]
  /** Words of its own grammar that no sample repeats often enough. */
  readonly pieces?: readonly (string | Uint8Array)[]
  /** Rejects or throws only for a broken promise: an input that is refused is read well. */
  readonly read: (input: Buffer) => unknown
  readonly close?: () => unknown
}

const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** What will stand in a report: no character that a terminal obeys, and no more than `most` of it. */
export function assertPrintable(told: unknown, most = 1_000_000): void {
  const seen: unknown[] = [told]
  let length = 0
  while (seen.length > 0) {
    const one = seen.pop()
    if (typeof one === 'string') {
      const found = unprintable.exec(one)
      assert.equal(found, null, `U+${found?.[0].charCodeAt(0).toString(16)} in ${JSON.stringify(one.slice(0, 200))}`)
      length += one.length
    } else if (one instanceof Map) seen.push(...one.keys(), ...one.values())
    else if (typeof one === 'object' && one !== null) for (const [key, value] of Object.entries(one)) seen.push(key, value)
  }
  assert.ok(length <= most, `${length} characters`)
}
