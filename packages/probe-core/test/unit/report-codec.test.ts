import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../../src/model/report.ts'
import { ProbeUsageError } from '../../src/model/usage-error.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { encodeReport } from '../../src/report/encode.ts'

const full: Report = {
  format: 'eniprobe/1',
  run: { version: '0.1.0', startedAt: '2026-11-23T10:00:00.000Z', durationMs: 1834, deadlineMs: 15000, complete: true },
  vantage: {
    workload: 'lambda',
    region: 'ap-northeast-1',
    partition: 'aws',
    interfaces: [{ name: 'eth0', address: '10.20.1.10', prefixLength: 24 }],
    resolvers: ['10.20.0.2'],
    proxy: null,
    network: {
      eni: 'eni-1',
      vpc: null,
      subnet: null,
      subnetCidr: '10.20.1.0/24',
      vpcCidrs: ['10.20.0.0/16'],
      securityGroups: null,
    },
    identity: null,
    internet: 'silent',
    clockSkewMs: -12,
  },
  targets: [
    {
      id: 'logs',
      kind: 'service',
      service: 'logs',
      host: 'logs.ap-northeast-1.amazonaws.com',
      port: 443,
      region: 'ap-northeast-1',
      wantedBy: ['lambda'],
      verdict: 'failing',
      via: 'unknown',
      hangs: [{ client: 'boto3', ms: 300000, how: '60 s × 5 attempts × 1 address' }],
      observations: [
        {
          layer: 'dns',
          outcome: 'answered',
          startMs: 3,
          durationMs: 2,
          seen: { addresses: ['3.112.64.90'], resolver: '10.20.0.2' },
        },
        { layer: 'tcp', outcome: 'silent', address: '3.112.64.90', waitedMs: 3000, tries: 3 },
        { layer: 'tls', outcome: 'skipped', because: 'below-failed' },
      ],
    },
  ],
  findings: [
    {
      id: 'f1',
      severity: 'error',
      targets: ['logs'],
      causes: [
        {
          cause: 'interface-endpoint-missing',
          confidence: 'likely',
          evidence: [{ target: 'logs', layer: 'dns', says: 'public address' }],
          against: [],
        },
      ],
      fix: { summary: 's', steps: [], snippets: { cli: 'aws' }, docs: '' },
      nextStep: null,
    },
  ],
  unexplained: [],
}

function refusalOf(text: string): ProbeUsageError {
  try {
    decodeReport(text)
  } catch (error) {
    assert.ok(error instanceof ProbeUsageError, String(error))
    return error
  }
  throw new assert.AssertionError({ message: 'it was accepted' })
}

const withObservation = (observation: unknown) =>
  JSON.stringify({ format: 'eniprobe/1', targets: [{ id: 'logs', host: 'h', observations: [observation] }] })

test('a report that is written and read again is the same report', () => {
  assert.deepEqual(decodeReport(encodeReport(full)), full)
})

test('writing keeps the order of the contract, whatever the order of the object', () => {
  const { targets, ...rest } = full
  assert.equal(encodeReport({ targets, ...rest }), encodeReport(full))
})

test('fields that this version does not know survive reading and writing', () => {
  const newer = { ...full, added: { deep: [1] }, run: { ...full.run, colour: 'blue' } }
  assert.deepEqual(JSON.parse(encodeReport(decodeReport(JSON.stringify(newer)))), JSON.parse(JSON.stringify(newer)))
})

test('a hand-written report needs only targets with their observations', () => {
  const report = decodeReport(
    JSON.stringify({
      format: 'eniprobe/1',
      vantage: { region: 'eu-west-1', network: { vpcCidrs: ['10.0.0.0/8'] } },
      targets: [
        {
          id: 'sts',
          service: 'sts',
          host: 'sts.eu-west-1.amazonaws.com',
          observations: [{ layer: 'http', outcome: 'answered', seen: { status: 200 } }],
        },
        { id: 'tcp://10.0.3.9:5432', host: '10.0.3.9', port: 5432, observations: [] },
      ],
    }),
  )
  assert.deepEqual(report.vantage.resolvers, [])
  assert.equal(report.vantage.network.eni, null)
  assert.deepEqual(report.vantage.network.vpcCidrs, ['10.0.0.0/8'])
  assert.equal(report.vantage.internet, 'skipped')
  assert.deepEqual(report.findings, [])
  assert.deepEqual(
    report.targets.map(({ kind, port, verdict }) => [kind, port, verdict]),
    [
      ['service', 443, 'unknown'],
      ['tcp', 5432, 'unknown'],
    ],
  )
})

