// Reports of thousands of targets: readable, and made without looking at every target for every other.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose, type ObservedReport } from '@eniprobe/core'
import { loadMessages } from '../src/messages/index.ts'
import { noPaint } from '../src/render/colour.ts'
import { renderQuiet, renderText } from '../src/render/text.ts'

type Fate = 'silent' | 'refused' | 'answered'

/** Every target on an address of its own, which fared as `fateOf` says. */
function observed(count: number, fateOf: (at: number) => Fate): ObservedReport {
  const targets = Array.from({ length: count }, (_, at) => {
    const host = `10.20.${at >> 8}.${at & 255}`
    const base = { layer: 'tcp', address: host, startMs: at, durationMs: 3 + (at % 7), seen: { host, port: 5432 } } as const
    const fate = fateOf(at)
    const tcp =
      fate === 'silent'
        ? { ...base, outcome: 'silent', waitedMs: 3200, tries: 3 }
        : fate === 'refused'
          ? { ...base, outcome: 'rejected', code: 'ECONNREFUSED' }
          : { ...base, outcome: 'answered' }
    const plan = {
      id: `tcp://${host}:5432`,
      kind: 'tcp',
      service: null,
      host,
      port: 5432,
      region: null,
      wantedBy: ['command-line'],
    }
    return { ...plan, observations: [tcp] }
  })
  const network = {
    eni: null,
    vpc: null,
    subnet: null,
    subnetCidr: '10.99.0.0/24',
    vpcCidrs: ['10.20.0.0/16'],
    securityGroups: null,
  }
  const vantage = {
    workload: null,
    region: null,
    homeRegion: null,
    partition: 'aws',
    interfaces: [{ name: 'eth0', address: '10.99.0.5', prefixLength: 24 }],
    resolvers: ['169.254.169.253'],
    searchDomains: [],
    ndots: 1,
    proxy: null,
    network,
    identity: null,
    internet: 'skipped',
    clockSkewMs: null,
    checks: [],
  }
  const startedAt = '2026-01-01T00:00:00.000Z'
  const run = { version: '0.0.0', startedAt, durationMs: 1, deadlineMs: 15_000, connectTimeoutMs: 3000, complete: true }
  return { format: 'eniprobe/1', run, vantage, targets } as unknown as ObservedReport
}

const mixed = (at: number): Fate => (at % 10 === 0 ? 'answered' : at % 3 === 0 ? 'refused' : 'silent')

for (const language of ['en', 'ja'] as const) {
  test(`the text on 3,000 targets tells the answer first, groups the rest, and has all of them with --verbose, in ${language}`, async () => {
    const report = diagnose(observed(3000, mixed), { language })
    const page = { columns: 100, paint: noPaint, messages: await loadMessages(language), verbose: false }
    const text = renderText(report, page)
    const lines = text.split('\n')
    assert.ok(lines.length < 130, `${lines.length} lines`)
    assert.match(lines[0] ?? '', /2700/)
    // Three of each kind have a row; the others are counted.
    assert.match(text, /297 (?:more like them|件)/)
    assert.equal(lines.filter(line => /^ {2}tcp:\/\//.test(line)).length, 9)
    assert.ok(renderQuiet(report, page).split('\n').length < 10)
    const verbose = renderText(report, { ...page, verbose: true })
    assert.equal(verbose.split('\n').filter(line => /^ {2}tcp:\/\/\S+ {2}/.test(line)).length, 3000)
  })
}

test('ten times the targets are looked at some ten times as often: no rule goes through all of them for each', () => {
  const looksAt = (count: number, fateOf: (at: number) => Fate) => {
    let looks = 0
    const plain = observed(count, fateOf)
    const watched = <T extends object>(thing: T, name: keyof T): T => {
      const value = thing[name]
      const get = () => {
        looks += 1
        return value
      }
      return Object.defineProperty({ ...thing }, name, { enumerable: true, get })
    }
    const targets = plain.targets.map(target => watched(target, 'observations'))
    // Where an address lies is asked of the subnet, and for how many is the question.
    const network = watched(plain.vantage.network, 'subnetCidr')
    assert.equal(diagnose({ ...plain, targets, vantage: { ...plain.vantage, network } }).targets.length, count)
    return looks
  }
  const fates: readonly ((at: number) => Fate)[] = [mixed, () => 'silent', () => 'refused', () => 'answered']
  for (const fateOf of fates) {
    const few = looksAt(200, fateOf)
    const many = looksAt(2000, fateOf)
    assert.ok(many < 15 * few, `${few} looks at 200 targets, ${many} at 2,000`)
  }
})
