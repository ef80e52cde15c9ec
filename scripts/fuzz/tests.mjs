// The tests of one package's parsers: a few inputs for each, the same ones every time, so that a change is judged by itself.
// `node scripts/fuzz.mjs` gives new ones as long as somebody likes; what it finds becomes a test of its own.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fuzz } from './run.mjs'

const seed = 20_181

/**
 * @param {{ promise: string, module: URL, runs: number }} what `module` exports `parsers`, as `fuzz` takes them; `runs` for each of them
 */
export async function testParsers({ promise, module, runs: few }) {
  const runs = Number(process.env.ENIPROBE_FUZZ ?? few)
  const { parsers } = await import(module.href)
  assert.ok(parsers.length > 0)
  describe(promise, { concurrency: 2 }, () => {
    for (const { name } of parsers)
      test(name, async t => {
        const told = await fuzz({ module: module.href, name, runs, seed })
        const input = Buffer.from(told.input ?? []).toString('latin1')
        const again = `node scripts/fuzz.mjs 60 "${name}" --seed ${seed}`
        assert.equal(told.error, undefined, `${told.error}\ninput: ${input.slice(0, 500)}\n${again}`)
        assert.equal(told.count, runs)
        t.diagnostic(`${told.count} inputs, the slowest took ${told.mostCpuMs} ms of CPU`)
      })
  })
}
