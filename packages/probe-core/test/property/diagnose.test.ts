// Promises of the diagnosis over any world: worlds are generated with their faults, our probes are simulated in them, and what
// the diagnosis says is held against what truly holds. ENIPROBE_WORLDS sets how many worlds (default 800).

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { diagnose } from '../../src/diagnose/index.ts'
import type { ObservedReport, Report } from '../../src/model/report.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { encodeReport } from '../../src/report/encode.ts'
import { anyWorld, oneFault } from './world/generate.ts'
import { nameThing } from './world/names.ts'
import { observeWorld, uniqueById } from './world/observe.ts'
import { truthsOf, truthsOfRun } from './world/truth.ts'
import type { World } from './world/world.ts'

const numRuns = Number(process.env.ENIPROBE_WORLDS ?? 800)
const seed = process.env.ENIPROBE_SEED === undefined ? {} : { seed: Number(process.env.ENIPROBE_SEED) }

function holds(promise: (world: World, observed: ObservedReport, report: Report) => void, share = 1) {
  fc.assert(
    fc.property(anyWorld, world => {
      const observed = observeWorld(world)
      promise(world, observed, diagnose(observed))
    }),
    { numRuns: Math.ceil(numRuns * share), ...seed },
  )
}

function truthsById(world: World) {
  return new Map(uniqueById(world.targets).map(thing => [nameThing(thing).id, truthsOf(world, thing)]))
}

describe('in a closed VPC with one fault', () => {
  it('the fault is named wherever it shows, and never ruled out', () => {
    fc.assert(
      fc.property(oneFault, ({ world, fault }) => {
        const report = diagnose(observeWorld(world))
        const errors = report.findings.filter(f => f.severity === 'error')
        const truths = truthsById(world)
        for (const finding of errors) {
          const ruledOut = (finding.excluded ?? []).find(e => e.cause === fault)
          const holdsHere = finding.targets.some(id => truths.get(id)?.has(fault))
          assert.ok(ruledOut === undefined || !holdsHere, `${fault} is ruled out: ${ruledOut?.by.says}`)
        }
        // A path that loses half of all packets may now and then look like one that loses all.
        if (fault === 'path-flaky' || fault === 'dns-unreliable' || errors.length === 0) return
        const named = errors.flatMap(f => f.causes.map(c => c.cause))
        assert.ok(named.includes(fault), `${fault} is not among ${named.join(', ')}`)
      }),
      { numRuns: Math.ceil(numRuns * 0.3), ...seed },
    )
  })
})

describe('in any world', () => {
  it('a cause that is called certain truly holds for every target of its finding', () => {
    holds((world, _observed, report) => {
      const truths = truthsById(world)
      for (const finding of report.findings) {
        const top = finding.causes[0]
        if (top?.confidence !== 'certain') continue
        const ofTargets = finding.targets.map(id => truths.get(id))
        const isTrue =
          ofTargets.length > 0
            ? ofTargets.every(t => t?.has(top.cause) || truthsOfRun(world).has(top.cause))
            : truthsOfRun(world).has(top.cause)
        assert.ok(
          isTrue,
          `${top.cause} is called certain for ${finding.targets.join(', ')}: ${top.evidence.map(e => e.says).join('; ')}`,
        )
      }
    })
  })

  it('every failing target has a true cause among those named, unless the list is full or packets are lost at random', () => {
    holds((world, _observed, report) => {
      // Where every try may be lost, silence has no cause that anything could show.
      if (world.loss > 0 || world.dnsLoss > 0) return
      const truths = truthsById(world)
      for (const target of report.targets) {
        if (target.verdict !== 'failing') continue
        const findings = report.findings.filter(f => f.targets.includes(target.id))
        const named = findings.flatMap(f => f.causes.map(c => c.cause))
        const isNamed = named.some(cause => truths.get(target.id)?.has(cause)) || findings.some(f => f.causes.length > 5)
        assert.ok(
          isNamed,
          `${target.id}: ${named.join(', ')} are named; true are ${[...(truths.get(target.id) ?? [])].join(', ')}`,
        )
      }
    })
  })

  it('every target is healthy, unknown, explained or loudly unexplained, and only one of the last two', () => {
    holds((_world, _observed, report) => {
      const covered = new Set(report.findings.filter(f => f.severity === 'error' || f.targets.length > 0).flatMap(f => f.targets))
      for (const target of report.targets) {
        const isBad = target.verdict === 'failing' || target.verdict === 'denied'
        assert.equal(report.unexplained.includes(target.id), isBad && !covered.has(target.id), target.id)
        assert.ok(isBad || target.verdict === 'healthy' || target.verdict === 'unknown')
      }
    }, 0.3)
  })

  it('a finding has a cause, a fix, a next step while it is not certain, and no cause twice', () => {
    holds((_world, _observed, report) => {
      for (const finding of report.findings) {
        const codes = finding.causes.map(c => c.cause)
        assert.ok(codes.length > 0 && new Set(codes).size === codes.length, codes.join())
        assert.ok(
          finding.fix.summary !== '' && /^https:\/\/(docs\.aws\.amazon\.com|man7\.org)\//.test(finding.fix.docs),
          codes.join(),
        )
        assert.equal(finding.nextStep === null, finding.causes[0]?.confidence === 'certain')
        assert.ok(finding.causes.slice(1).every(c => c.confidence !== 'certain'))
        assert.ok((finding.excluded ?? []).every(e => !codes.includes(e.cause)))
        assert.ok(
          finding.causes.flatMap(c => [...c.evidence, ...c.against]).every(e => !/\{[a-z]+\}|undefined|NaN/i.test(e.says)),
        )
      }
    }, 0.3)
  })

  it('neither the order of the targets nor that of the observations changes what is said', () => {
    fc.assert(
      fc.property(anyWorld, fc.infiniteStream(fc.nat()), (world, numbers) => {
        const observed = observeWorld(world)
        const shuffled = {
          ...observed,
          targets: shuffle(observed.targets, numbers).map(t => ({ ...t, observations: shuffle(t.observations, numbers) })),
        }
        assert.deepEqual(gist(diagnose(shuffled)), gist(diagnose(observed)))
      }),
      { numRuns: Math.ceil(numRuns * 0.3), ...seed },
    )
  })

  it('a saved report is judged as the run judged it, and judging twice changes nothing', () => {
    holds((_world, _observed, report) => {
      assert.deepEqual(diagnose(report), report)
      assert.deepEqual(diagnose(decodeReport(encodeReport(report))), report)
    }, 0.2)
  })
})

function shuffle<T>(items: readonly T[], numbers: Iterator<number>): readonly T[] {
  return items
    .map(item => ({ item, at: Number(numbers.next().value) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/** What a reader learns: which causes of which targets, how sure. The order of equals is free. */
function gist(report: Report): unknown {
  const findings = report.findings.map(f => ({
    targets: [...f.targets].sort(),
    severity: f.severity,
    causes: f.causes.map(c => `${c.cause} ${c.confidence}`),
    excluded: (f.excluded ?? []).map(e => e.cause).sort(),
  }))
  return {
    verdicts: Object.fromEntries(report.targets.map(t => [t.id, t.verdict]).sort()),
    findings: findings.map(f => JSON.stringify(f)).sort(),
  }
}
