// The Lambda function as one zip, the same bytes from the same sources wherever it is made: names sorted, times and rights fixed.
import { copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'

/** A zip has no time zone: the local beginning of 1980 is the same word everywhere. */
const time = new Date(1980, 0, 1)
/** Read by everybody, written by the owner, made on a Unix. Lambda runs the code as another user. */
const rights = { os: 3, attrs: 0o100644 << 16 }

export function packLambda(root) {
  const lambda = join(root, 'packages', 'probe-lambda')
  const bundle = join(lambda, 'dist', 'bundle')
  const files = readdirSync(bundle).sort()
  const entries = [
    ...files.map(name => [name, readFileSync(join(bundle, name))]),
    ['LICENSE', readFileSync(join(root, 'LICENSE'))],
  ]
  const zip = zipSync(Object.fromEntries(entries.map(([name, bytes]) => [name, [bytes, { level: 9, mtime: time, ...rights }]])))
  const path = join(lambda, 'dist', 'eniprobe-lambda.zip')
  const beside = `${path}.${process.pid}.part`
  writeFileSync(beside, zip)
  renameSync(beside, path)
  return [path]
}

/** Made with every build, because the lab runs it; here it is only carried along. */
export function carryFunction(root, into) {
  const name = 'eniprobe-lambda.zip'
  copyFileSync(join(root, 'packages', 'probe-lambda', 'dist', name), join(into, name))
  return [name]
}
