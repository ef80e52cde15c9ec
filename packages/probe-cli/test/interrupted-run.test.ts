// Ctrl-C in the middle of a real run. A run also asks the VPC's own resolver and the metadata service, so it stands in a network
// namespace of its own, where nothing but loopback is there to be reached.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { main, runCommand } from './run-program.ts'

/** Raises loopback, listens without ever answering, runs the program against it, and interrupts it once it is connected. */
const inNamespace = `
  import { spawn, execFileSync } from 'node:child_process'
  import { createServer } from 'node:net'
  execFileSync('ip', ['link', 'set', 'lo', 'up'])
  const mute = createServer(() => child.kill(process.argv[2]))
  let child
  mute.listen(0, '127.0.0.1', () => {
    const place = 'tls://127.0.0.1:' + mute.address().port
    const options = ['--region', 'eu-west-1', '--no-sign', '--internet-canary', 'off', '--resolver', '127.0.0.1']
    child = spawn(process.execPath, [process.argv[1], place, ...options, '--connect-timeout', '50s', '--deadline', '60s'], { stdio: 'inherit' })
    child.on('exit', status => process.exit(status ?? 99))
  })
`

const probe = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up'])
const skip = probe.status === 0 ? false : 'needs the right to make a network namespace (unshare --net) and ip'

for (const name of ['SIGINT', 'SIGTERM']) {
  test(`${name} in the middle of a run prints what was observed and ends with 130`, { skip }, async () => {
    const args = ['--net', process.execPath, '--input-type=module', '--eval', inNamespace, main, name]
    const { status, stdout, stderr } = await runCommand(['unshare', ...args])
    assert.equal(status, 130, stderr)
    assert.match(stdout, /^Interrupted\. /)
    assert.match(stdout, /tls:\/\/127\.0\.0\.1:\d+ +\S+ +- +ok +no time/)
    assert.match(stderr, /^interrupted: printing what was observed[^\n]*\n$/)
  })
}
