// Makes what is handed to people: one part a file of scripts/package, each told with its size.
//   node scripts/package.mjs [part ...]
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packLambda } from './package/lambda-zip.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** Each takes the folder of the repository and gives the paths of what it wrote. */
const parts = { 'lambda-zip': packLambda }

const asked = process.argv.slice(2)
const stray = asked.find(name => !Object.hasOwn(parts, name))
if (stray !== undefined) {
  process.stderr.write(`there is no part ${stray}; there are ${Object.keys(parts).join(', ')}\n`)
  process.exit(2)
}
const built = spawnSync(process.execPath, [join(root, 'scripts', 'setup.mjs')], { stdio: 'inherit' })
if (built.status !== 0) process.exit(1)
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  for (const path of await parts[name](root))
    process.stdout.write(`${relative(root, path)}  ${Math.round(statSync(path).size / 1024)} KiB\n`)
}
