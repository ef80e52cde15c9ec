// The answer: within Lambda's limits, in time, and with metrics that CloudWatch can read.

import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { decodeReport, diagnose, ProbeUsageError, type Report, summarise } from '@eniprobe/core'
import { fitAnswer } from '../../src/answer.ts'
import { settleResource } from '../../src/custom-resource.ts'
import type { ResourceEvent } from '../../src/invocation.ts'
import { embedded } from '../../src/publish/metrics.ts'
import { type Context, fitToTime } from '../../src/time.ts'

function report(states: Readonly<Record<string, 'answered' | 'silent'>>): Report {
  const targets = Object.entries(states).map(([id, tcp]) => ({
    id,
    host: '10.0.0.9',
    kind: 'tcp',
    observations: [
      { layer: 'dns', outcome: 'answered', seen: { addresses: ['10.0.0.9'], resolver: 'literal', scope: 'private' } },
      tcp === 'answered'
        ? { layer: 'tcp', address: '10.0.0.9', outcome: 'answered', seen: {} }
        : { layer: 'tcp', address: '10.0.0.9', outcome: 'rejected', code: 'ECONNREFUSED' },
    ],
  }))
  return diagnose(decodeReport(JSON.stringify({ format: 'eniprobe/1', run: { startedAt: '2026-01-01T00:00:00.000Z' }, targets })))
}

const good = report({ 'tcp://10.0.0.9:1': 'answered' })
const bad = report({ 'tcp://10.0.0.9:1': 'answered', 'tcp://10.0.0.9:2': 'silent' })

function contextWith(ms: number): Context {
  const end = performance.now() + ms
  return { getRemainingTimeInMillis: () => end - performance.now(), awsRequestId: 'r-1', functionName: 'probe' }
}

test('the run ends before the function does, and silence still has time to be silence', () => {
  const { deadlineMs, connectTimeoutMs = 0 } = fitToTime({}, {}, contextWith(3000))
  assert.ok(deadlineMs <= 2400 && deadlineMs > 2000)
  assert.ok(connectTimeoutMs < deadlineMs)
  assert.equal(fitToTime({}, {}, contextWith(60_000)).deadlineMs, 15_000)
  assert.ok(
    fitToTime({ deadlineMs: 50_000 }, { logGroup: 'g' }, contextWith(10_000)).deadlineMs < 7000,
    'publishing has its share',
  )
  assert.throws(() => fitToTime({}, { logGroup: 'g' }, contextWith(3000)), ProbeUsageError)
})

test('an answer that would not fit loses what healthy targets showed first, and says so', () => {
  const limit = JSON.stringify(bad).length - 10
  const fitted = fitAnswer(bad, limit)
  assert.ok(JSON.stringify(fitted).length <= limit + 300)
  assert.ok('shortened' in fitted && fitted.shortened?.targets === 1)
  assert.deepEqual(
    fitted.targets.map(({ observations }) => observations.length),
    [0, 2],
  )
  assert.equal(fitAnswer(bad), bad)
})

