// The published JSON Schema and the shape that `decode` reads by are one. GOLDEN=write makes the file anew.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema'
import { comparisonShape, namedComparisonShapes } from '../../src/report/comparison-shape.ts'
import { namedShapes, reportShape } from '../../src/report/schema.ts'

const folder = new URL('../../../../probe-cli/schema/', import.meta.url)

/** What a hand-written report may leave out, a printed one never does: a field with a default is required. */
function asPrinted(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asPrinted)
  if (typeof schema !== 'object' || schema === null) return schema
  const { default: _, ...rest } = schema as JsonSchema
  const result = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, asPrinted(inner)]))
  if (rest.type === 'object' && rest.properties !== undefined) {
    const withDefault = Object.entries(rest.properties).filter(([, inner]) => typeof inner === 'object' && 'default' in inner)
    const required = new Set([...(rest.required ?? []), ...withDefault.map(([key]) => key)])
    result.required = Object.keys(rest.properties).filter(key => required.has(key))
  }
  return result
}

const published = [
  {
    file: 'eniprobe-1.schema.json',
    title: 'eniprobe/1',
    description: 'A report of eniprobe: where it stood, what it saw at each layer of each target, and what that means.',
    shape: reportShape,
    definitions: namedShapes,
  },
  {
    file: 'eniprobe-comparison-1.schema.json',
    title: 'eniprobe-comparison/1',
    description: 'A comparison of reports: what differs between places or times, and what that says.',
    shape: comparisonShape,
    definitions: namedComparisonShapes,
  },
] as const

for (const { file, title, description, shape, definitions } of published) {
  test(`the published ${file} is the shape that this version reads or prints`, () => {
    const { $schema: _, ...made } = toJsonSchema(shape, { target: 'draft-2020-12', definitions, errorMode: 'throw' })
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title,
      description,
      ...(asPrinted(made) as object),
    }
    const place = new URL(file, folder)
    if (process.env.GOLDEN === 'write') writeFileSync(place, `${JSON.stringify(schema, null, 2)}\n`)
    assert.deepEqual(JSON.parse(readFileSync(place, 'utf8')), schema, 'run once with GOLDEN=write and look at the difference')
  })
}
