// The built CLI inside the lab: it names the cause of every fault, blames no healthy target, and is never wrongly certain.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Report } from '@eniprobe/core'
import { type Scenario, scenarios } from '../src/scenarios.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { assertNoWrongCertain, judgeRun, told, variantsOf } from './judge-run.ts'

// Mostly waiting for silence: several VPCs stand side by side.
describe('the built CLI in the lab', { concurrency: 6 }, () => {
  for (const [name, scenario] of Object.entries(scenarios))
    test(`the CLI finds ${scenario.cause ?? 'nothing'} in the VPC ${name}`, async t => {
      const vpc = await vpcLab(t, scenario.fault)
      if (!vpc) return
      const report = judgeRun(await vpc.eniprobe(scenario.args, scenario.env ? { env: scenario.env } : {}))
      if (scenario.cause === null) assertNothingWasDoubted(report)
      else assertNamed(report, scenario, scenario.cause)
    })
})

function assertNamed({ findings, ...report }: Report, { also = [], or = [], targets, some }: Scenario, cause: string): void {
  const first = findings.map(finding => finding.causes[0]?.cause ?? '')
  const allowed = [cause, ...also, ...or]
  assert.deepEqual(
    first.filter(one => !allowed.includes(one)),
    [],
    told(findings),
  )
  const right = findings.filter(finding => finding.causes.some(one => one.cause === cause))
  assert.ok(right.length > 0, `${cause} is not among ${told(findings)}`)
  const named = new Set(right.filter(finding => [cause, ...or].includes(finding.causes[0]?.cause ?? '')).flatMap(f => f.targets))
  if (some) assert.ok(named.size > 0 && [...named].every(target => targets.includes(target)), told(findings))
  else assert.deepEqual([...named].sort(), [...targets].sort(), told(findings))
  assertNoWrongCertain({ findings, ...report }, [cause, ...also])
}

/** A healthy network is asked nothing that only a fault calls for. */
function assertNothingWasDoubted(report: Report): void {
  assert.deepEqual(report.findings, [], told(report.findings))
  assert.deepEqual(
    variantsOf(report).filter(variant => !['dns vpc-resolver', 'dns getaddrinfo'].includes(variant)),
    [],
  )
  assert.deepEqual(new Set(report.targets.map(({ verdict }) => verdict)), new Set(['healthy']))
  assert.deepEqual(
    report.vantage.checks?.filter(({ check }) => check === 'control-endpoint'),
    [],
  )
}
