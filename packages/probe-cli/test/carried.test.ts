// What a release holds beside the packages: the same bytes twice, an SBOM that validators take, every licence, checksums.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { root } from './pages.ts'

type Part = (root: string, into: string) => string[]
const part = async (file: string, name: string): Promise<Part> =>
  (await import(new URL(`../../../../scripts/package/${file}.mjs`, import.meta.url).href))[name]
const parts = [
  await part('single-file', 'carryFile'),
  await part('lambda-zip', 'carryFunction'),
  await part('sbom', 'describeInside'),
  await part('checksums', 'writeChecksums'),
]

interface Component {
  readonly group?: string
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly licenses: readonly { readonly license?: { readonly id: string } }[]
}

interface Bom {
  readonly metadata: { readonly component: Component & { readonly hashes: readonly { readonly content: string }[] } }
  readonly components: readonly Component[]
}

describe('what is carried into a network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-carried-'))
  const made = (name: string): string => join(folder, 'first', name)
  before(() => {
    for (const name of ['first', 'second']) {
      mkdirSync(join(folder, name))
      for (const one of parts) one(root, join(folder, name))
    }
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  const sboms = (): string[] => readdirSync(join(folder, 'first')).filter(name => name.endsWith('.cdx.json'))
  const read = (name: string): Bom => JSON.parse(readFileSync(made(name), 'utf8'))

  it('is the same, byte for byte, when it is made again', () => {
    const names = readdirSync(join(folder, 'first'))
    assert.deepEqual(readdirSync(join(folder, 'second')), names)
    for (const name of names)
      assert.ok(readFileSync(made(name)).equals(readFileSync(join(folder, 'second', name))), `${name} differs`)
  })

  it('has an SBOM each that the CycloneDX schema takes, strictly, about that very file', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)
    assert.deepEqual(sboms(), ['eniprobe-lambda.zip.cdx.json', 'eniprobe.mjs.cdx.json'])
    for (const name of sboms()) {
      assert.equal(await validator.validate(readFileSync(made(name), 'utf8')), null, name)
      const { status, stdout } = spawnSync('sha256sum', [made(name.replace(/\.cdx\.json$/, ''))], { encoding: 'utf8' })
      assert.equal(status, 0)
      assert.equal(read(name).metadata.component.hashes[0]?.content, stdout.split(' ')[0])
    }
    const [broken] = sboms().map(read)
    assert.notEqual(await validator.validate(JSON.stringify({ ...broken, components: 'none' })), null, 'the judge takes anything')
  })

  it('names in the SBOM what is inside, and not what was left out or only helped to make it', () => {
    const inFile = read('eniprobe.mjs.cdx.json').components.map(({ purl }) => purl.replace(/@[^@]*$/, ''))
    for (const name of ['dns-packet', 'fast-xml-parser', '%40smithy/signature-v4', '%40eniprobe/core'])
      assert.ok(inFile.includes(`pkg:npm/${name}`), `${name} is not told`)
    for (const name of ['undici', '%40aws-sdk/client-sts', 'esbuild', 'typescript', '%40aws-sdk/client-s3', 'publint'])
      assert.ok(!inFile.includes(`pkg:npm/${name}`), `${name} is told`)
    const inFunction = read('eniprobe-lambda.zip.cdx.json').components.map(({ purl }) => purl)
    assert.ok(inFunction.some(purl => purl.startsWith('pkg:npm/%40aws-sdk/client-s3@')))
  })

  it('brings the licence of every package in an SBOM', () => {
    const text = readFileSync(made('THIRD-PARTY-LICENSES.txt'), 'utf8')
    for (const { group, name, version, licenses } of sboms().flatMap(file => [...read(file).components])) {
      if (group === '@eniprobe' || name === 'eniprobe') continue
      const shown = `${group ? `${group}/` : ''}${name} ${version} (${licenses[0]?.license?.id})`
      assert.ok(text.split('\n').includes(shown), `no licence of ${shown}`)
    }
    assert.doesNotMatch(text, /undefined|\[object/)
  })

  it('is held by its checksums, which a changed byte breaks', () => {
    const check = (): number | null =>
      spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: join(folder, 'second') }).status
    assert.equal(check(), 0)
    appendFileSync(join(folder, 'second', 'eniprobe.mjs'), ' ')
    assert.notEqual(check(), 0)
  })
})
