// The data files themselves: made from their sources, and small enough to travel in one file.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { endpointData } from '../../src/catalog/endpoints.data.ts'
import { workloadData } from '../../src/catalog/workloads.data.ts'

test('the data files are what their sources make', () => {
  const script = join(findRoot(), 'scripts', 'catalog', 'compact.mjs')
  const done = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
  assert.equal(done.status, 0, done.stderr)
})

test('all of it stays under 200 kB', () => {
  assert.ok(Buffer.byteLength(endpointData) + Buffer.byteLength(workloadData) < 200_000)
})

function findRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(at, 'pnpm-workspace.yaml'))) at = dirname(at)
  return at
}
