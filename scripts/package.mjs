// Makes what people carry into a network: dist/, one part a file of scripts/package, each told with its size.
//   node scripts/package.mjs [part ...] [--into FOLDER]
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writeChecksums } from './package/checksums.mjs'
import { makeExecutables } from './package/executables.mjs'
import { carryFunction } from './package/lambda-zip.mjs'
import { packPackages } from './package/npm-packages.mjs'
import { describeInside } from './package/sbom.mjs'
import { carryFile } from './package/single-file.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** In this order. Each takes the folder of the repository and where to write, and gives the names of what it wrote. */
const parts = {
  'single-file': carryFile,
  'lambda-zip': carryFunction,
  'npm-packages': packPackages,
  executables: makeExecutables,
  // Over what the others made.
  sbom: describeInside,
  checksums: writeChecksums,
}

const { values, positionals: asked } = asArgued()
const into = resolve(values.into ?? join(root, 'dist'))
const stray = asked.find(name => !Object.hasOwn(parts, name))
if (stray !== undefined) fail(`there is no part ${stray}; there are ${Object.keys(parts).join(', ')}`, 2)

const built = spawnSync(process.execPath, [join(root, 'scripts', 'setup.mjs')], { stdio: 'inherit' })
if (built.status !== 0) process.exit(1)
// What an earlier version left must not be carried along; what else lies in a folder somebody named is not ours to remove.
if (asked.length === 0 && values.into === undefined) rmSync(into, { recursive: true, force: true })
if (asked.length === 0 && existsSync(into) && readdirSync(into).length > 0) fail(`${into} is not empty`, 2)
mkdirSync(into, { recursive: true })
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  try {
    for (const written of await parts[name](root, into)) {
      const kib = Math.ceil(statSync(join(into, written)).size / 1024)
      process.stdout.write(`${join(basename(into), written).padEnd(48)} ${String(kib).padStart(7)} KiB\n`)
    }
  } catch (error) {
    fail(`${name}: ${error.message}`, 1)
  }
}

function asArgued() {
  try {
    return parseArgs({ allowPositionals: true, options: { into: { type: 'string' } } })
  } catch (error) {
    return fail(error.message, 2)
  }
}

function fail(message, status) {
  process.stderr.write(`${message}\n`)
  process.exit(status)
}
