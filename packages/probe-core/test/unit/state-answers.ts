// Answers of AWS as botocore and AWS’s pages show them, for tests of what is read from them.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type Body, readBody } from '../../src/confirm/read-body.ts'

export const answers: Readonly<Record<string, { readonly body: string }>> = JSON.parse(
  readFileSync(new URL('../../../test/unit/data/state-answers.json', import.meta.url), 'utf8'),
)

export const now = Date.parse('2026-11-23T10:00:00Z')
export const api = { cluster: 'web', service: 'api' }

export function answer(name: string): Body {
  const text = answers[name]?.body ?? ''
  return body(text, text.startsWith('{') ? 'json' : 'query')
}

export function body(text: string, protocol = 'query'): Body {
  const read = readBody(Buffer.from(text), protocol)
  assert.ok(read, text.slice(0, 80))
  return read
}