test('the metrics are in the embedded metric format: every metric named is there with a number, every dimension with a word', () => {
  const lines = embedded(bad, 'probe', { namespace: 'eniprobe', perTarget: true }).map(line => JSON.parse(line))
  assert.equal(lines.length, 3)
  for (const line of lines) {
    assert.equal(line._aws.Timestamp, Date.parse('2026-01-01T00:00:00Z'))
    for (const { Namespace, Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
      assert.equal(Namespace, 'eniprobe')
      for (const { Name, Unit } of Metrics) {
        assert.equal(typeof line[Name], 'number')
        assert.ok(['Count', 'Milliseconds'].includes(Unit))
      }
      for (const name of Dimensions.flat()) assert.equal(typeof line[name], 'string')
    }
  }
  assert.deepEqual([lines[0].FailingTargets, lines[0].HealthyTargets, lines[1].Healthy, lines[2].Healthy], [1, 1, 1, 0])
})

test('a summary begins with the answer and stays within its limit', () => {
  assert.match(summarise(bad), /^1 of 2 targets cannot be used from here:\ntcp:\/\/10\.0\.0\.9:2: nothing-listens \(\w+\)\. /)
  assert.equal(summarise(bad, { limit: 40 }).length, 40)
})

const event: ResourceEvent = {
  RequestType: 'Create',
  ResponseURL: '',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Network',
}

/** A bucket that takes one response, after refusing the first tries. */
async function bucket(refusals = 0) {
  let left = refusals
  const taken: { body: string; type: string | undefined }[] = []
  const server = createServer((request: IncomingMessage, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      left -= 1
      if (left >= 0) return void response.writeHead(503).end()
      taken.push({ body, type: request.headers['content-type'] })
      response.end()
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return { url: `http://127.0.0.1:${port}/response?X-Amz-Signature=secret`, taken, close: () => server.close() }
}

test('a Delete succeeds at once and looks at nothing', async t => {
  const s3 = await bucket()
  t.after(s3.close)
  await settleResource(
    { ...event, RequestType: 'Delete', ResponseURL: s3.url, PhysicalResourceId: 'kept' },
    contextWith(9000),
    () => assert.fail('must not look'),
  )
  const { Status, PhysicalResourceId } = JSON.parse(s3.taken[0]?.body ?? '')
  assert.deepEqual([Status, PhysicalResourceId], ['SUCCESS', 'kept'])
})

test('a stack waits until the network can be used, and its answer is tried again', async t => {
  const s3 = await bucket(1)
  t.after(s3.close)
  let looks = 0
  await settleResource({ ...event, ResponseURL: s3.url }, contextWith(60_000), async () => (++looks < 2 ? bad : good))
  assert.equal(looks, 2)
  const { Status, Data } = JSON.parse(s3.taken[0]?.body ?? '')
  assert.equal(Status, 'SUCCESS')
  assert.match(Data.Summary, /^no error at 1 targets/)
  assert.equal(s3.taken[0]?.type, '')
})

test('a stack fails with the diagnosis as its reason, within CloudFormation’s limit', async t => {
  const s3 = await bucket()
  t.after(s3.close)
  await settleResource({ ...event, ResponseURL: s3.url }, contextWith(9000), async () => bad)
  const text = s3.taken[0]?.body ?? ''
  assert.ok(Buffer.byteLength(text) < 4096)
  assert.match(JSON.parse(text).Reason, /nothing-listens/)
  assert.equal(JSON.parse(text).Status, 'FAILED')
})

test('a wrong property fails the stack with its mend; an answer that cannot be handed over is an error without the signature', async t => {
  const s3 = await bucket()
  t.after(s3.close)
  await settleResource({ ...event, ResponseURL: s3.url }, contextWith(30_000), async () => {
    throw new ProbeUsageError('bad-event', 'the event has a field tragets that nobody reads', 'did you mean targets?')
  })
  assert.match(JSON.parse(s3.taken[0]?.body ?? '').Reason, /tragets/)
  await assert.rejects(
    settleResource(
      { ...event, RequestType: 'Delete', ResponseURL: 'http://127.0.0.1:9/x?X-Amz-Signature=secret' },
      contextWith(2000),
      () => assert.fail(),
    ),
    (error: Error) => /could not be answered \(ECONNREFUSED\)/.test(error.message) && !/secret/.test(error.message),
  )
})

test('a function whose interface is still being made is asked again; what stays is the reason', async t => {
  const s3 = await bucket()
  t.after(s3.close)
  let asked = 0
  await settleResource({ ...event, ResponseURL: s3.url }, contextWith(60_000), async () => {
    asked += 1
    if (asked === 1) throw new Error('ResourceConflictException: the function is pending')
    return good
  })
  await settleResource({ ...event, ResponseURL: s3.url }, contextWith(9000), async () => {
    throw new Error('the probe failed: out of memory')
  })
  const answers = s3.taken.map(({ body }) => JSON.parse(body))
  assert.deepEqual(
    answers.map(({ Status }) => Status),
    ['SUCCESS', 'FAILED'],
  )
  assert.match(answers[1].Reason, /out of memory/)
})

test('a summary is told in the language asked for, and a warning is no failure', () => {
  assert.match(summarise(bad, { language: 'ja' }), /^ここから見て、2 件の対象のうち 1 件を利用できません：\n/)
  const warned = { ...good, findings: bad.findings.map(finding => ({ ...finding, severity: 'warning' as const })) }
  assert.match(summarise(warned), /^no error at 1 targets from here\nwarning: /)
})
