// Two places of which one has a fault: what the comparison says must leave the fault among what remains, and never rule it out.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compareReports } from '../../src/compare/index.ts'
import { diagnose } from '../../src/diagnose/index.ts'
import { layers } from '../../src/model/layer.ts'
import type { Report } from '../../src/model/report.ts'
import { oneFault } from './world/generate.ts'
import { nameThing } from './world/names.ts'
import { observeWorld, uniqueById } from './world/observe.ts'
import { truthsOf } from './world/truth.ts'
import { soundEndpoint, soundWorld, type World } from './world/world.ts'

const numRuns = Number(process.env.ENIPROBE_WORLDS ?? 800) / 2
const seed = process.env.ENIPROBE_SEED === undefined ? {} : { seed: Number(process.env.ENIPROBE_SEED) }

/** The same targets where nothing is broken. */
function sound(world: World): World {
  const needed = world.targets.flatMap(thing => (thing.is === 'service' || thing.is === 'endpoint-name' ? [thing.service] : []))
  const endpoints = Object.fromEntries([...new Set([...Object.keys(world.endpoints), ...needed])].map(id => [id, soundEndpoint]))
  return { ...soundWorld, endpoints, targets: world.targets, run: world.run }
}

interface Place {
  readonly vpc: string
  readonly subnet: string
  readonly group: string
  readonly at: string
}

function stand(report: Report, { vpc, subnet, group, at }: Place): Report {
  const network = { ...report.vantage.network, vpc, subnet, securityGroups: [group] }
  return { ...report, run: { ...report.run, startedAt: at }, vantage: { ...report.vantage, network } }
}

const now = '2026-01-01T00:00:00.000Z'
const here: Place = { vpc: 'vpc-1', subnet: 'subnet-1', group: 'sg-1', at: now }
/** Where each kind of fault can differ: a fault of the subnet differs between subnets, one of the group between groups. */
const otherPlace: readonly Place[] = [
  { ...here, subnet: 'subnet-2', group: 'sg-2' },
  { ...here, vpc: 'vpc-2', subnet: 'subnet-2', group: 'sg-2' },
  { ...here, at: '2026-01-03T00:00:00.000Z' },
]

describe('a place with one fault beside a sound one', () => {
  it('the fault is never ruled out', () => {
    fc.assert(
      fc.property(oneFault, fc.constantFrom(...otherPlace), ({ world, fault }, place) => {
        const broken = stand(diagnose(observeWorld(world)), here)
        const comparison = compareReports([
          { name: 'sound', report: stand(diagnose(observeWorld(sound(world))), place) },
          { name: 'broken', report: broken },
        ])
        const truths = new Map(uniqueById(world.targets).map(thing => [nameThing(thing).id, truthsOf(world, thing)]))
        for (const { targets, ruledOut, says } of comparison.conclusions) {
          const wrong = ruledOut.filter(cause => targets.some(id => truths.get(id)?.has(cause)))
          // An endpoint that answers one place is up: that it is down for the other is another world.
          const possible = wrong.filter(cause => !['endpoint-not-ready', 'nothing-listens'].includes(cause))
          assert.deepEqual(possible, [], `${fault}: ${says}`)
        }
      }),
      { numRuns, ...seed },
    )
  })

  it('a fault of the subnet or of its groups remains among the causes of whatever it silences', () => {
    fc.assert(
      fc.property(oneFault, ({ world, fault }) => {
        if (fault !== 'network-acl' && fault !== 'eni-security-group') return
        const comparison = compareReports([
          { name: 'sound', report: stand(diagnose(observeWorld(sound(world))), { ...here, subnet: 'subnet-2', group: 'sg-2' }) },
          { name: 'broken', report: stand(diagnose(observeWorld(world)), here) },
        ])
        for (const { causes, says, phrase } of comparison.conclusions) {
          if (!phrase.key.startsWith('tcp.')) continue
          assert.ok(causes.includes(fault), `${fault} is not among ${causes.join(', ')}: ${says}`)
        }
      }),
      { numRuns, ...seed },
    )
  })

  it('a run that was cut short at any layer has failed at nothing', () => {
    fc.assert(
      fc.property(oneFault, fc.constantFrom(...layers), ({ world }, layer) => {
        const whole = diagnose(observeWorld(sound(world)))
        const targets = whole.targets.map(target => ({
          ...target,
          observations: [
            ...target.observations.filter(o => layers.indexOf(o.layer) < layers.indexOf(layer)),
            { layer, outcome: 'skipped', because: 'no-time' } as const,
          ],
        }))
        const { conclusions } = compareReports([
          { name: 'whole', report: stand(whole, here) },
          { name: 'cut', report: stand(diagnose({ ...whole, targets }), { ...here, subnet: 'subnet-2' }) },
        ])
        assert.deepEqual(conclusions, [])
      }),
      { numRuns: numRuns / 4, ...seed },
    )
  })

  it('the order of the targets changes nothing of what is said, and a report beside itself differs in nothing', () => {
    fc.assert(
      fc.property(oneFault, ({ world }) => {
        const report = diagnose(observeWorld(world))
        const turned = { ...report, targets: [...report.targets].reverse() }
        const comparison = compareReports([
          { name: 'one', report },
          { name: 'other', report: turned },
        ])
        assert.deepEqual(comparison.conclusions, [])
        assert.ok(comparison.targets.every(({ differs }) => !differs))
      }),
      { numRuns: numRuns / 4, ...seed },
    )
  })
})
