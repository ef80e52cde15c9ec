import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { Report } from '../../src/model/report.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { observeWorld } from '../property/world/observe.ts'
import { soundEndpoint, soundWorld, type Thing, type World } from '../property/world/world.ts'

// What is broken; whom it is about; the causes that must come, best first, with ! certain, + likely, ? possible; who is ruled out.
type Row = readonly [string, Partial<World>, string, string, string?]

const sts: Thing = { is: 'service', service: 'sts', name: 'regional' }
const logs: Thing = { is: 'service', service: 'logs', name: 'regional' }
const s3: Thing = { is: 'service', service: 's3', name: 'regional' }
const both = { sts: soundEndpoint, logs: soundEndpoint }
const logsName = 'logs.ap-northeast-1.amazonaws.com'
const outside = { hasWayOut: true, endpoints: {}, targets: [logs, sts] }

const families: Readonly<Record<string, readonly Row[]>> = {
  'endpoints and their names': [
    [
      'no endpoint',
      { endpoints: { sts: soundEndpoint } },
      'logs',
      'interface-endpoint-missing+ private-dns-disabled?',
      'endpoint-name-not-covered',
    ],
    [
      'private DNS off',
      { endpoints: { ...both, logs: { ...soundEndpoint, privateDns: false } } },
      'logs',
      'interface-endpoint-missing+ private-dns-disabled?',
    ],
    [
      'private DNS off, and the endpoint’s own name answers',
      {
        endpoints: { ...both, logs: { ...soundEndpoint, privateDns: false } },
        targets: [logs, sts, { is: 'endpoint-name', service: 'logs' }],
      },
      'logs',
      'private-dns-disabled+',
    ],
    [
      'a name that is not covered',
      { targets: [sts, { is: 'service', service: 'sts', name: 'global' }] },
      'sts-global',
      'endpoint-name-not-covered!',
      'interface-endpoint-missing',
    ],
    [
      'no gateway',
      { gateways: ['dynamodb'] },
      's3',
      'gateway-endpoint-missing+ internet-not-reachable? eni-security-group? network-acl?',
    ],
    ['another region', { targets: [{ ...logs, region: 'eu-west-1' }] }, 'logs@eu-west-1', 'other-region+'],
    [
      'no endpoint to be had',
      { targets: [{ is: 'service', service: 'support', name: 'regional' }, sts] },
      'support-global',
      'service-has-no-endpoint+',
    ],
  ],
  'filters of the path': [
    [
      'a closed endpoint',
      { endpoints: { ...both, logs: { ...soundEndpoint, admits: false } } },
      'logs',
      'endpoint-security-group+',
    ],
    ['a NACL seen by subnet', { nacl: 'nothing-beyond-subnet' }, 'logs', 'network-acl+ endpoint-zone-unreachable?'],
    [
      'a NACL seen by source port',
      { nacl: 'replies-below-32768', endpoints: { ...both, logs: { ...soundEndpoint, zones: ['other'] } } },
      'logs',
      'network-acl+',
    ],
    ['own egress', { egress: 'nothing' }, 'sts', 'eni-security-group+'],
    [
      'a closed database',
      { targets: [sts, { is: 'database', where: 'own', state: 'closed' }] },
      'tcp://orders-own-closed.cabcdefghijk.ap-northeast-1.rds.amazonaws.com:5432',
      'target-security-group+',
      'network-acl',
    ],
    [
      'nobody at the address',
      { targets: [sts, { is: 'instance', where: 'own', state: 'gone' }] },
      'tcp://10.20.1.64:8080',
      'host-unreachable!',
    ],
    [
      'no listener',
      { targets: [sts, { is: 'instance', where: 'own', state: 'no-listener' }] },
      'tcp://10.20.1.63:8080',
      'nothing-listens+',
    ],
    [
      'a dead zone',
      { endpoints: { ...both, logs: { ...soundEndpoint, deadZone: 'other' } } },
      'logs',
      'endpoint-zone-unreachable+',
    ],
  ],
  'names and who answers for them': [
    [
      'a DNS server of the user’s',
      { resolver: 'custom-public' },
      'logs',
      'custom-dns-bypasses-vpc!',
      'interface-endpoint-missing',
    ],
    ['a dead one', { resolver: 'custom-dead' }, 'logs', 'dns-server-unreachable+', 'vpc-dns-attributes-off'],
    ['one that fails', { resolver: 'custom-servfail' }, 'logs', 'dns-server-fails!'],
    [
      'an empty private zone',
      { endpoints: {}, emptyZone: 'ap-northeast-1.amazonaws.com' },
      'logs',
      'private-zone-shadows+ dns-name-unknown?',
    ],
    [
      'a name that is not',
      { targets: [sts, { is: 'unknown-name' }] },
      'tcp://orders.internal.example.org:443',
      'dns-name-unknown+',
    ],
    ['the hosts file', { hostsFile: { [logsName]: '10.20.2.250' } }, 'logs', 'hosts-file-overrides+'],
  ],
  'what stands between': [
    [
      'a filter of names',
      { ...outside, middlebox: { what: 'drops-names', names: [logsName] } },
      'logs',
      'firewall-drops-name!',
      'path-mtu',
    ],
    [
      'a list of names',
      { ...outside, middlebox: { what: 'passes-names-only', names: ['sts.ap-northeast-1.amazonaws.com'] } },
      'logs',
      'firewall-drops-name+',
      'path-mtu',
    ],
    [
      'a filter of large hellos',
      { ...outside, middlebox: { what: 'drops-large-hello', names: [] } },
      'logs',
      'firewall-drops-large-hello!',
      'path-mtu',
    ],
    ['a hole for large packets', { mtuEverywhere: true }, 'logs', 'path-mtu!', 'firewall-drops-name'],
    ['an inspector', { ...outside, middlebox: { what: 'inspects', names: [] } }, 'logs', 'tls-inspected+'],
    ['a block page', { ...outside, middlebox: { what: 'block-page', names: [logsName] } }, 'logs', 'web-gateway-blocks+'],
  ],
  'who we say we are': [
    ['no role', { metadata: 'no-role' }, 'sts', 'no-credentials!', 'metadata-unreachable'],
    ['a hop too far', { metadata: 'hop-limit' }, 'sts', 'metadata-hop-limit+ metadata-unreachable?', 'no-credentials'],
    ['metadata that refuses', { metadata: 'refused' }, 'sts', 'metadata-unreachable+ no-credentials?'],
    ['an expired token', { keys: 'expired' }, 'sts', 'credentials-expired!'],
    ['a wrong secret', { keys: 'wrong-secret' }, 'sts', 'credentials-invalid+', 'clock-skew'],
    ['a wrong clock', { clockOffMs: 900_000 }, 'sts', 'clock-skew!'],
  ],
}

