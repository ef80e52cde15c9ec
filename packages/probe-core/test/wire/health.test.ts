// The library as a start-up and health check, against real sockets of loopback.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { channel } from 'node:diagnostics_channel'
import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  assertReachable,
  channels,
  createHealthCheck,
  decodeReport,
  healthHandler,
  NotReachableError,
  ProbeUsageError,
  probe,
  reportIn,
} from '../../src/index.ts'

// A whole run asks link-local services, too: only where nothing but loopback is there does that stay on this machine. Elsewhere
// this file runs itself again, in a network namespace of its own.
const isAlone = Object.values(networkInterfaces()).every(all => all?.every(each => each.internal))
const promise: typeof test = isAlone ? test : (((): undefined => undefined) as unknown as typeof test)

if (!isAlone) {
  const canIsolate = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0
  const skip = canIsolate ? false : 'needs the right to make a network namespace (unshare --net) and ip'
  test('start-up and health checks keep their promises where there is nothing but loopback', { skip }, () => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const inside = 'ip link set lo up && exec "$0" --test "$1"'
    const args = ['--net', 'sh', '-c', inside, process.execPath, fileURLToPath(import.meta.url)]
    const done = spawnSync('unshare', args, { encoding: 'utf8', env, timeout: 60_000 })
    assert.equal(done.status, 0, done.stdout + done.stderr)
    assert.match(done.stdout, /pass [1-9]/)
  })
}

const quiet = { region: 'eu-west-1', internetCanary: false, sign: false, connectTimeoutMs: 500, deadlineMs: 3000 } as const

async function listen(t: TestContext): Promise<{ server: Server; target: string }> {
  const server = createServer(socket => socket.end())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return { server, target: `tcp://127.0.0.1:${address.port}` }
}

async function closedPort(t: TestContext): Promise<string> {
  const { server, target } = await listen(t)
  await new Promise(resolve => server.close(resolve))
  return target
}

promise('assertReachable resolves with the report when everything answers', async t => {
  const { target } = await listen(t)
  const report = await assertReachable([target], quiet)
  assert.equal(report.targets[0]?.verdict, 'healthy')
})

promise('assertReachable speaks the language asked for', async t => {
  const target = await closedPort(t)
  await assert.rejects(
    assertReachable([target], { ...quiet, language: 'ja' }),
    /から見て、1 件の対象のうち 1 件を利用できません：\n.*ください/,
  )
})

promise('assertReachable fails with cause and fix in its message, and the report on the error', async t => {
  const target = await closedPort(t)
  const error = await assertReachable([target], quiet).then(
    () => assert.fail('must not resolve'),
    (e: unknown) => e,
  )
  assert.ok(error instanceof NotReachableError)
  assert.match(error.message, /^1 of 1 targets cannot be used from \S+:\n/)
  assert.match(error.message, /nothing-listens/)
  assert.equal(error.findings[0]?.causes[0]?.cause, 'nothing-listens')
  assert.equal(error.report.targets[0]?.id, target)
})

promise('assertReachable only tells, when asked to', async t => {
  const report = await assertReachable([await closedPort(t)], { ...quiet, mode: 'report' })
  assert.equal(report.targets[0]?.verdict, 'failing')
})

promise('a wrong word is the caller’s mistake, not the network’s', async () => {
  await assert.rejects(assertReachable(['lgos'], quiet), ProbeUsageError)
})

promise('a health check answers at once from memory, follows the network, and stops', async t => {
  const { server, target } = await listen(t)
  const health = createHealthCheck({ ...quiet, targets: [target], everyMs: 60_000 })
  t.after(() => health.stop())
  assert.equal(health.status().state, 'starting')
  assert.equal((await health.refresh()).state, 'healthy')
  await new Promise(resolve => server.close(resolve))
  const [first, second] = await Promise.all([health.refresh(), health.refresh()])
  assert.equal(first, second, 'one run serves both')
  assert.equal(first.state, 'unhealthy')
  assert.equal(first.findings[0]?.causes[0]?.cause, 'nothing-listens')
  health.stop()
  assert.equal((await health.refresh()).state, 'unhealthy', 'after stop nothing runs, and the last word stands')
})

