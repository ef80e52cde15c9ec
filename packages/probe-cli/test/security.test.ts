// Every promise of SECURITY.md names tests; here, that these are there to be run.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const isTest = (path: string) => path.endsWith('.test.ts') && !path.includes('node_modules') && !path.includes('dist')

test('every word that a promise of SECURITY.md is held by finds a test, and every program that it names is there', () => {
  const files = readdirSync(join(root, 'packages'), { recursive: true, encoding: 'utf8' }).filter(isTest)
  const rows = readFileSync(join(root, 'SECURITY.md'), 'utf8')
    .split('\n')
    .filter(line => /^\| [A-Z]/.test(line))
    .map(line => line.split(' | '))
  assert.ok(rows.length >= 9)
  for (const [promise = '', heldBy = ''] of rows) {
    const words = [...heldBy.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
    assert.ok(words.length > 0, promise)
    for (const word of words.filter(each => each !== 'NODE_DEBUG')) {
      const program = /^node (\S+)$/.exec(word)?.[1]
      if (program !== undefined) assert.ok(existsSync(join(root, program)), word)
      else
        assert.ok(
          files.some(path => path.includes(word)),
          `no test is called ${word}: ${promise}`,
        )
    }
  }
})
