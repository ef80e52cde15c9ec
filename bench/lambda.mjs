// The Lambda function's start under Lambda's own runtime, against a function that does nothing: the time until it asks for its first
// event, its first answer, its memory and its zip. In a network namespace with loopback alone.
//   node scripts/lambda-runtime.mjs && node bench/lambda.mjs [times]
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findRuntime, startFunction, unpackFunction, zipPath } from '../packages/probe-lab/dist/src/index.js'
import { medianOf, ms, tableOf, times } from './repeat.mjs'

const repeats = Number(process.argv[2] ?? 15)
const runtime = findRuntime('node22')
if ('missing' in runtime) {
  process.stdout.write(`${runtime.missing}\n`)
  process.exit(0)
}
if (process.env.ENIPROBE_BENCH_INSIDE === undefined) {
  const self = [process.execPath, fileURLToPath(import.meta.url), String(repeats)]
  const env = { ...process.env, ENIPROBE_BENCH_INSIDE: '1' }
  const done = spawnSync('unshare', ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...self], {
    stdio: 'inherit',
    env,
  })
  process.exit(done.status ?? 1)
}

const { folder, remove } = unpackFunction()
const empty = mkdtempSync(join(tmpdir(), 'eniprobe-empty-'))
mkdirSync(empty, { recursive: true })
writeFileSync(join(empty, 'index.mjs'), 'export const handler = async () => ({})\n')
// Literal addresses on loopback: nothing is waited for, all that is loaded is.
const event = { targets: ['tcp://127.0.0.1:9'], region: 'eu-west-1', internetCanary: false, sign: false }
const env = { PATH: process.env.PATH, HOME: empty, AWS_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true' }
const kinds = { 'a function that does nothing': empty, 'the probe': folder }
const taken = Object.fromEntries(Object.keys(kinds).map(name => [name, []]))
for (let round = -1; round < repeats; round += 1) {
  for (const [name, where] of Object.entries(kinds)) {
    const one = await startFunction({ runtime, folder: where, handler: 'index.handler', name: 'bench', timeoutMs: 20_000, env })
    const idleKib = one.peakKib()
    const first = await one.invoke(event)
    const again = await one.invoke(event)
    if (first.kind !== 'response') throw new Error(JSON.stringify(first.body))
    // The first round fills the caches of the disk.
    if (round >= 0) taken[name].push([one.initMs, one.initMs + first.tookMs, again.tookMs, idleKib, one.peakKib()])
    one.stop()
  }
}
remove()
rmSync(empty, { recursive: true, force: true })
const [bare, probe] = Object.values(taken).map(rounds => [0, 1, 2, 3, 4].map(at => medianOf(rounds.map(round => round[at]))))
const mib = kib => `${(kib / 1024).toFixed(0)} MiB`
const rows = [
  ['init', 0, ms],
  ['init and a first answer', 1, ms],
  ['memory after init', 3, mib],
  ['memory after two answers', 4, mib],
].map(([what, at, show]) => [what, show(bare[at]), show(probe[at]), times(probe[at] / bare[at])])
process.stdout.write(`${tableOf(['under aws-lambda-ric, Node 22', ...Object.keys(kinds), 'ratio'], rows)}\n\n`)
process.stdout.write(`A second answer: ${ms(probe[2])}. The zip: ${(statSync(zipPath).size / 1024).toFixed(0)} KiB.\n`)
process.exit(0)
