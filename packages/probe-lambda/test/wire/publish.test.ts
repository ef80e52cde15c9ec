// Publications against a server of AWS's protocols on loopback: what is sent, and what is told when it is refused.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { before, test } from 'node:test'
import { decodeReport, diagnose } from '@eniprobe/core'
import { publishReport } from '../../src/publish/index.ts'

const target = {
  id: 'tcp://10.0.0.9:1',
  host: '10.0.0.9',
  kind: 'tcp',
  observations: [
    { layer: 'dns', outcome: 'answered', seen: { addresses: ['10.0.0.9'], resolver: 'literal', scope: 'private' } },
    { layer: 'tcp', address: '10.0.0.9', outcome: 'rejected', code: 'ECONNREFUSED' },
  ],
}
const run = { startedAt: '2026-01-01T00:00:00.000Z' }
const report = diagnose(decodeReport(JSON.stringify({ format: 'eniprobe/1', run, targets: [target] })))
const many = Array.from({ length: 2000 }, (_, at) => ({ ...target, id: `tcp://10.0.0.9:${at + 1}` }))
const large = diagnose(decodeReport(JSON.stringify({ format: 'eniprobe/1', run, targets: many })))

interface Asked {
  readonly action: string
  readonly body: string
}
const asked: Asked[] = []
/** By action: what is answered instead of a success. */
const refusals = new Map<string, object>()

before(async () => {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      const form = /(?:^|&)Action=(\w+)/.exec(body)?.[1]
      const action = String(request.headers['x-amz-target'] ?? form ?? `${request.method} ${request.url?.split('?')[0]}`)
      asked.push({ action: action.split('.').at(-1) ?? '', body })
      const refusal = refusals.get(asked.at(-1)?.action ?? '')
      response.writeHead(refusal !== undefined && '__type' in refusal ? 400 : 200, {
        'content-type': 'application/x-amz-json-1.1',
      })
      response.end(form === undefined ? (refusal === undefined ? '{}' : JSON.stringify(refusal)) : '<PublishResponse/>')
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  server.unref()
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.assign(process.env, {
    AWS_ENDPOINT_URL,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'test',
  })
})

const context = { getRemainingTimeInMillis: () => 30_000, awsRequestId: 'r-1', functionName: 'probe' }
const plain = { redact: false, language: 'en' } as const

test('a log group gets the report as one event that fits, also when the stream is there already', async () => {
  for (const [what, isWhole] of [
    [report, true],
    [large, false],
  ] as const) {
    asked.length = 0
    refusals.set('CreateLogStream', { __type: 'ResourceAlreadyExistsException', message: 'there' })
    const [logs] = await publishReport(what, { ...plain, publish: { logGroup: '/eniprobe' } }, context)
    assert.deepEqual(logs, { to: 'logs', place: '/eniprobe:2026/01/01/probe/r-1', done: true })
    const [event, ...more] = JSON.parse(asked.find(({ action }) => action === 'PutLogEvents')?.body ?? '').logEvents
    assert.equal(more.length, 0)
    assert.ok(Buffer.byteLength(event.message) < 256 * 1024 - 26)
    if (isWhole) assert.deepEqual(JSON.parse(event.message).findings, report.findings)
  }
})

test('what is refused is told, in few words where the report is masked', async () => {
  refusals.set('CreateLogStream', { __type: 'AccessDeniedException', message: 'User: arn:aws:iam::123456789012:role/x may not' })
  const publish = { logGroup: '/eniprobe' }
  const [open] = await publishReport(report, { ...plain, publish }, context)
  assert.deepEqual([open?.done, open?.problem], [false, 'AccessDeniedException: User: arn:aws:iam::123456789012:role/x may not'])
  const [masked] = await publishReport(report, { ...plain, redact: true, publish }, context)
  assert.equal(masked?.problem, 'AccessDeniedException')
})

test('an event that CloudWatch Logs takes no notice of is no publication', async () => {
  refusals.set('CreateLogStream', {})
  refusals.set('PutLogEvents', { rejectedLogEventsInfo: { tooOldLogEventEndIndex: 0 } })
  const [logs] = await publishReport(report, { ...plain, publish: { logGroup: '/eniprobe' } }, context)
  assert.equal(logs?.done, false)
})

test('a message tells the finding, and only where there is one unless always asked for', async () => {
  asked.length = 0
  const topic = 'arn:aws:sns:eu-west-1:123456789012:t'
  await publishReport(report, { ...plain, publish: { sns: { topic, when: 'error' } } }, context)
  const form = new URLSearchParams(asked[0]?.body)
  assert.match(form.get('Message') ?? '', /nothing-listens/)
  assert.equal(form.get('Subject'), 'eniprobe probe: not reachable')
  const good = { ...report, findings: [], targets: [] }
  await publishReport(good, { ...plain, publish: { sns: { topic, when: 'error' } } }, context)
  assert.equal(asked.length, 1)
})
