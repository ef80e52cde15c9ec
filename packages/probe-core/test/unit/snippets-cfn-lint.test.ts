// CloudFormation snippets, judged by cfn-lint: as they stand with real ids, and with placeholders filled in as a person would.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { distinct, filled, pastedOf, runs } from './snippets.ts'

const hasLint = spawnSync('python3', ['-c', 'import cfnlint'], { stdio: 'ignore' }).status === 0

describe('cfn-lint', { skip: !hasLint && 'cfn-lint is not installed' }, () => {
  it('has nothing to say against any snippet of CloudFormation', () => {
    const place = mkdtempSync(join(tmpdir(), 'eniprobe-cfn-'))
    try {
      const written = distinct(
        runs()
          .flatMap(([name, report]) => pastedOf(name, report))
          .filter(({ kind }) => kind === 'cloudformation')
          .map(each => ({ ...each, text: filled(each.text) })),
      )
      assert.ok(written.length > 20)
      const files = written.map(({ cause, text }, index) => {
        const file = join(place, `${cause}-${index}.yaml`)
        writeFileSync(file, `${text}\n`)
        return file
      })
      const judged = spawnSync(
        'python3',
        [
          '-c',
          'import sys; from cfnlint.runner import main; sys.exit(main())',
          '--format',
          'parseable',
          '--ignore-checks',
          // The actions that made runs name are made up.
          'W3037',
          '--regions',
          'ap-northeast-1',
          '--',
          ...files,
        ],
        {
          encoding: 'utf8',
          env: { ...process.env, AWS_DEFAULT_REGION: 'ap-northeast-1' },
          timeout: 300_000,
        },
      )
      assert.equal(judged.error, undefined)
      assert.equal(judged.status, 0, `${judged.stdout}${judged.stderr}`)
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })
})