const marks = { certain: '!', likely: '+', possible: '?' } as const

for (const [family, rows] of Object.entries(families)) {
  describe(family, () => {
    for (const [what, world, target, wanted, ruledOut] of rows) {
      it(`${what}: ${wanted}${ruledOut ? `, not ${ruledOut}` : ''}`, () => {
        const report = diagnose(observeWorld({ ...soundWorld, targets: [sts, logs, s3], ...world }))
        const finding = report.findings.find(f => f.targets.includes(target))
        const said = finding?.causes.map(c => `${c.cause}${marks[c.confidence]}`).join(' ') ?? 'nothing'
        assert.ok(said === wanted || said.startsWith(`${wanted} `), said)
        if (ruledOut)
          assert.ok(
            finding?.excluded?.some(e => e.cause === ruledOut),
            `${ruledOut} is not ruled out`,
          )
      })
    }
  })
}

describe('a network where all is well', () => {
  it('gives no finding', () => {
    const report = diagnose(observeWorld(soundWorld))
    assert.deepEqual(report.findings, [])
    assert.deepEqual(
      report.targets.map(t => t.verdict),
      ['healthy', 'healthy', 'healthy'],
    )
  })

  it('with a way out gives none either, unless it was said to be closed', () => {
    const open = observeWorld({ ...soundWorld, hasWayOut: true })
    assert.deepEqual(diagnose(open).findings, [])
    const closed = diagnose({ ...open, vantage: { ...open.vantage, expect: 'closed' } })
    assert.equal(closed.findings[0]?.causes[0]?.cause, 'internet-reachable')
    assert.equal(closed.findings[0]?.severity, 'error')
  })
})

describe('a report written by hand', () => {
  const example = (target: object, vantage: object = {}) =>
    decodeReport(
      JSON.stringify({
        format: 'eniprobe/1',
        vantage: { region: 'ap-northeast-1', resolvers: ['10.20.0.2'], internet: 'silent', ...vantage },
        targets: [{ id: 'logs', service: 'logs', host: logsName, port: 443, region: 'ap-northeast-1', ...target }],
      }),
    )
  const said = (report: Report) => report.findings[0]?.causes.map(c => `${c.cause}${marks[c.confidence]}`) ?? []
  const dns = { layer: 'dns', outcome: 'answered', seen: { addresses: ['3.112.64.90'], resolver: '10.20.0.2', scope: 'public' } }
  const silence = { layer: 'tcp', address: '3.112.64.90', startMs: 5, durationMs: 3000, outcome: 'silent', waitedMs: 3000 }

  it('with the fields of the documented example names the same causes', () => {
    const report = diagnose(
      example({ observations: [dns, silence, { layer: 'tls', outcome: 'skipped', because: 'below-failed' }] }),
    )
    assert.equal(report.targets[0]?.verdict, 'failing')
    assert.deepEqual(said(report).slice(0, 2), ['interface-endpoint-missing+', 'private-dns-disabled?'])
    assert.match(report.findings[0]?.nextStep?.command ?? '', /describe-vpc-endpoints/)
  })

  it('is not believed to know what it does not say: a silent address alone makes nothing certain', () => {
    for (const address of ['3.112.64.90', '10.20.1.20', '10.99.1.20']) {
      const report = diagnose(example({ observations: [{ ...silence, address }] }))
      assert.ok(report.findings.every(f => f.causes.every(c => c.confidence !== 'certain')))
      assert.deepEqual(report.unexplained, [])
    }
  })

  it('of a need that only some workloads have makes a warning of it', () => {
    const report = diagnose(example({ when: 'it writes logs', observations: [dns, silence] }))
    assert.equal(report.findings[0]?.severity, 'warning')
  })

  it('without observations leaves the verdict open', () => {
    const report = diagnose(example({ observations: [] }))
    assert.equal(report.targets[0]?.verdict, 'unknown')
    assert.deepEqual(report.findings, [])
  })
})
