// The built CLI inside the lab: it names the cause of every fault, blames no healthy target, and is never wrongly certain.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, test } from 'node:test'
import { scenarios } from '../src/scenarios.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { cliPath } from '../src/world/vpc.ts'

interface FoundCause {
  readonly cause: string
  readonly confidence: string
}

interface Found {
  readonly targets: readonly string[]
  readonly causes: readonly FoundCause[]
}

const version = spawnSync(process.execPath, [cliPath(), '--version'], { encoding: 'utf8' }).stdout.trim()
const notBuilt = /\d+\.\d+\.\d+/.test(version) ? false : 'the CLI is not built'

// Mostly waiting for silence: several VPCs stand side by side.
describe('the built CLI in the lab', { concurrency: 4 }, () => {
  for (const [name, scenario] of Object.entries(scenarios))
    test(`the CLI finds ${scenario.cause ?? 'nothing'} in the VPC ${name}`, { skip: notBuilt }, async t => {
      const vpc = await vpcLab(t, scenario.fault)
      if (!vpc) return
      const { report, stderr } = await vpc.eniprobe(scenario.args, scenario.env ? { env: scenario.env } : {})
      assert.ok(report, `no report: ${stderr}`)
      const findings = report.findings as readonly Found[]
      if (scenario.cause === null) return assert.deepEqual(findings, [])
      const isTrue = [scenario.cause, ...(scenario.also ?? [])]
      const allowed = [...isTrue, ...(scenario.or ?? [])]
      const right = findings.filter(finding => finding.causes.some(cause => cause.cause === scenario.cause))
      assert.ok(right.length > 0, `${scenario.cause} is not among ${summary(findings)}`)
      assert.ok(
        right.some(finding => allowed.includes(finding.causes[0]?.cause ?? '')),
        `${scenario.cause} does not stand first in ${summary(findings)}`,
      )
      for (const target of scenario.targets)
        assert.ok(
          right.some(finding => finding.targets.includes(target)),
          `${target} is not covered: ${summary(findings)}`,
        )
      const wronglyCertain = findings
        .flatMap(finding => finding.causes)
        .filter(one => one.confidence === 'certain' && !isTrue.includes(one.cause))
      assert.deepEqual(wronglyCertain, [], summary(findings))
    })
})

function summary(findings: readonly Found[]): string {
  return findings
    .map(({ targets, causes }) => `[${targets.join(' ')}: ${causes.map(one => `${one.cause} ${one.confidence}`).join(', ')}]`)
    .join(' ')
}
