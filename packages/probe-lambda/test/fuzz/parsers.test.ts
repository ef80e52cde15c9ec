// Whatever event somebody invokes the function with: no crash, no hang, no prototype changed. A few hundred inputs here;
// `node scripts/fuzz.mjs` gives them as long as somebody likes.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parsers } from './parsers.ts'

const runs = Number(process.env.ENIPROBE_FUZZ ?? 300)
const { fuzz } = await import(new URL('../../../../../scripts/fuzz/run.mjs', import.meta.url).href)

describe('any event is read without harm', { concurrency: 2 }, () => {
  for (const { name } of parsers)
    test(name, async t => {
      const told = await fuzz({ module: new URL('./parsers.js', import.meta.url).href, name, runs })
      const again = `node scripts/fuzz.mjs 60 "${name}" --seed ${told.seed}`
      assert.equal(
        told.error,
        undefined,
        `${told.error}\ninput: ${Buffer.from(told.input ?? [])
          .toString('latin1')
          .slice(0, 500)}\n${again}`,
      )
      assert.equal(told.count, runs)
      t.diagnostic(`${told.count} inputs, the slowest took ${told.mostCpuMs} ms of CPU`)
    })
})
