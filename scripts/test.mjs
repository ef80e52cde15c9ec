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
/** The longest of each group first: what begins last must not be what ends last. */
const longest = `probe-cli/dist/test/stuck snippets-moto fuzz/parsers wire/resources html-page wire/tcp noops published
  probe-lab/dist/test/policy why hostile-peers pairs real-cli machine-faults second-opinion named-resources silence`.split(/\s+/)
const rank = path => {
  const at = longest.findIndex(name => path.endsWith(`${name}.test.js`))
  return at < 0 ? longest.length : at
}
const inOrder = files.toSorted((one, other) => rank(one) - rank(other))
const lab = inOrder.filter(isOfLab)
const cores = availableParallelism()
const groups = [
  { files: inOrder.filter(path => !isOfLab(path)), concurrency: cores },
  { files: lab.filter(path => !isTimed(path)), concurrency: 2 * cores, mostVpcs: 3 * cores },
  { files: lab.filter(isTimed), concurrency: 2 * cores, mostVpcs: 2 * cores },
]
process.chdir(root)
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim()
await pipeline(Readable.from(events()), new Spec(), process.stdout, { end: false })

/** What node:test reports about all groups, with one closing summary in place of one each. */
async function* events() {
  const totals = new Map()
  for (const { files, concurrency, mostVpcs } of groups) {
    if (files.length === 0) continue
    if (mostVpcs !== undefined) await prepareLab(mostVpcs)
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
async function prepareLab(mostVpcs) {
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
