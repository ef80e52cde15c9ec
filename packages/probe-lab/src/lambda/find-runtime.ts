// Where Lambda's own runtime is on this machine (`scripts/lambda-runtime.mjs` brings it), and the function unpacked from its zip.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import { cliPath } from '../world/vpc.ts'

/** Of nodejs22.x and nodejs24.x. */
export type RuntimeName = 'node22' | 'node24'

export interface LambdaRuntime {
  readonly node: string
  /** The runtime interface client: what Lambda starts a function with. */
  readonly client: string
}

const root = dirname(dirname(dirname(dirname(cliPath()))))

/** The runtime, or why there is none. */
export function findRuntime(name: RuntimeName): LambdaRuntime | { readonly missing: string } {
  const folder = join(root, 'node_modules', '.cache', 'eniprobe', 'lambda-runtime')
  const node = join(folder, name, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
  const client = join(folder, 'ric', 'node_modules', 'aws-lambda-ric', 'index.mjs')
  if (existsSync(node) && existsSync(client)) return { node, client }
  return { missing: "Lambda's runtime is not here: node scripts/lambda-runtime.mjs brings it" }
}

export const zipPath = join(root, 'packages', 'probe-lambda', 'dist', 'eniprobe-lambda.zip')

/** The zip as Lambda lays it out, in a folder of its own. */
export function unpackFunction(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-function-'))
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zipPath)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
