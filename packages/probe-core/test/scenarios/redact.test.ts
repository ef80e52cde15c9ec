// A masked report is a report: whoever reads it diagnoses the same, and learns nobody's name.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { decodeReport, diagnose, encodeReport, type Report, redactReport } from '../../src/index.ts'

const folder = fileURLToPath(new URL('../../../test/scenarios/', import.meta.url))
const recorded = fileURLToPath(new URL('../../../../probe-lab/recorded/', import.meta.url))
const files = [folder, recorded].flatMap(root =>
  readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => ({ name: entry.name, file: `${root}${entry.name}/report.json` }))
    .filter(({ file }) => readable(file)),
)

/** Every coin falls the same way: each bit that may change does. */
const always = () => 1 as const

describe('a masked report', () => {
  for (const { name, file } of files) {
    const report = diagnose(decodeReport(readFileSync(file, 'utf8')))
    const masked = diagnose(decodeReport(encodeReport(redactReport(report, { random: always }) as Report)))

    it(`${name}: is diagnosed as the original is`, () => {
      assert.deepEqual(judgementOf(masked), judgementOf(report))
    })

    it(`${name}: holds no account id, private address, resource id or name of the original`, () => {
      // What a finding says in words of ours may share a word with a role's name: its quotes are its evidence.
      const { findings, ...observed } = masked
      const text = valuesOf([observed, findings.map(f => f.causes.map(c => c.evidence))]).join('\n')
      const left = namesIn(report).filter(word => holds(text, word))
      assert.deepEqual(left, [])
    })
  }

  it('holds no user of a proxy, nor its host, where a report written by hand has them', () => {
    const [file] = files
    assert.ok(file)
    const { vantage, ...rest } = decodeReport(readFileSync(file.file, 'utf8'))
    const proxy = { url: 'http://somebody:Secr3tWord@proxy.corp.example:3128', from: 'HTTP_PROXY', noProxy: null }
    const masked = JSON.stringify(redactReport({ ...rest, vantage: { ...vantage, proxy, httpProxy: proxy } }))
    assert.doesNotMatch(masked, /somebody|Secr3tWord|corp/)
    assert.match(masked, /"url":"http:/)
  })

  it('knows an instance by one pseudonym, in the target that names it and in what EC2 told of it', () => {
    const file = files.find(each => each.name === 'endpoint-group-told-by-configuration')?.file ?? ''
    const report = decodeReport(readFileSync(file, 'utf8'))
    const id = 'i-0123456789abcdef0'
    const [first] = report.targets
    assert.ok(first && report.controlPlane)
    const named = { ...first, id: `ec2:${id}:22`, resource: `${id}:22`, kind: 'tcp' as const, service: null, observations: [] }
    const stopped = { id, state: 'stopped', addresses: ['10.20.2.77'] }
    const whole = { ...report, targets: [named], controlPlane: { ...report.controlPlane, instances: [stopped] } }
    const masked = redactReport(whole, { random: always })
    const [told] = masked.controlPlane?.instances ?? []
    assert.match(told?.id ?? '', /^i-[0-9a-f]{17}$/)
    assert.notEqual(told?.id, id)
    assert.equal(masked.targets[0]?.id, `ec2:${told?.id}:22`)
    assert.deepEqual(judgementOf(diagnose(masked)), judgementOf(diagnose(whole)))
  })

  it('gives other pseudonyms each time, so that nobody can make a table of them', () => {
    const report = decodeReport(readFileSync(files[0]?.file ?? '', 'utf8'))
    const addresses = Array.from({ length: 8 }, () => redactReport(report).vantage.interfaces[0]?.address)
    assert.ok(new Set(addresses).size > 1, String(addresses))
  })
})

/** Codes, confidence, targets by their place, verdicts. */
function judgementOf(report: Report) {
  const place = (id: string) => report.targets.findIndex(target => target.id === id)
  return {
    verdicts: report.targets.map(({ verdict, via }) => `${verdict} ${via}`),
    findings: report.findings.map(({ severity, causes, targets, excluded }) => ({
      severity,
      targets: targets.map(place),
      causes: causes.map(({ cause, confidence, evidence }) => `${cause} ${confidence} ${evidence.map(e => e.phrase?.key).join()}`),
      excluded: (excluded ?? []).map(({ cause }) => cause),
    })),
    unexplained: report.unexplained.map(place),
  }
}

function namesIn(report: Report): string[] {
  const { findings: _, ...observed } = report
  const text = JSON.stringify(observed)
  const found = [
    ...(text.match(/(?<![\d.])\d{12}(?![\d.])/g) ?? []),
    ...(text.match(/\b(?:10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2})\b/g) ?? []),
    ...(text.match(/\b(?:eni|vpc|subnet|sg|vpce|i|rtb)-[0-9a-f]{8,17}\b/g) ?? []),
    ...(text.match(/(?<=assumed-role\/)[\w+=,.@-]+/g) ?? []),
    ...report.targets.flatMap(({ id }) => /^s3:\/\/([a-z0-9.-]+)/.exec(id)?.[1] ?? []),
    ...report.targets.flatMap(({ host, service }) => (service === null && /\.(?:internal|local|corp|lan)$/.test(host) ? host : [])),
  ]
  return [...new Set(found)]
}

/** Every string that is no key: `workload` is a word of ours and may be a role's name. */
function valuesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesOf) : []
}

function holds(text: string, word: string): boolean {
  return new RegExp(`(?<![\\w.-])${word.replaceAll(/[.+*?()[\]{}|\\^$]/g, '\\$&')}(?![\\w-]|\\.\\w)`).test(text)
}

function readable(file: string): boolean {
  try {
    return readFileSync(file).length > 0
  } catch {
    return false
  }
}
