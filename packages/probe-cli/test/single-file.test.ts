// The one file that is copied into closed networks: it needs nothing beside it, and starts no more than it uses.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const built = fileURLToPath(new URL('../eniprobe.mjs', import.meta.url))
const healthy = fileURLToPath(new URL('../../test/reports/healthy.json', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'eniprobe-file-'))
const copy = join(directory, 'eniprobe.mjs')
const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' }

const noNamespaces =
  spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0
    ? false
    : 'needs the right to make a network namespace (unshare --net) and ip'
/** The readers of ~/.aws are the SDK's, and small. */
const isHeavy = (part: string) => /client-|signature|provider|bowser/.test(part)

function start(command: string, args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(command, args, { cwd: '/', env, encoding: 'utf8', timeout: 30_000 })
}

/** The parts of the program that were compiled while `args` were dealt with. */
function partsCompiledFor(command: string, args: string[]): string[] {
  const watch = join(directory, 'watch.cjs')
  writeFileSync(
    watch,
    `const vm = require('node:vm')
     const { compileFunction } = vm
     vm.compileFunction = (text, names, options) => {
       process._rawDebug('compiled ' + options.filename.split('#')[1])
       return compileFunction(text, names, options)
     }`,
  )
  const { stderr } = spawnSync(command, args, {
    cwd: '/',
    env: { ...env, NODE_OPTIONS: `--require ${watch}` },
    encoding: 'utf8',
    timeout: 30_000,
  })
  return [...stderr.matchAll(/^compiled (.*)$/gm)].map(found => found[1] ?? '')
}

describe('the single file', { skip: existsSync(built) ? false : 'not built' }, () => {
  if (existsSync(built)) copyFileSync(built, copy)
  after(() => rmSync(directory, { recursive: true, force: true }))

  test('works where nothing lies beside it, and takes nothing from a node_modules that does', () => {
    mkdirSync(join(directory, 'node_modules', 'undici'), { recursive: true })
    writeFileSync(join(directory, 'node_modules', 'undici', 'index.js'), 'process.exit(42)')
    assert.match(start(process.execPath, [copy, '--version']).stdout, /^eniprobe \d+\.\d+\.\d+\n$/)
    assert.match(start(process.execPath, [copy, '--help']).stdout, /^eniprobe - /)
    const again = start(process.execPath, [copy, 'diagnose', healthy])
    assert.equal(again.status, 0, again.stderr)
  })

  test('is a program: by its own name, and through a link', () => {
    assert.ok((statSync(built).mode & 0o111) !== 0)
    const link = join(directory, 'eniprobe')
    symlinkSync(copy, link)
    for (const name of [copy, link]) assert.match(start(name, ['--version']).stdout, /^eniprobe \d/)
  })

  test('compiles no part of the program for --version and --help', () => {
    assert.deepEqual(partsCompiledFor(process.execPath, [copy, '--version']), [])
    assert.deepEqual(partsCompiledFor(process.execPath, [copy, '--help']), [])
  })

  test('compiles nothing of the AWS SDK to list what it knows', () => {
    assert.deepEqual(partsCompiledFor(process.execPath, [copy, 'list', 'services']).filter(isHeavy), [])
  })

  // A run also asks link-local addresses: it stands in a network namespace of its own, where only loopback is there.
  test('compiles nothing of it for a run that opens a port and signs nothing', { skip: noNamespaces }, () => {
    const options = ['--no-sign', '--internet-canary', 'off', '--resolver', '127.0.0.1', '--region', 'eu-west-1']
    const inside = `ip link set lo up && exec "$0" "$@" tcp://127.0.0.1:9 ${options.join(' ')} --deadline 3s`
    const compiled = partsCompiledFor('unshare', ['--net', 'sh', '-c', inside, process.execPath, copy])
    assert.ok(compiled.length > 3, compiled.join())
    assert.deepEqual(compiled.filter(isHeavy), [])
  })

  test('names the part and the place in the trace of a failure of its own', () => {
    const sabotage = join(directory, 'sabotage.cjs')
    writeFileSync(sabotage, `JSON.stringify = () => { throw new Error('sabotaged') }`)
    const { status, stderr } = start(process.execPath, [
      '--require',
      sabotage,
      copy,
      'diagnose',
      healthy,
      '--format',
      'json',
      '--verbose',
    ])
    assert.equal(status, 3, stderr)
    assert.match(stderr, /eniprobe\.mjs#[\w.@+-]+\.js:\d+:\d+/)
  })
})