promise('a list that is none is the caller’s mistake', async () => {
  const word = 'sts' as unknown as readonly string[]
  await assert.rejects(
    assertReachable(word, quiet),
    (error: unknown) => error instanceof ProbeUsageError && error.code === 'bad-list',
  )
  await assert.rejects(probe({ ...quiet, for: [1] as unknown as string[] }), ProbeUsageError)
})

promise('whoever ends a start-up check gets his own reason, and no fault of the network', async t => {
  const ended = new Error('shutting down')
  await assert.rejects(
    assertReachable([await closedPort(t)], { ...quiet, signal: AbortSignal.abort(ended) }),
    error => error === ended,
  )
  const told = await assertReachable([await closedPort(t)], { ...quiet, signal: AbortSignal.abort(ended), mode: 'report' })
  assert.equal(told.run.interrupted, true)
})

promise(
  'a pause that is no time is told as the mistake that it is, and one that is longer than a timer holds does not end at once',
  async t => {
    const { target } = await listen(t)
    for (const everyMs of [0, -1, Number.NaN]) {
      const health = createHealthCheck({ ...quiet, targets: [target], everyMs })
      assert.equal((await health.refresh()).state, 'broken')
      assert.match(health.status().problem ?? '', /^everyMs is /)
      health.stop()
    }
    for (const everyMs of [2 ** 33, Number.POSITIVE_INFINITY]) {
      const health = createHealthCheck({ ...quiet, targets: [target], everyMs })
      const first = await health.refresh()
      assert.equal(first.state, 'healthy')
      await new Promise(resolve => setTimeout(resolve, 50))
      assert.equal(health.status(), first, 'no other run has begun and ended')
      health.stop()
    }
  },
)

promise('a health check that cannot be made says so and never throws', async t => {
  const health = createHealthCheck({ ...quiet, targets: ['lgos'], everyMs: 60_000 })
  t.after(() => health.stop())
  const status = await health.refresh()
  assert.equal(status.state, 'broken')
  assert.match(status.problem ?? '', /lgos/)
})

promise('a health check does not keep the process alive', () => {
  const index = fileURLToPath(new URL('../../src/index.js', import.meta.url))
  const script = `import { createHealthCheck } from ${JSON.stringify(index)}; createHealthCheck({ targets: ['tcp://127.0.0.1:9'], region: 'eu-west-1', internetCanary: false, sign: false, deadlineMs: 1000, everyMs: 3600000 })`
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 20_000 })
  assert.equal(done.signal, null, done.stderr)
  assert.equal(done.status, 0, done.stderr)
})

promise('a run leaves the process as it found it: environment, DNS, agents, listeners, timers', async t => {
  const { target } = await listen(t)
  const state = () => ({
    env: JSON.stringify(process.env),
    servers: dns.getServers(),
    order: dns.getDefaultResultOrder(),
    agents: [http.globalAgent, https.globalAgent],
    dispatcher: Object.getOwnPropertySymbols(globalThis).map(symbol => [symbol, Reflect.get(globalThis, symbol)]),
    listeners: process.eventNames().map(name => [String(name), process.listenerCount(name)]),
    globals: Object.getOwnPropertyNames(globalThis).length,
  })
  const before = state()
  await probe({ ...quiet, targets: [target, 'tls://127.0.0.1:9'] })
  assert.deepEqual(state(), before)
})

promise('an aborted signal ends a run at once with what was seen, and stops a health check', async t => {
  const mute = createServer(() => {})
  await new Promise<void>(resolve => mute.listen(0, '127.0.0.1', resolve))
  t.after(() => mute.close())
  const address = mute.address()
  assert.ok(address !== null && typeof address === 'object')
  const target = `tls://127.0.0.1:${address.port}`
  const patient = { ...quiet, connectTimeoutMs: 60_000, deadlineMs: 120_000 }
  const controller = new AbortController()
  mute.once('connection', () => controller.abort())
  const report = await probe({ ...patient, targets: [target], signal: controller.signal })
  assert.equal(report.run.interrupted, true)
  assert.equal(report.targets[0]?.verdict, 'unknown')

  const over = new AbortController()
  const health = createHealthCheck({ ...patient, targets: [target], signal: over.signal })
  mute.once('connection', () => over.abort())
  assert.equal((await health.refresh()).state, 'starting', 'a run that was ended judges nothing')
})

