// Reports that no run has made: any observations in any order, addresses and names that are none, codes that nobody knows.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { diagnose } from '../../src/diagnose/index.ts'
import type { ObservedReport, Report } from '../../src/model/report.ts'
import { decodeReport } from '../../src/report/decode.ts'

const numRuns = Number(process.env.ENIPROBE_WORLDS ?? 800)

const text = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('', '*', '\u0000', '__proto__', '{host}', '%s', '1e999'))
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom(
    '10.20.1.20',
    '10.20.2.20',
    '52.219.1.7',
    '127.0.0.1',
    '0.0.0.0',
    '169.254.169.254',
    '::ffff:10.0.0.1',
    '300.1.2.3',
    '',
    'no address',
  ),
)
const host = fc.oneof(
  fc.constantFrom(
    'logs.eu-west-1.amazonaws.com',
    'sts.amazonaws.com',
    's3.eu-west-1.amazonaws.com',
    'orders.s3.amazonaws.com',
    'vpce-0a1b-c.logs.eu-west-1.vpce.amazonaws.com',
    'db.cabc.eu-west-1.rds.amazonaws.com',
    'a1.execute-api.eu-west-1.amazonaws.com',
    'internal-x.eu-west-1.elb.amazonaws.com',
    'www.example.org',
    'db.internal',
  ),
  address,
  text,
)
const code = fc.oneof(
  fc.constantFrom(
    'NXDOMAIN',
    'NODATA',
    'SERVFAIL',
    'REFUSED',
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EPERM',
    'EADDRNOTAVAIL',
  ),
  fc.constantFrom(
    'ECONNRESET',
    'EOF',
    'NOT_TLS',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'ALERT_handshake_failure',
  ),
  fc.constantFrom(
    '403',
    '407',
    '502',
    'AccessDenied',
    'ExpiredToken',
    'SignatureDoesNotMatch',
    'RequestTimeTooSkewed',
    'PermanentRedirect',
    'Throttling',
    'NoSuchBucket',
  ),
  text,
)
const status = fc.constantFrom(200, 301, 401, 403, 404, 407, 500, 503, 511, 0, -1)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const few = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 4 })

const seen = fc.record({
  name: maybe(host),
  addresses: few(address),
  resolver: fc.oneof(address, fc.constantFrom('hosts-file', 'literal', 'getaddrinfo')),
  tries: maybe(fc.nat(5)),
  host: maybe(host),
  port: maybe(fc.nat(70000)),
  localPort: maybe(fc.constantFrom(1029, 32771, 65003)),
  issuer: maybe(fc.constantFrom('CN=Amazon RSA 2048 M01, O=Amazon, C=US', 'CN=Gateway CA', '')),
  names: maybe(few(host)),
  method: maybe(fc.constantFrom('GET', 'CONNECT')),
  status,
  awsMarks: maybe(few(fc.constant('x-amzn-requestid'))),
  bodyStart: maybe(text),
  contentType: maybe(fc.constantFrom('text/html', 'application/json')),
  action: maybe(fc.constantFrom('s3:GetObject', 'sts:GetCallerIdentity', 'kms:Decrypt')),
  signed: maybe(fc.boolean()),
  resource: maybe(text),
})
const outcome = fc.oneof(
  fc.record({ outcome: fc.constant('answered'), seen }),
  fc.record({ outcome: fc.constant('rejected'), code, message: maybe(text), seen: maybe(seen) }),
  fc.record({ outcome: fc.constant('silent'), waitedMs: fc.nat(9000), tries: maybe(fc.nat(4)), seen: maybe(seen) }),
  fc.record({
    outcome: fc.constant('skipped'),
    because: fc.constantFrom('below-failed', 'not-asked', 'no-time', 'no-credentials'),
  }),
)
const variants = [
  'vpc-resolver',
  'other-resolver',
  'getaddrinfo',
  'repeat',
  'sibling-name',
  'must-exist',
  'source-port',
  'other-sni',
  'small-hello',
  'large-hello',
]
const observation = fc
  .record({
    layer: fc.constantFrom('dns', 'tcp', 'tls', 'http', 'aws'),
    address: maybe(address),
    variant: maybe(fc.constantFrom(...variants, 'small-answer', 'large-request', 'direct', 'unsigned', 'second-action')),
    via: maybe(fc.constant('proxy')),
    durationMs: maybe(fc.nat(9000)),
    what: outcome,
  })
  .map(({ what, ...where }) => ({ ...where, ...what }))

