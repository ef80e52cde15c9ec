// Fuzzes every parser of what a stranger controls, after a build, one thread a core.
//   node scripts/fuzz.mjs [seconds] [name ...]    seconds for each parser (default 60); only those whose name contains a word
//   node scripts/fuzz.mjs 60 dns --seed 7         the same inputs again
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { fuzz } from './fuzz/run.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const words = process.argv.slice(2)
const at = words.indexOf('--seed')
const seed = at < 0 ? undefined : Number(words.splice(at, 2)[1])
const seconds = /^\d+$/.test(words[0] ?? '') ? Number(words.shift()) : 60
const modules = ['probe-core', 'probe-cli', 'probe-lambda']
  .map(name => join(root, 'packages', name, 'dist', 'test', 'fuzz', 'parsers.js'))
  .filter(path => existsSync(path))
  .map(path => pathToFileURL(path).href)
const queue = []
for (const module of modules)
  for (const { name } of (await import(module)).parsers)
    if (words.length === 0 || words.some(word => name.includes(word))) queue.push({ module, name })
if (queue.length === 0) {
  process.stderr.write(modules.length === 0 ? 'nothing is built: npm run build\n' : `no parser matches ${words.join(' ')}\n`)
  process.exit(1)
}
let total = 0
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const {
        count,
        mostCpuMs,
        error,
        input,
        seed: used,
        path,
      } = await fuzz({ ...one, seconds, ...(seed !== undefined && { seed }) })
      total += count
      if (error === undefined) {
        process.stdout.write(`ok   ${one.name}: ${count} inputs, the slowest took ${mostCpuMs} ms of CPU\n`)
        continue
      }
      process.exitCode = 1
      const folder = join(root, 'packages', 'probe-core', 'dist', 'fuzz')
      mkdirSync(folder, { recursive: true })
      const file = join(folder, `${one.name.replace(/\W+/g, '-')}-${used}.bin`)
      writeFileSync(file, input ?? '')
      process.stdout.write(
        `FAIL ${one.name}: after ${count} inputs (seed ${used}, path ${path ?? '-'}), input in ${file}\n${error}\n`,
      )
    }
  }),
)
process.stdout.write(`${total} inputs in all\n`)
