// The line that a person watches: what is under way, layer by layer, and at last by name. It never leaves its own line.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import type { PlannedTarget } from '@eniprobe/core'
import { en } from '../src/messages/en.ts'
import { showProgress } from '../src/progress.ts'
import { widthOf } from '../src/render/layout.ts'

const ids = ['logs', 's3', 'kms', 'tcp://a-rather-long-name.internal:5432', '日本語.example\u001b[2J\nx']
const targets = ids.map((id): PlannedTarget => {
  return { id, kind: 'service', service: null, host: id, port: 443, region: null, wantedBy: ['command-line'] }
})

/** A terminal of so many columns, and what is on its line at the next drawing. */
function terminal(columns: number) {
  const drawn: string[] = []
  let waiting: ((line: string) => void)[] = []
  const stream = {
    columns,
    write: (text: string) => {
      drawn.push(text)
      for (const tell of waiting) tell(text)
      waiting = []
      return true
    },
  }
  const next = () => new Promise<string>(resolve => waiting.push(resolve))
  return { stream: stream as unknown as NodeJS.WriteStream, drawn, next }
}

test('progress tells the layers that are under way, names the last few, and leaves nothing behind', async () => {
  const { stream, drawn, next } = terminal(60)
  const keepsAlive = setInterval(() => {}, 1000)
  const progress = showProgress(stream, 15_000, en)
  try {
    assert.match(drawn[0] ?? '', /looking around$/)
    progress.onEvent({ kind: 'planned', targets })
    assert.match(await next(), /0\/5 settled {2}dns 5 {2}[\d.]+ m?s of 15 s$/)
    progress.onEvent({
      kind: 'observed',
      target: 'logs',
      observation: { layer: 'dns', outcome: 'skipped', because: 'not-asked' },
    })
    assert.match(await next(), /dns 4 {2}tcp 1/)
    for (const id of ['logs', 's3', 'kms']) progress.onEvent({ kind: 'settled', target: id, verdict: 'healthy' } as never)
    assert.match(await next(), /3\/5 settled {2}dns 2 .* of 15 s {2}tcp:\/\/a-rather/)
  } finally {
    progress.stop()
    clearInterval(keepsAlive)
  }
  assert.equal(drawn.at(-1), '\r\u001b[2K')
  for (const text of drawn) {
    const line = stripVTControlCharacters(text).replace('\r', '')
    assert.ok(widthOf(line) < 60 && !line.includes('\n'), line)
  }
})
