// A peer so far away that its round trip is about as long as the time after which a SYN is repeated.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ObservedReport } from '../../src/model/report.ts'
import { decodeReport } from '../../src/report/decode.ts'

const file = new URL('../../../test/scenarios/secrets-endpoint-admits-nobody/report.json', import.meta.url)
const address = '192.168.7.9'
const host = 'db.example.internal'

/** One host of the user's that answers after `plainMs`, and from each source port after as long as `portsMs` says. */
function lookAt(plainMs: number, portsMs: readonly number[]): ObservedReport {
  const { format, run, vantage } = decodeReport(readFileSync(file, 'utf8'))
  const tcp = { layer: 'tcp', address, outcome: 'answered', startMs: 10 } as const
  const observations: Observation[] = [
    {
      layer: 'dns',
      outcome: 'answered',
      startMs: 1,
      durationMs: 2,
      seen: { addresses: [address], resolver: '10.20.0.2', scope: 'private' },
    },
    { ...tcp, durationMs: plainMs, seen: { port: 5432, tries: 1 } },
    ...portsMs.map(
      (durationMs, at): Observation => ({
        ...tcp,
        variant: 'source-port',
        durationMs,
        seen: { port: 5432, localPort: 20_000 + at, tries: 1 },
      }),
    ),
  ]
  const id = `tcp://${host}:5432`
  const target = { id, kind: 'tcp', service: null, host, port: 5432, region: null, wantedBy: ['command-line'], observations } as const
  return { format, run, vantage, targets: [target] }
}

test('answers that all take about a second are those of a far peer, not of a path that loses packets', () => {
  const { findings, targets } = diagnose(lookAt(880, [860, 940, 870, 910, 890, 930, 880]))
  assert.deepEqual(findings, [])
  assert.equal(targets[0]?.verdict, 'healthy')
})

test('answers a second later than the fastest are those of a repeated SYN, near or far', () => {
  for (const fastest of [2, 400]) {
    const late = fastest + 1003
    const { findings } = diagnose(lookAt(late, [fastest, late, fastest, late, fastest, fastest, late]))
    assert.equal(findings[0]?.causes[0]?.cause, 'path-flaky')
  }
})
