// The examples of the guide, run as they stand: each in a network namespace of its own, against a port that answers and one that
// does not.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../examples/', import.meta.url))
const canIsolate = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0
const skip = canIsolate ? false : 'needs the right to make a network namespace (unshare --net) and ip'

/** Opens a port, starts the example, asks `/ready` until it is as wanted, then ends it; or waits for its end. */
const stage = `
  import { spawn, execFileSync } from 'node:child_process'
  import { createServer } from 'node:net'
  execFileSync('ip', ['link', 'set', 'lo', 'up'])
  const [example, state, wanted] = process.argv.slice(1)
  const server = createServer(socket => socket.end())
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  if (state === 'closed') await new Promise(done => server.close(done))
  const env = { ...process.env, NEEDS: 'tcp://127.0.0.1:' + port, PORT: '3999', AWS_REGION: 'eu-west-1' }
  const child = spawn(process.execPath, [example], { env, stdio: 'inherit' })
  const ended = new Promise(done => child.on('exit', done))
  if (wanted !== undefined) {
    for (let told; ; await new Promise(done => setTimeout(done, 50))) {
      const answer = await fetch('http://127.0.0.1:3999/ready').catch(() => undefined)
      const body = await answer?.text()
      if (answer === undefined || (answer.status !== Number(wanted) || /"checkedAt":null/.test(body))) continue
      process.stdout.write(answer.status + ' ' + body)
      break
    }
    child.kill('SIGTERM')
  }
  process.exit(await ended)
`

function run(example: string, state: 'open' | 'closed', wanted?: number) {
  const words = wanted === undefined ? [] : [String(wanted)]
  const args = ['--net', process.execPath, '--input-type=module', '--eval', stage, `${folder}${example}`, state, ...words]
  return spawnSync('unshare', args, { encoding: 'utf8', timeout: 30_000 })
}

describe('the examples of the guide', { skip }, () => {
  it('start-up.mjs starts where its needs answer', () => {
    const { status, stdout } = run('start-up.mjs', 'open')
    assert.deepEqual([status, stdout], [0, 'reachable: starting\n'])
  })

  it('start-up.mjs ends with cause and fix where they do not', () => {
    const { status, stderr } = run('start-up.mjs', 'closed')
    assert.equal(status, 1)
    assert.match(stderr, /^1 of 1 targets cannot be used from \S+:\ntcp:\/\/127\.0\.0\.1:\d+: nothing-listens /)
  })

  it('express.mjs is ready, and not ready with what is wrong', () => {
    const good = run('express.mjs', 'open', 200)
    assert.equal(good.status, 0, good.stderr)
    assert.match(good.stdout, /^200 \{"status":"healthy"/)
    const bad = run('express.mjs', 'closed', 503)
    assert.match(bad.stdout, /^503 \{"status":"unhealthy".*"cause":"nothing-listens"/)
  })

  it('fastify.mjs answers alike, and tells strangers no details', () => {
    const bad = run('fastify.mjs', 'closed', 503)
    assert.equal(bad.status, 0, bad.stderr)
    assert.match(bad.stdout, /^503 \{"status":"unhealthy","checkedAt":"[^"]+"\}\n$/)
  })

  it('nest-terminus.mjs is up, and down with what is wrong', () => {
    const good = run('nest-terminus.mjs', 'open', 200)
    assert.equal(good.status, 0, good.stderr)
    assert.match(good.stdout, /^200 \{"status":"ok","info":\{"aws-network":\{"status":"up"/)
    const bad = run('nest-terminus.mjs', 'closed', 503)
    assert.match(bad.stdout, /"aws-network":\{"status":"down".*"cause":"nothing-listens"/)
  })

  it('opentelemetry.mjs makes a span of the run and an event of its finding', () => {
    const { status, stdout, stderr } = run('opentelemetry.mjs', 'closed')
    assert.equal(status, 0, stderr)
    assert.match(stdout, /name: 'eniprobe run'/)
    assert.match(stdout, /'eniprobe\.cause': 'nothing-listens'/)
    assert.match(stdout, /'eniprobe\.failing': 1/)
  })
})
