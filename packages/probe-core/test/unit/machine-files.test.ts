import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { machineFiles } from '../../src/probe/machine-files.ts'

test('a table of the kernel is read whole, although it comes a page at a time', {
  skip: existsSync('/proc/self/smaps') ? false : 'no /proc here',
}, () => {
  const whole = readFileSync('/proc/self/smaps', 'utf8')
  assert.ok(whole.length > 3 * 4096, 'the table fits into few pages: choose another')
  const text = machineFiles.fileText('/proc/self/smaps', 4 * 1024 * 1024) ?? ''
  assert.equal(text.trim().split('\n').at(-1), whole.trim().split('\n').at(-1))
  assert.equal(machineFiles.fileText('/proc/self/smaps', 5000)?.length, 5000)
})

test('what is not there, or is no file, has no text', () => {
  assert.equal(machineFiles.fileText('/nowhere'), undefined)
  assert.equal(machineFiles.fileText('/proc'), undefined)
})