promise('observations and findings are told to whoever listens on diagnostics_channel', async t => {
  const target = await closedPort(t)
  const told: unknown[] = []
  for (const name of [channels.observation, channels.finding]) {
    const listener = (message: unknown) => told.push([name, message])
    channel(name).subscribe(listener)
    t.after(() => channel(name).unsubscribe(listener))
  }
  const report = await probe({ ...quiet, targets: [target] })
  const findings = told.filter(each => (each as [string])[0] === channels.finding)
  assert.equal(findings.length, report.findings.length)
  assert.ok(told.length > findings.length)
})

promise('the handler answers from memory: not ready before the first run, then as it was', async t => {
  const { target } = await listen(t)
  const health = createHealthCheck({ ...quiet, targets: [target], everyMs: 60_000 })
  t.after(() => health.stop())
  const ask = (method: string, details = true) => {
    const seen: { status?: number; headers?: Readonly<Record<string, string>>; body?: string | undefined } = {}
    healthHandler(health, { details })(
      { method },
      {
        writeHead: (status, headers) => Object.assign(seen, { status, headers }),
        end: body => Object.assign(seen, { body }),
      },
    )
    return seen
  }
  assert.equal(ask('GET').status, 503)
  assert.match(ask('GET').body ?? '', /"status":"starting"/)
  await health.refresh()
  const good = ask('GET')
  assert.equal(good.status, 200)
  assert.equal(good.headers?.['content-length'], String(Buffer.byteLength(good.body ?? '')))
  assert.equal(ask('HEAD').body, undefined)
  assert.deepEqual(Object.keys(JSON.parse(ask('GET', false).body ?? '')), ['status', 'checkedAt'])
})

promise(
  'an error of the caller’s own at the first observation rejects the run, and is nobody’s unhandled rejection',
  async () => {
    const { region: _, ...anywhere } = quiet
    const environment = { ...process.env }
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) delete process.env[name]
    const onProgress = ({ kind }: { kind: string }) => {
      if (kind === 'observed') throw new Error('of the caller')
    }
    try {
      // Without a region it has no host: that is noted at once, before anything is waited for.
      await assert.rejects(probe({ ...anywhere, targets: ['sts'], onProgress }), /of the caller/)
    } finally {
      Object.assign(process.env, environment)
    }
  },
)

promise('a CA bundle that cannot be used is told, in the language that is asked for', async t => {
  const { target } = await listen(t)
  process.env.AWS_CA_BUNDLE = '/nowhere/ca.pem'
  t.after(() => delete process.env.AWS_CA_BUNDLE)
  const report = await probe({ ...quiet, targets: [target] })
  assert.deepEqual(report.vantage.customCaProblems, ['AWS_CA_BUNDLE names a file that does not exist: clients that read it fail'])
  assert.match(reportIn(report, 'ja').vantage.customCaProblems?.[0] ?? '', /^AWS_CA_BUNDLE が指すファイルがありません/)
  assert.deepEqual(decodeReport(JSON.stringify(report)).vantage.customCaProblems, report.vantage.customCaProblems)
})

promise('a proxy variable that no client can use is told, without its value', async t => {
  const { target } = await listen(t)
  process.env.HTTPS_PROXY = 'socks5://user:hidden@proxy.example:1080'
  t.after(() => delete process.env.HTTPS_PROXY)
  const report = await probe({ ...quiet, targets: [target] })
  assert.equal(report.vantage.proxy, null)
  assert.match(report.vantage.proxyProblem ?? '', /^HTTPS_PROXY names a socks5 proxy/)
  assert.match(reportIn(report, 'ja').vantage.proxyProblem ?? '', /^HTTPS_PROXY は socks5 プロキシ/)
  assert.ok(!JSON.stringify(report).includes('hidden'))
})
