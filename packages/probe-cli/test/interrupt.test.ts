// Real signals to a real process that waits in the way a run does.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'

const waiting = `
  import { watchInterrupts } from ${JSON.stringify(new URL('../src/interrupt.js', import.meta.url).href)}
  const hold = setInterval(() => {}, 1000)
  const { signal } = watchInterrupts(() => console.log('first'))
  signal.addEventListener('abort', () => { console.log('aborted'); if (process.argv[1] === 'finish') { clearInterval(hold); process.exitCode = 7 } })
  console.log('ready')
`

async function start(word: string) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', waiting, word], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  const saw = (text: string) =>
    new Promise<void>(resolve => {
      child.stdout.on('data', () => stdout.includes(text) && resolve())
    })
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  await saw('ready')
  return { child, saw, text: () => stdout }
}

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  test(`the first ${name} lets the run end by itself`, async () => {
    const { child, text } = await start('finish')
    child.kill(name)
    const [status] = await once(child, 'close')
    assert.equal(status, 7)
    assert.equal(text(), 'ready\nfirst\naborted\n')
  })
}

test('the second ends the process at once, with the status of an interrupt', async () => {
  const { child, saw } = await start('hang')
  const aborted = saw('aborted')
  child.kill('SIGINT')
  await aborted
  child.kill('SIGINT')
  const [status] = await once(child, 'close')
  assert.equal(status, 130)
})
