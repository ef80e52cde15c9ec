// What every reader of states does with the words of an answer: cut, cleaned, and times as UTC. No meaning is given here.

import { isRecord } from '../../model/json.ts'
import { safeText } from '../../probe/text.ts'
import { type Body, textOf } from '../read-body.ts'

/** A fact that people will read: one line of printable text, without secrets. */
export function wordsOf(value: unknown, maxLength = 255): string | undefined {
  const text = textOf(value)
  const safe = text === undefined ? '' : safeText(text, maxLength)
  return safe === '' ? undefined : safe
}

/** ISO 8601 in UTC, to the second; JSON protocols send seconds since 1970. Undefined for what is no time. */
export function timeOf(value: unknown): string | undefined {
  const ms = typeof value === 'number' ? value * 1000 : typeof value === 'string' ? Date.parse(value) : Number.NaN
  // Beyond what a Date can hold, its own conversion throws.
  return Number.isFinite(ms) && Math.abs(ms) < 8e15 ? `${new Date(ms).toISOString().slice(0, 19)}Z` : undefined
}

export function recordOf(value: unknown): Body {
  return isRecord(value) ? value : {}
}

/** Without the keys that nobody told. */
export function told<T extends object>(facts: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T
}

/** An identifier that may stand in a command: anything else in its place is not taken for one. */
export function idOf(value: unknown, form: RegExp): string | undefined {
  const text = textOf(value)
  return text !== undefined && text.length <= 255 && form.test(text) ? text : undefined
}