test('what is wrong in a report is named at its place', () => {
  const table: [string, RegExp][] = [
    [
      withObservation({ layer: 'dns', outcome: 'answred' }),
      /^targets\[0\]\.observations\[0\]\.outcome: "answred" is not one of "answered", "rejected"/,
    ],
    [
      withObservation({ layer: 'dnz', outcome: 'silent' }),
      /^targets\[0\]\.observations\[0\]\.layer: "dnz" is not one of "dns", "tcp"/,
    ],
    [withObservation({ layer: 'tcp', outcome: 'silent' }), /^targets\[0\]\.observations\[0\]\.waitedMs: is missing/],
    [withObservation({ layer: 'http', outcome: 'answered', seen: { status: '200' } }), /seen\.status: "200" is not a number/],
    [withObservation({ layer: 'aws', outcome: 'skipped', because: 'tired' }), /because: "tired" is not one of "below-failed"/],
    [JSON.stringify({ format: 'eniprobe/1' }), /^targets: is missing/],
    [
      JSON.stringify({ format: 'eniprobe/1', targets: [{ id: 'a', host: 'h', port: 70000, observations: [] }] }),
      /^targets\[0\]\.port: "70000" is not/,
    ],
    [
      JSON.stringify({
        format: 'eniprobe/1',
        targets: [
          { id: 'a', host: 'h', observations: [] },
          { id: 'a', host: 'h', observations: [] },
        ],
      }),
      /^targets\[1\]\.id: "a" is there twice/,
    ],
    [JSON.stringify({ ...full, findings: [{ ...full.findings[0], causes: [] }] }), /^findings\[0\]\.causes: /],
  ]
  for (const [text, expected] of table) {
    const refusal = refusalOf(text)
    assert.equal(refusal.code, 'report-malformed')
    assert.match(refusal.message, expected)
  }
})

test('what is no report is refused, each kind by its own code', () => {
  assert.equal(refusalOf('{').code, 'report-not-json')
  assert.equal(refusalOf('').code, 'report-not-json')
  assert.equal(refusalOf('[]').code, 'report-other-format')
  assert.equal(refusalOf('null').code, 'report-other-format')
  assert.equal(refusalOf('{"format":"eniprobe/2"}').code, 'report-other-format')
  assert.equal(refusalOf(' '.repeat(33 * 1024 * 1024)).code, 'report-too-large')
})

test('a file nested deeper than any stack is refused, not crashed on', () => {
  assert.equal(refusalOf('['.repeat(2_000_000)).code, 'report-not-json')
  assert.equal(
    refusalOf(`{"format":"eniprobe/1","targets":${'['.repeat(200_000)}${']'.repeat(200_000)}}`).code,
    'report-not-json',
  )
})

test('a file cannot reach the prototype of any object', () => {
  const hostile = '{"format":"eniprobe/1","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"targets":[]}'
  const report: Report & { polluted?: number } = decodeReport(hostile)
  assert.equal(report.polluted, undefined)
  assert.equal(Object.getPrototypeOf(report), Object.prototype)
  assert.equal(({} as { polluted?: number }).polluted, undefined)
})

test('a refusal quotes no more than a little of what a stranger wrote, in one printable line', () => {
  const { message } = refusalOf(withObservation({ layer: `\u001b[31m${'x'.repeat(5000)}\n`, outcome: 'silent' }))
  assert.ok(message.length <= 400)
  assert.doesNotMatch(message, /[\u0000-\u001f]/)
})

test('what the control plane told is read field by field, and no list of it may be endless', () => {
  const least = { format: 'eniprobe/1', targets: [] }
  const read = (controlPlane: unknown) => decodeReport(JSON.stringify({ ...least, controlPlane }))
  const entry = { number: 1, direction: 'egress', action: 'deny', protocol: '6', cidr: '0.0.0.0/0' }
  const acl = (entries: unknown[]) => ({ asked: [], networkAcls: [{ id: 'acl-1', subnets: [], entries }] })
  assert.equal(read(acl([entry])).controlPlane?.networkAcls?.[0]?.entries[0]?.number, 1)
  for (const wrong of [
    3,
    {},
    { asked: [{ action: 'ec2:X', outcome: 'fine' }] },
    acl([{ ...entry, action: 'perhaps' }]),
    acl([{ ...entry, number: 'one' }]),
    acl(Array.from({ length: 300 }, () => entry)),
    { asked: [], interfaces: Array.from({ length: 6000 }, () => ({})) },
  ])
    assert.throws(() => read(wrong), ProbeUsageError)
  const polluted = decodeReport('{"format":"eniprobe/1","targets":[],"controlPlane":{"asked":[],"__proto__":{"vpcs":[]}}}')
  assert.equal(polluted.controlPlane?.vpcs, undefined)
})
