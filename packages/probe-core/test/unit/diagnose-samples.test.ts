// What a sample does not prove: targets that were chosen because they hang, and questions that the deadline cut.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeReport, diagnose } from '../../src/index.ts'

const silentAt = (address: string) => ({
  id: `tcp://${address}:5432`,
  kind: 'tcp',
  service: null,
  host: address,
  port: 5432,
  observations: [
    { layer: 'dns', outcome: 'answered', durationMs: 0, seen: { addresses: [address], resolver: 'literal', scope: 'vpc' } },
    { layer: 'tcp', outcome: 'silent', address, waitedMs: 3000, tries: 9, seen: { port: 5432 } },
  ],
})
const stuck = {
  connections: [],
  watchedMs: 1,
  leastMs: 3000,
  openConnections: 2,
  namespaces: 1,
  naming: { asked: 0, dns: 'not-asked' },
}

function judged(more: object) {
  const vantage = {
    resolvers: ['10.20.0.2'],
    network: { vpcCidrs: ['10.20.0.0/16'] },
    internet: 'silent',
  }
  const report = { format: 'eniprobe/1', vantage, targets: ['10.20.3.1', '10.20.4.1', '10.20.5.1'].map(silentAt), ...more }
  return diagnose(decodeReport(JSON.stringify(report)))
}

test('targets that were chosen because they hang do not show that nothing at all answers', () => {
  const saysNothingAnswers = (report: ReturnType<typeof judged>) =>
    JSON.stringify(report.findings).includes('network.nothingAnswers')
  assert.equal(saysNothingAnswers(judged({})), true, 'the same targets, chosen by the user, do')
  const ofWhatHangs = judged({ stuck })
  assert.equal(saysNothingAnswers(ofWhatHangs), false)
  const { cause } = ofWhatHangs.findings[0]?.causes[0] ?? {}
  assert.notEqual(cause, 'eni-security-group')
  assert.ok(ofWhatHangs.findings[0]?.causes.some(each => each.cause === 'eni-security-group' && each.confidence === 'possible'))
})

test('other endpoints of the region that are silent, too, were not chosen for it', () => {
  const checks = [{ check: 'control-endpoint', address: '10.20.1.21', outcome: 'silent', waitedMs: 3000 }]
  const vantage = { resolvers: ['10.20.0.2'], network: { vpcCidrs: ['10.20.0.0/16'] }, internet: 'silent', checks }
  assert.equal(judged({ stuck, vantage }).findings[0]?.causes[0]?.cause, 'eni-security-group')
})

const asked = (first: object, repeats: readonly object[], resolvers: readonly string[]) => ({
  format: 'eniprobe/1',
  vantage: { region: 'eu-west-1', resolvers },
  targets: [
    {
      id: 'sts',
      kind: 'service',
      service: 'sts',
      host: 'sts.eu-west-1.amazonaws.com',
      observations: [{ layer: 'dns', ...first }, ...repeats.map(one => ({ layer: 'dns', variant: 'repeat', ...one }))],
    },
  ],
})
const seen = { addresses: ['10.20.1.5'], resolver: '10.9.9.9', scope: 'private' }
const eightSilent = Array.from({ length: 8 }, () => ({ outcome: 'silent', waitedMs: 1000 }))

test('a server that has never answered is silent, not unreliable, although the deadline cut the first question', () => {
  const report = asked({ outcome: 'skipped', because: 'no-time' }, eightSilent, ['10.9.9.9'])
  const [finding] = diagnose(decodeReport(JSON.stringify(report))).findings
  assert.equal(finding?.causes[0]?.cause, 'dns-server-unreachable')
  assert.ok(!finding?.causes.some(({ cause }) => cause === 'dns-unreliable'))
  assert.doesNotMatch(JSON.stringify(finding), /firstServerSilent/)
})

test('that another server of the list answered in its place is said only where the list has another', () => {
  const report = (resolvers: readonly string[]) => asked({ outcome: 'answered', seen }, eightSilent, resolvers)
  const causeOf = (resolvers: readonly string[]) =>
    diagnose(decodeReport(JSON.stringify(report(resolvers)))).findings[0]?.causes[0]?.cause
  assert.equal(causeOf(['10.9.9.9', '10.20.0.2']), 'dns-server-unreachable')
  assert.equal(causeOf(['10.9.9.9']), 'dns-unreliable')
})

test('an IPv6 address before a port stands in brackets, in every language', () => {
  const report = { format: 'eniprobe/1', vantage: {}, targets: [silentAt('2001:db8::7')] }
  for (const language of ['en', 'ja'] as const) {
    const { findings } = diagnose(decodeReport(JSON.stringify(report)), { language })
    assert.match(findings[0]?.causes[0]?.evidence.map(({ says }) => says).join(' ') ?? '', /\[2001:db8::7\]:5432/)
  }
})
