// The library as it is published, where parts of it begin with their first call, against its sources: the same answers, also when an
// application has bundled it once more.

import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import * as sources from '../../src/index.ts'

type Library = typeof sources

const publishedPath = fileURLToPath(new URL('../../lib/index.js', import.meta.url))
const scenarios = new URL('../../../test/scenarios/', import.meta.url)
const texts = readdirSync(scenarios, { encoding: 'utf8', recursive: true })
  .filter(path => basename(path) === 'report.json')
  .map(path => readFileSync(new URL(path, scenarios), 'utf8'))
const log =
  'Connect timeout on endpoint URL: "https://sts.eu-west-1.amazonaws.com/"\nRead timeout on s3.eu-west-1.amazonaws.com:443'

function answersOf({ decodeReport, diagnose, compareReports, redactReport, readErrors, reportIn, summarise }: Library) {
  const reports = texts.map(text => diagnose(decodeReport(text), { language: 'ja' }))
  const [one, two] = reports
  assert.ok(one && two)
  return {
    reports,
    inEnglish: reportIn(one, 'en'),
    summary: summarise(one),
    comparison: compareReports([
      { name: 'one', report: one },
      { name: 'two', report: two },
    ]),
    redacted: redactReport(one, { random: () => 1 }),
    read: readErrors(log),
  }
}

describe('the published library', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-bundle-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const expected = answersOf(sources)
  const read = async (path: string): Promise<Library> => import(pathToFileURL(path).href)

  it('exports what the sources export, and answers as they do', async () => {
    const published = await read(publishedPath)
    assert.deepEqual(Object.keys(published).sort(), Object.keys(sources).sort())
    assert.deepEqual(answersOf(published), expected)
  })

  it('throws the errors that it exports', async () => {
    const { decodeReport, ProbeUsageError } = await read(publishedPath)
    assert.throws(() => decodeReport('{}'), ProbeUsageError)
  })

  it('answers the same from an application that was bundled and minified', async () => {
    const outfile = join(folder, 'application.mjs')
    await build({
      entryPoints: [publishedPath],
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'silent',
    })
    assert.deepEqual(answersOf(await read(outfile)), expected)
  })
})
