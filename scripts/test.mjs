// Runs every test of every package with node:test and prints one summary. Files run side by side, as many as there are cores;
// then those of the lab one after another: each raises several networks at once, and waits for silence.
//   node scripts/test.mjs [word ...]   only test files whose path contains one of the words
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import { spec as Spec } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const words = process.argv.slice(2)
const files = readdirSync(join(root, 'packages'))
  .flatMap(name => testFiles(join('packages', name, 'dist', 'test')))
  .filter(path => words.length === 0 || words.some(word => path.includes(word)))
  .sort()
if (files.length === 0) {
  process.stderr.write(`no test file matches ${words.join(' ')}\n`)
  process.exit(1)
}
const isHeavy = path => path.includes('probe-lab')
const groups = [
  { files: files.filter(path => !isHeavy(path)), concurrency: availableParallelism() },
  { files: files.filter(isHeavy), concurrency: 1 },
]
process.chdir(root)
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim()
// Once for all files of the lab: what is slow to start, and what they may share.
if (files.some(isHeavy)) await (await import('../packages/probe-lab/dist/src/world/authorities.js')).shareLab()
await pipeline(Readable.from(events()), new Spec(), process.stdout, { end: false })

/** What node:test reports about all groups, with one closing summary in place of one each. */
async function* events() {
  const totals = new Map()
  for (const { files, concurrency } of groups) {
    if (files.length === 0) continue
    for await (const event of run({ files: files.map(path => join(root, path)), concurrency })) {
      if (event.type === 'test:fail' && event.data.todo === undefined) process.exitCode = 1
      const total = event.type === 'test:diagnostic' && event.data.nesting === 0 ? totalIn(event.data.message) : null
      if (total !== null) totals.set(total.name, (totals.get(total.name) ?? 0) + total.count)
      else if (event.type !== 'test:summary') yield event
    }
  }
  for (const [name, count] of totals) yield { type: 'test:diagnostic', data: { nesting: 0, message: `${name} ${count}` } }
}

function totalIn(message) {
  const [, name, count] = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)$/.exec(message) ?? []
  return name === undefined ? null : { name, count: Number(count) }
}

function testFiles(path) {
  if (!existsSync(join(root, path))) return []
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap(entry => {
    if (entry.isDirectory()) return testFiles(join(path, entry.name))
    // A built test whose source is gone is a leftover.
    const source = join(path, entry.name)
      .replace(/([\\/])dist[\\/]/, '$1')
      .replace(/\.js$/, '.ts')
    return entry.name.endsWith('.test.js') && existsSync(join(root, source)) ? [join(path, entry.name)] : []
  })
}
