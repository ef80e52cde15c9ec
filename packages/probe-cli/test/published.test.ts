// The packages as npm gets them: packed by the very script that a release runs, judged, installed where there is no network, used.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { root } from './pages.ts'

const script = new URL('../../../../scripts/package/npm-packages.mjs', import.meta.url).href
const { packPackages }: { packPackages(root: string, into: string): string[] } = await import(script)

const allowed: Readonly<Record<string, RegExp>> = {
  '@eniprobe/core': /^dist\/lib\/([\w-]+\.js|THIRD-PARTY-LICENSES\.txt)$|^dist\/types\/[\w/-]+\.d\.ts$/,
  eniprobe: /^dist\/(eniprobe\.mjs|THIRD-PARTY-LICENSES\.txt)$|^schema\/[\w-]+\.schema\.json$/,
  '@eniprobe/lambda':
    /^dist\/bundle\/([\w.-]+\.mjs|THIRD-PARTY-LICENSES\.txt)$|^dist\/eniprobe-lambda\.zip$|^dist\/types\/[\w/-]+\.d\.ts$|^(schema|templates)\/[\w./-]+$/,
}

describe('the packages as they are published', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-published-'))
  let tarballs: string[] = []
  before(() => {
    tarballs = packPackages(root, folder).map(name => join(folder, name))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('hold what is used, what explains it and the licences: nothing else', () => {
    assert.equal(tarballs.length, Object.keys(allowed).length)
    for (const tarball of tarballs) {
      const { name } = manifestIn(tarball)
      const files = run('tar', ['-tzf', tarball]).map(path => path.replace(/^package\//, ''))
      const others = files.filter(path => !allowed[name]?.test(path))
      assert.deepEqual(others.sort(), ['LICENSE', 'README.md', 'package.json'], name)
    }
  })

  it('say licence, engines and provenance, and nothing that only the repository needs', () => {
    for (const tarball of tarballs) {
      const { name, version, ...manifest } = manifestIn(tarball)
      assert.equal(version, manifestIn(tarballs[0] as string).version, `${name} has a version of its own`)
      assert.equal(manifest.license, 'Apache-2.0')
      assert.equal(manifest.engines?.node, '>=20.18.1')
      assert.deepEqual(manifest.publishConfig, { access: 'public', provenance: true })
      assert.equal(manifest.devDependencies ?? manifest.scripts, undefined, name)
      assert.doesNotMatch(JSON.stringify(manifest), /workspace:/)
      if (name !== '@eniprobe/core') assert.equal(manifest.dependencies, undefined, `${name} needs other packages`)
    }
  })

  it('are clean to publint', async () => {
    for (const tarball of tarballs) {
      const bytes = readFileSync(tarball)
      const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
      const { messages } = await publint({ strict: true, pack: { tarball: data } })
      assert.deepEqual(messages, [], tarball)
    }
  })

  it('have types that every kind of resolution finds, to arethetypeswrong', async () => {
    for (const tarball of tarballs.filter(path => manifestIn(path).exports !== undefined)) {
      const { types, ...analysis } = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))))
      assert.ok(types, tarball)
      // See the same test of the library: one package for import and require, and a Node that reads `exports`.
      const problems = ('problems' in analysis ? analysis.problems : []).filter(
        problem => problem.kind !== 'CJSResolvesToESM' && !('resolutionKind' in problem && problem.resolutionKind === 'node10'),
      )
      assert.deepEqual(problems, [], tarball)
    }
  })

  it('are the same bytes when they are packed again', () => {
    const again = join(folder, 'again')
    mkdirSync(again)
    for (const [index, name] of packPackages(root, again).entries())
      assert.ok(readFileSync(join(again, name)).equals(readFileSync(tarballs[index] as string)), name)
  })

  it('run once installed, those without dependencies with no registry at all', () => {
    const empty = join(folder, 'empty')
    mkdirSync(empty)
    const alone = tarballs.filter(path => manifestIn(path).dependencies === undefined)
    run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', empty, ...alone])
    assert.match(run(join(empty, 'node_modules', '.bin', 'eniprobe'), ['--version']).join(), /^eniprobe \d+\.\d+\.\d+$/)
    const report = join(root, 'packages', 'probe-cli', 'test', 'reports', 'healthy.json')
    run(join(empty, 'node_modules', '.bin', 'eniprobe'), ['diagnose', report])
    const code = "import * as all from '@eniprobe/lambda'; console.log(Object.keys(all).join())"
    const names = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: empty, encoding: 'utf8' })
    assert.equal(names.stdout.trim(), 'handler,respond', names.stderr)
  })
})

function run(command: string, args: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: tmpdir(), encoding: 'utf8' })
  assert.equal(status, 0, `${command} ${args.join(' ')}: ${stderr}`)
  return stdout.trim().split('\n')
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly engines?: { readonly node?: string }
  readonly publishConfig?: unknown
  readonly exports?: unknown
  readonly dependencies?: unknown
  readonly devDependencies?: unknown
  readonly scripts?: unknown
}

function manifestIn(tarball: string): Manifest {
  return JSON.parse(run('tar', ['-xzOf', tarball, 'package/package.json']).join('\n'))
}
