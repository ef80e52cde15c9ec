// Runs every test of every package with node:test and prints one summary. As many files at once as there are cores, in the
// order of their names: the lab's, which are the heavy ones, come last.
//   node scripts/test.mjs [word ...]   only test files whose path contains one of the words
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
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
const args = ['--enable-source-maps', '--test', `--test-concurrency=${availableParallelism()}`, '--test-reporter=spec', ...files]
const done = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
process.exit(done.status ?? 1)

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
