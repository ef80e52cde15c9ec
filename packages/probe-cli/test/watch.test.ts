// A watch over a real port that is closed and opened again, in a network namespace of its own.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))

/** Listens, and closes once the first run has been printed; opens again when the change has been told; then interrupts. */
const inNamespace = `
  import { spawn, execFileSync } from 'node:child_process'
  import { createServer } from 'node:net'
  execFileSync('ip', ['link', 'set', 'lo', 'up'])
  let server = createServer(socket => socket.destroy())
  const port = await new Promise(done => server.listen(0, '127.0.0.1', () => done(server.address().port)))
  const options = ['--region', 'eu-west-1', '--no-sign', '--internet-canary', 'off', '--resolver', '127.0.0.1', '--no-color', '--quiet']
  const child = spawn(process.execPath, [process.argv[1], 'tcp://127.0.0.1:' + port, ...options, '--watch', '300ms'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  let step = 0
  child.stdout.on('data', chunk => {
    text += chunk
    process.stdout.write(chunk)
    if (step === 0 && /healthy/.test(text)) { step = 1; server.close() }
    if (step === 1 && /-> failing/.test(text)) {
      step = 2
      server = createServer(socket => socket.destroy())
      server.listen(port, '127.0.0.1')
    }
    if (step === 2 && /-> healthy/.test(text)) { step = 3; child.kill('SIGINT') }
  })
  child.on('exit', status => process.exit(status ?? 99))
`

const probe = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up'])
const skip = probe.status === 0 ? false : 'needs the right to make a network namespace (unshare --net) and ip'

test('a watch prints the first run, then only what changes, until it is interrupted', { skip }, async () => {
  const child = spawn('unshare', ['--net', process.execPath, '--input-type=module', '--eval', inNamespace, main], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  const [status] = await once(child, 'close')
  assert.equal(status, 130)
  const lines = stdout.trimEnd().split('\n')
  assert.match(lines[0] ?? '', /healthy/)
  const changes = lines.filter(line => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ {2}/.test(line)).map(line => line.slice(22))
  assert.match(changes[0] ?? '', /^tcp:\/\/127\.0\.0\.1:\d+: healthy -> failing$/)
  assert.match(changes[1] ?? '', /^found: nothing-listens \(\w+\): tcp:/)
  assert.match(changes[2] ?? '', /^tcp:\/\/127\.0\.0\.1:\d+: failing -> healthy$/)
  assert.match(changes[3] ?? '', /^gone: nothing-listens: tcp:/)
  assert.equal(changes.length, 4, stdout)
})
