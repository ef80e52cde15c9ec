// What the documentation tells people to type. Blocks fenced as `sh run` need no network and are executed, in a scratch folder
// and, where namespaces are allowed, without any network. Every other command line of ours is read by the program's own reader.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import * as core from '@eniprobe/core'
import { readArguments } from '../src/arguments.ts'
import { readPages, root } from './pages.ts'

const pages = readPages()
const packageTools = ['pip', 'npm', 'conda', 'dnf', 'yum', 'apt', 'docker', 'all']

interface Typed {
  readonly where: string
  readonly words: readonly string[]
}

test('every eniprobe command in the documentation is one that this version understands', () => {
  const typed = pages.flatMap(page => [
    ...page.blocks
      .filter(({ kind }) => /^sh\b/.test(kind))
      .flatMap(({ text, line }) => commandsIn(text.replace(/\\\n\s*/g, ' ').split('\n'), `${page.path}:${line}`)),
    ...page.prose.flatMap((line, index) =>
      commandsIn(
        [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
        `${page.path}:${index + 1}`,
      ),
    ),
  ])
  assert.ok(typed.length > 40, `${typed.length} found`)
  for (const { where, words } of typed) {
    const shown = `${where}: ${words.join(' ')}`
    let command: ReturnType<typeof readArguments>
    if (words.join(' ') === 'help COMMAND') continue
    try {
      command = readArguments(words)
    } catch (error) {
      assert.fail(`${shown}: ${(error as Error).message}`)
    }
    if (command.name === 'explain' && command.cause !== 'CAUSE')
      assert.ok((core.causeCodes as readonly string[]).includes(command.cause), shown)
    if (command.name !== 'probe') continue
    for (const workload of command.options.for ?? [])
      assert.ok(workload === 'WORKLOAD' || core.findWorkload(workload) !== undefined, shown)
    for (const target of command.options.targets ?? []) {
      if (/^[a-z0-9]+:/.test(target) || /^[[A-Z]/.test(target) || packageTools.includes(target)) continue
      assert.ok(core.findService(target) !== undefined, `${shown}: ${target} is no service`)
    }
  }
})

for (const page of pages) {
  for (const block of page.blocks.filter(({ kind }) => kind === 'sh run')) {
    test(`${page.path}:${block.line} runs as it stands`, () => {
      const done = inScratch(folder => run(['sh', '-eu', '-c', block.text], folder))
      // 1 is a judgement: what is diagnosed does have findings, and a pasted error stands.
      assert.ok(done.status === 0 || (done.status === 1 && /\beniprobe (?:diagnose|why)\b/.test(block.text)), done.stderr)
      assert.equal(done.stderr, '')
      assert.notEqual(done.stdout, '')
    })
  }
}

test('an example in the documentation is the file that is run by its own test', () => {
  const shown = pages.flatMap(page =>
    page.blocks.flatMap(({ kind, text, line }) => {
      const [, file] = /^js (examples\/\S+)$/.exec(kind) ?? []
      return file === undefined ? [] : [{ where: `${page.path}:${line}`, file, text }]
    }),
  )
  assert.ok(shown.length >= 10)
  for (const { where, file, text } of shown)
    assert.equal(text, readFileSync(join(root, 'packages', 'probe-core', file), 'utf8').trimEnd(), where)
})

test('the output that the READMEs show is what the recorded run prints, line by line', () => {
  const report = join('packages', 'probe-lab', 'recorded', 'closed-vpc', 'report.json')
  for (const [path, language] of [
    ['README.md', 'en'],
    ['README.ja.md', 'ja'],
  ] as const) {
    const { stdout } = inScratch(folder => run(['eniprobe', 'diagnose', report, '--lang', language], folder))
    const printed = new Set(stdout.split('\n').map(line => line.trimEnd()))
    const block = pages.find(page => page.path === path)?.blocks.find(({ kind }) => kind === 'text')
    const shown = (block?.text ?? '').split('\n').filter(line => line !== '' && line.trim() !== '…' && !line.startsWith('$ '))
    assert.ok(shown.length > 10, path)
    assert.deepEqual(
      shown.filter(line => !printed.has(line)),
      [],
      path,
    )
  }
})

test('every example for the library is a module, and takes only names that the library has', () => {
  const examples = pages.flatMap(({ path, blocks }) =>
    blocks.filter(({ kind }) => kind === 'js').map(block => ({ where: `${path}:${block.line}`, ...block })),
  )
  assert.ok(examples.length >= 3)
  for (const { where, text } of examples) {
    const names = [...text.matchAll(/import \{([^}]+)\} from '@eniprobe\/core'/g)].flatMap(([, list = '']) => list.split(','))
    for (const name of names.map(one => one.trim())) assert.ok(name in core, `${where}: ${name} is exported`)
    const done = inScratch(folder => {
      writeFileSync(join(folder, 'example.mjs'), text)
      return spawnSync(process.execPath, ['--check', join(folder, 'example.mjs')], { encoding: 'utf8' })
    })
    assert.equal(done.status, 0, `${where}: ${done.stderr}`)
  }
})

test('the library example of the README ends, without a network, in the error that it promises', t => {
  if (withoutNetwork().length === 0) return t.skip('no network namespace can be made here')
  const text = pages.find(({ path }) => path === 'README.md')?.blocks.find(({ kind }) => kind === 'js')?.text ?? ''
  const done = inScratch(folder => {
    writeFileSync(join(folder, 'example.mjs'), text)
    return run([process.execPath, 'example.mjs'], folder)
  })
  assert.equal(done.status, 1)
  assert.match(done.stderr, /NotReachableError: 2 of 2 targets cannot be used from \S+:/)
  assert.notEqual(done.stdout, '')
})

/** Lines that call us, as words without what the shell takes for itself: variables in front, pipes, redirections, comments. */
function commandsIn(lines: readonly string[], where: string): Typed[] {
  return lines.flatMap(line => {
    const found = /(?:^|\s)(?:eniprobe|node \S*eniprobe\.mjs)(?=\s|$)(.*)$/.exec(line.replace(/^\$ /, ''))
    const before = found === null ? '' : line.slice(0, found.index)
    if (found === null || !/^(?:\s*[A-Z_]+=\S+|\s*env|\s+-u|\s+[A-Za-z_]+|!)*\s*$/.test(before)) return []
    if (/^\s*(?:aws|npm|cat|cp) /.test(before)) return []
    const own = (found[1] ?? '').replace(/(?:^|\s)#.*$/, '').split(/[|;<>]|&&/)[0] ?? ''
    const words = own.split(/\s+/).filter(word => word !== '' && word !== '…')
    return words.some(word => /^\[.*\.\.\.\]$/.test(word)) ? [] : [{ where, words }]
  })
}

function inScratch<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-docs-'))
  try {
    symlinkSync(join(root, 'packages'), join(folder, 'packages'))
    symlinkSync(join(root, 'packages', 'probe-cli', 'node_modules'), join(folder, 'node_modules'))
    const command = join(folder, 'eniprobe')
    const main = join(root, 'packages', 'probe-cli', 'dist', 'src', 'main.js')
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`)
    chmodSync(command, 0o755)
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(command: readonly string[], folder: string) {
  const [program = '', ...rest] = [...withoutNetwork(), ...command]
  const env = {
    PATH: `${folder}:${process.env.PATH ?? ''}`,
    HOME: folder,
    NO_COLOR: '1',
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return spawnSync(program, rest, { cwd: folder, env, encoding: 'utf8', timeout: 60_000 })
}

/** The words in front that take the network away, or none where that is not allowed. */
function withoutNetwork(): readonly string[] {
  for (const words of [
    ['unshare', '-n'],
    ['unshare', '-rn'],
  ]) {
    const [program = '', ...rest] = words
    if (spawnSync(program, [...rest, 'true']).status === 0) return words
  }
  return []
}
