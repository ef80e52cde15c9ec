// What runs over thousands of targets hold of each: as little as can be until all are done, and then all that was seen.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Observation } from '../../src/model/observation.ts'
import type { PlannedTarget } from '../../src/model/target.ts'
import { makeAway } from '../../src/observe/put-away.ts'

/** What is planned of it takes 170; with observations that are not put away, it is 390 and more. */
const mostBytesEach = 280

test('of thousands of targets that are done each holds little, and nothing of what was seen is lost', () => {
  const child = fileURLToPath(new URL('./held-by-targets.js', import.meta.url))
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', child], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const { bytesEach, lost, untold } = JSON.parse(stdout)
  assert.ok(bytesEach < mostBytesEach, `${Math.round(bytesEach)} bytes each`)
  assert.deepEqual({ lost, untold }, { lost: 0, untold: 0 })
})

function seenOf(at: number) {
  const host = `at-${at}.example`
  const addresses = [`10.0.${at >> 8}.${at & 255}`]
  const observations: Observation[] = [
    {
      layer: 'dns',
      startMs: at + 0.1,
      durationMs: 0.3,
      outcome: 'answered',
      seen: { name: host, addresses, resolver: '10.0.0.2' },
    },
    { layer: 'tls', outcome: 'rejected', code: 'EOF', message: 'zu früh – 早い', seen: { serverName: host, names: [] } },
    { layer: 'http', outcome: 'skipped', because: 'below-failed' },
  ]
  const target = { id: host, host } as PlannedTarget
  return { target, observations }
}

for (const count of [10, 1000, 1037]) {
  test(`what was put away of ${count} targets comes back as it was, and then stays`, () => {
    const away = makeAway(count)
    const all = Array.from({ length: count }, (_, at) => seenOf(at))
    // In the order in which they end, which is not that of the plan.
    for (const seen of all.toReversed()) away.put(seen)
    assert.equal(
      all.some(({ observations }) => observations.length === 0),
      count >= 1000,
    )
    away.takeOut()
    assert.deepEqual(
      all,
      Array.from({ length: count }, (_, at) => seenOf(at)),
    )
    for (const seen of all) away.put(seen)
    away.takeOut()
    assert.deepEqual(all[0], seenOf(0))
  })
}
