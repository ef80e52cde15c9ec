// The event, read: what is right reaches the library, what is wrong is told by field and mend.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProbeUsageError } from '@eniprobe/core'
import { readInvocation } from '../../src/invocation.ts'
import { readRequest } from '../../src/request.ts'

test('every option reaches the library, and CloudFormation’s strings are read as what they mean', () => {
  const { options, ...rest } = readRequest({
    targets: ['logs', 's3://b'],
    for: 'glue',
    region: 'eu-west-1',
    deadlineMs: '8000',
    connectTimeoutMs: 1000,
    concurrency: '8',
    sign: 'false',
    writeChecks: 'true',
    confirm: false,
    expect: 'closed',
    internetCanary: 'off',
    resolvers: ['10.0.0.2'],
    redact: 'true',
    language: 'ja',
    answerBytes: '240000',
    failOn: 'error',
    publish: {
      metrics: 'true',
      logGroup: '/eniprobe/reports',
      s3: 's3://my-bucket/p/',
      sns: 'arn:aws:sns:eu-west-1:123456789012:t',
    },
  })
  assert.deepEqual(options, {
    targets: ['logs', 's3://b'],
    for: ['glue'],
    region: 'eu-west-1',
    deadlineMs: 8000,
    connectTimeoutMs: 1000,
    concurrency: 8,
    sign: false,
    writeChecks: true,
    confirm: false,
    expect: 'closed',
    internetCanary: false,
    resolvers: ['10.0.0.2'],
  })
  assert.deepEqual(rest, {
    redact: true,
    language: 'ja',
    answerBytes: 240_000,
    failOn: 'error',
    publish: {
      metrics: { namespace: 'eniprobe', perTarget: false },
      logGroup: '/eniprobe/reports',
      s3: { bucket: 'my-bucket', prefix: 'p' },
      sns: { topic: 'arn:aws:sns:eu-west-1:123456789012:t', when: 'error' },
    },
  })
})

test('a mistake is told by its field and its mend', () => {
  const table: readonly (readonly [object, RegExp, RegExp])[] = [
    [{ tragets: ['logs'] }, /a field tragets/, /did you mean targets\?/],
    [{ publish: { s4: 's3://b' } }, /a field publish\.s4/, /did you mean publish\.s3\?/],
    [{ deadlineMs: '15s' }, /deadlineMs is "15s"/, /whole number/],
    [{ deadlineMs: 0 }, /deadlineMs is 0/, /whole number/],
    [{ targets: [1] }, /targets\[0\] is 1/, /give a word/],
    [{ targets: { a: 1 } }, /targets is \{"a":1\}/, /give a word/],
    [{ sign: 'maybe' }, /sign is "maybe"/, /true or false/],
    [{ failOn: 'warning' }, /failOn/, /"never" or "error"/],
    [{ publish: { s3: 'b/p' } }, /publish\.s3 is "b\/p"/, /s3:\/\/my-bucket/],
    [{ publish: { sns: 'topic' } }, /publish\.sns/, /ARN/],
    [{ publish: { metrics: { namespace: 'AWS/Lambda' } } }, /namespace/, /outside of AWS/],
    [{ publish: 'all' }, /publish is "all"/, /give an object/],
    [{ region: '\u001b[2J' }, /.*/, /.*/],
  ]
  for (const [event, message, hint] of table.slice(0, -1)) {
    assert.throws(
      () => readRequest(event),
      error =>
        error instanceof ProbeUsageError && message.test(error.message) && message.test(error.message) && hint.test(error.hint),
      JSON.stringify(event),
    )
  }
})

test('no field of a prototype is taken for one of the event', () => {
  assert.throws(() => readRequest(JSON.parse('{"__proto__": {"targets": ["logs"]}}')), /__proto__/)
  assert.throws(() => readRequest({ constructor: 1 }), /constructor/)
})

test('an event over the settings of the function, a schedule by the settings alone', () => {
  const env = { ENIPROBE_TARGETS: 'kms, ,logs', ENIPROBE_EVENT: '{"targets": ["logs"], "failOn": "error"}' }
  const read = (event: unknown, settings: NodeJS.ProcessEnv) => readInvocation(event, settings).request()
  const direct = read({ targets: ['s3'] }, env)
  assert.deepEqual([direct.options.targets, direct.failOn], [['s3'], 'error'])
  assert.deepEqual(read({}, { ENIPROBE_TARGETS: 'kms, ,logs' }).options.targets, ['kms', 'logs'])
  for (const event of [{ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }, {}, null, undefined]) {
    assert.deepEqual(read(event, env).options.targets, ['logs'])
  }
  assert.throws(() => read({}, { ENIPROBE_EVENT: '[1]' }), /ENIPROBE_EVENT is not a JSON object/)
  assert.throws(() => read('logs', {}), /the event is no object/)
})

test('a custom resource and a hook are told from a direct event, and a Delete reads no properties', () => {
  const event = {
    RequestType: 'Delete',
    ResponseURL: 'https://bucket.s3.eu-west-1.amazonaws.com/x?sig',
    StackId: 's',
    RequestId: 'r',
    LogicalResourceId: 'Network',
    ResourceProperties: { ServiceToken: 'arn', tragets: 'x' },
  }
  assert.equal(readInvocation(event, {}).by, 'cloudformation')
  assert.equal(readInvocation(event, { ENIPROBE_EVENT: 'no JSON' }).by, 'cloudformation', 'nor a setting that cannot be read')
  assert.equal(readInvocation({ ...event, ResourceProperties: 7 }, {}).by, 'cloudformation')
  assert.equal(readInvocation({ DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e' }, {}).by, 'codedeploy')
})

test('whatever is sent is either read or refused by a mistake of the caller; telling who asks never fails', () => {
  const deep = JSON.parse(`${'{"targets":'.repeat(3000)}1${'}'.repeat(3000)}`)
  const events: unknown[] = [0, '', 'x', [], [[]], true, Number.NaN, deep, { targets: Array(2000).fill('s3') }, { publish: [] }]
  events.push(
    { targets: 'x'.repeat(5000) },
    { RequestType: {} },
    { DeploymentId: 1 },
    { 'detail-type': {} },
    { publish: { sns: {} } },
  )
  events.push({ targets: null }, { deadlineMs: 1e300 }, { publish: { metrics: { namespace: '\u001b[2J' } } }, { region: ['a'] })
  for (const event of events) {
    const invocation = readInvocation(event, {})
    try {
      invocation.request()
    } catch (error) {
      assert.ok(error instanceof ProbeUsageError, String(error))
      assert.ok(error.message.length < 300)
      assert.doesNotMatch(error.message, /[\u0000-\u001f]/)
    }
  }
})
