// The package as npm would publish it, in the eyes of those who judge packages: publint and arethetypeswrong.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'

const pkgDir = fileURLToPath(new URL('../../../', import.meta.url))

interface Packed {
  readonly filename: string
  readonly files: readonly { readonly path: string; readonly size: number }[]
}

describe('the package as it would be published', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-pack-'))
  let packed: Packed
  before(() => {
    const { stdout, status, stderr } = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: pkgDir,
      encoding: 'utf8',
    })
    assert.equal(status, 0, stderr)
    packed = (JSON.parse(stdout) as Packed[])[0] as Packed
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('holds the bundle, its types, and what explains it: nothing else', () => {
    const others = packed.files
      .map(({ path }) => path)
      .filter(path => !/^dist\/lib\/([\w-]+\.js|THIRD-PARTY-LICENSES\.txt)$|^dist\/types\/[\w/-]+\.d\.ts$/.test(path))
    assert.deepEqual(others.sort(), ['LICENSE', 'README.md', 'package.json'])
  })

  it('is clean to publint', async () => {
    const { messages } = await publint({ pkgDir, strict: true, pack: false })
    assert.deepEqual(messages, [])
  })

  it('has types that every kind of resolution finds, to arethetypeswrong', async () => {
    const tarball = createPackageFromTarballData(new Uint8Array(readFileSync(join(folder, packed.filename))))
    const analysis = await checkPackage(tarball)
    assert.ok(analysis.types)
    // CommonJS reaches an ES module by import() (and, from Node 20.19, by require): it is one package, not two.
    const problems = analysis.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM')
    // Resolution before package exports (node10) finds nothing: engines ask for a Node that has them.
    assert.deepEqual(
      problems.filter(problem => !('resolutionKind' in problem && problem.resolutionKind === 'node10')),
      [],
    )
  })
})