const target = fc.record({
  kind: fc.constantFrom('service', 'tcp', 'tls', 'https', 'resource'),
  service: fc.constantFrom(null, 'logs', 'sts', 's3', 'dynamodb', 'execute-api', 'no-such-service'),
  host,
  port: fc.constantFrom(443, 5432, 0),
  region: fc.constantFrom(null, 'eu-west-1', 'us-east-1', 'nowhere'),
  wantedBy: few(fc.constantFrom('command-line', 'pip', 'lambda')),
  when: maybe(text),
  path: maybe(text),
  observations: fc.array(observation, { maxLength: 12 }),
})
const check = fc.record({
  check: fc.constantFrom(
    'vpc-resolver',
    'system-resolver',
    'imds-token',
    'imds-get',
    'container-credentials',
    'internet',
    'control-endpoint',
  ),
  address,
  outcome: fc.constantFrom('answered', 'rejected', 'silent', 'skipped'),
  code: maybe(code),
})
const cidr = fc.oneof(fc.constantFrom('10.20.0.0/16', '10.20.1.0/24', 'fd00::/8'), text)
const vantage = fc.record({
  workload: fc.constantFrom(null, 'ec2', 'lambda', 'nothing-known'),
  region: fc.constantFrom(null, 'eu-west-1', 'nowhere'),
  homeRegion: maybe(fc.constantFrom(null, 'us-east-1')),
  partition: fc.constantFrom('aws', 'aws-cn', ''),
  interfaces: few(fc.record({ name: fc.constantFrom('eth0', 'lo'), address, prefixLength: fc.constantFrom(0, 24, 32, 64, 128) })),
  resolvers: few(address),
  proxy: fc.option(
    fc.record({
      url: fc.constantFrom('http://proxy:3128', 'no url'),
      from: fc.constant('HTTPS_PROXY'),
      noProxy: fc.option(text),
    }),
  ),
  network: fc
    .record({ subnetCidr: fc.option(cidr), vpcCidrs: fc.option(few(cidr)) })
    .map(n => ({ eni: null, vpc: null, subnet: null, securityGroups: null, ...n })),
  identity: fc.option(fc.constant({ arn: 'arn:aws:iam::123456789012:user/u', account: '123456789012', source: 'environment' })),
  internet: fc.constantFrom('answered', 'rejected', 'silent', 'skipped'),
  clockSkewMs: fc.option(fc.integer({ min: -1e7, max: 1e7 })),
  checks: maybe(few(check)),
  expect: maybe(fc.constant('closed')),
})
const report = fc.record({ vantage, targets: fc.array(target, { maxLength: 5 }) }).map(({ vantage: where, targets }) => ({
  format: 'eniprobe/1',
  run: { version: '0', startedAt: '2026-11-23T10:00:00.000Z', durationMs: 1, deadlineMs: 1, complete: false },
  vantage: where,
  targets: targets.map((t, i) => ({ id: `t${i}`, ...t })),
}))

function isWhole(judged: Report): void {
  const covered = new Set(judged.findings.flatMap(f => f.targets))
  for (const { id, verdict } of judged.targets) {
    const isBad = verdict === 'failing' || verdict === 'denied'
    assert.equal(judged.unexplained.includes(id), isBad && !covered.has(id))
  }
  for (const { causes, fix } of judged.findings) {
    assert.ok(causes.length > 0 && causes.length <= 6)
    assert.ok(fix.summary.length > 0)
  }
}

describe('whatever a report holds', () => {
  it('it is judged without a throw, and every target has its place', () => {
    fc.assert(
      fc.property(report, any => {
        const observed = JSON.parse(JSON.stringify(any)) as ObservedReport
        isWhole(diagnose(observed))
      }),
      { numRuns: numRuns * 2 },
    )
  })

  it('it is refused in words, or judged: reading it never throws anything else', () => {
    fc.assert(
      fc.property(report, any => {
        let read: Report
        try {
          read = decodeReport(JSON.stringify(any))
        } catch (error) {
          assert.equal((error as Error).name, 'ProbeUsageError')
          return
        }
        isWhole(diagnose(read))
      }),
      { numRuns },
    )
  })
})
