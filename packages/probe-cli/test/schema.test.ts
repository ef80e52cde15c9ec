// Every JSON this tool prints validates against the published schema: checked by an independent validator.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decodeReport } from '@eniprobe/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { renderJson } from '../src/render/json.ts'

const root = new URL('../../', import.meta.url)
const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'))
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(readJson('schema/eniprobe-1.schema.json'))
const printed = (name: string) => JSON.parse(renderJson(decodeReport(JSON.stringify(readJson(`test/reports/${name}.json`)))))

for (const name of ['mixed', 'healthy', 'interrupted']) {
  test(`the report "${name}" validates as printed`, () => {
    assert.ok(validate(printed(name)), JSON.stringify(validate.errors))
  })
}

test('a report written by hand in its least form validates once it is printed', () => {
  const least = {
    format: 'eniprobe/1',
    targets: [{ id: 'logs', host: 'h', observations: [{ layer: 'dns', outcome: 'skipped', because: 'no-time' }] }],
  }
  assert.ok(!validate(least))
  assert.ok(validate(JSON.parse(renderJson(decodeReport(JSON.stringify(least))))), JSON.stringify(validate.errors))
})

test('the schema refuses a wrong outcome, verdict, cause and place, and lets additions pass', () => {
  const broken: ((report: ReturnType<typeof printed>) => void)[] = [
    report => {
      report.targets[0].observations[0].outcome = 'answred'
    },
    report => {
      report.targets[0].verdict = 'fine'
    },
    report => {
      report.findings[0].causes[0].cause = 'the-network'
    },
    report => {
      report.findings[0].causes = []
    },
    report => {
      report.targets[0].port = 70_000
    },
    report => {
      delete report.vantage.network
    },
  ]
  for (const breakIt of broken) {
    const report = printed('mixed')
    breakIt(report)
    assert.equal(validate(report), false, breakIt.toString())
  }
  assert.ok(validate({ ...printed('mixed'), added: true }))
})
