// The zip that people deploy: small, with nothing of the machine that made it.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'

const zip = readFileSync(new URL('../../../dist/eniprobe-lambda.zip', import.meta.url))
const files = unzipSync(zip)

test('the zip is small, holds the handler and the license, and lists its files in the order of their names', () => {
  assert.ok(zip.length < 1 << 20, `${zip.length} bytes`)
  const names = Object.keys(files)
  assert.deepEqual(names.slice(0, -1), [...names.slice(0, -1)].sort())
  assert.ok(names.includes('index.mjs') && names.at(-1) === 'LICENSE')
  assert.ok((files['index.mjs']?.length ?? 0) < 2000, 'what a start reads is small')
})

test('nothing in the zip names the folder that it was built in', () => {
  const root = fileURLToPath(new URL('../../../../../', import.meta.url))
  for (const [name, bytes] of Object.entries(files)) assert.ok(!Buffer.from(bytes).includes(root), name)
})
