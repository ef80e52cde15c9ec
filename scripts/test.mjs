// Runs every test of every package with node:test and prints one summary. Files run side by side, as many as there are cores;
// then those of the lab. They wait for silence more than they work, so several run at once, but only so many of their networks stand
// at a time; last come those that judge how long something took, a few at a time.
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
const isOfLab = path => path.includes('probe-lab')
/** Files that hold a run to a time of its own, not only to its deadline. */
const isTimed = path => /[\\/](?:deadline|dns-quota|silence|stuck)\.test\.js$/.test(path)
/** The longest first: what begins last must not be what ends last. */
const longest = [
  'policy',
  'why',
  'hostile-peers',
  'pairs',
  'real-cli',
  'machine-faults',
  'second-opinion',
  'named-resources',
  'silence',
  'stuck',
]
const rank = path => longest.findIndex(name => path.endsWith(`${name}.test.js`)) >>> 0
const lab = files.filter(isOfLab).sort((one, other) => rank(one) - rank(other))
const groups = [
  { files: files.filter(path => !isOfLab(path)), concurrency: availableParallelism() },
  { files: lab.filter(path => !isTimed(path)), concurrency: 4, mostVpcs: 3 * availableParallelism() },
  { files: lab.filter(isTimed), concurrency: 4, mostVpcs: 2 * availableParallelism() },
]
process.chdir(root)
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim()
await pipeline(Readable.from(events()), new Spec(), process.stdout, { end: false })

/** What node:test reports about all groups, with one closing summary in place of one each. */
async function* events() {
  const totals = new Map()
  for (const { files, concurrency, mostVpcs } of groups) {
    if (files.length === 0) continue
    if (mostVpcs !== undefined) await shareLab(mostVpcs)
    for await (const event of run({ files: files.map(path => join(root, path)), concurrency })) {
      if (event.type === 'test:fail' && event.data.todo === undefined) process.exitCode = 1
      const total = event.type === 'test:diagnostic' && event.data.nesting === 0 ? totalIn(event.data.message) : null
      if (total !== null) totals.set(total.name, (totals.get(total.name) ?? 0) + total.count)
      else if (event.type !== 'test:summary') yield event
    }
  }
  for (const [name, count] of totals) yield { type: 'test:diagnostic', data: { nesting: 0, message: `${name} ${count}` } }
}

/** What is slow to start is started once for all files of the lab. */
async function shareLab(mostVpcs) {
  const { shareLab } = await import('../packages/probe-lab/dist/src/world/authorities.js')
  await shareLab(mostVpcs)
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
