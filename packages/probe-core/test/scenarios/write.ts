// Writes the folders of the scenarios: report.json as a run would have saved it, expected.json, and for some minimal.json, a
// report with the contract's example fields only. After a build: node packages/probe-core/dist/test/scenarios/write.js

import { mkdirSync, writeFileSync } from 'node:fs'
import type { ObservedReport } from '../../src/model/report.ts'
import { observeWorld } from '../property/world/observe.ts'
import { soundWorld } from '../property/world/world.ts'
import { credentialScenarios } from './made/credentials.ts'
import { endpointScenarios } from './made/endpoints.ts'
import { middleboxScenarios } from './made/middlebox.ts'
import { nameScenarios } from './made/names.ts'
import { permissionScenarios } from './made/permissions.ts'
import type { Scenario } from './made/scenario.ts'

const folder = new URL('../../../test/scenarios/', import.meta.url)

for (const scenario of [...nameScenarios, ...endpointScenarios, ...middleboxScenarios, ...credentialScenarios, ...permissionScenarios]) {
  const { report, expected } = told(scenario)
  const place = new URL(`${scenario.name}/`, folder)
  mkdirSync(place, { recursive: true })
  write(new URL('report.json', place), scenario, report)
  write(new URL('expected.json', place), scenario, scenario.minimal ? { ...expected, minimal: scenario.minimal } : expected)
  if (scenario.minimal !== undefined) write(new URL('minimal.json', place), scenario, minimalOf(report))
}

function told(scenario: Scenario): { report: ObservedReport; expected: Scenario['expected'] } {
  const observed = observeWorld({ ...soundWorld, ...scenario.world })
  const shaped = scenario.shape?.(observed) ?? observed
  const workload = scenario.workload ?? shaped.vantage.workload
  return { report: { ...shaped, vantage: { ...shaped.vantage, workload } }, expected: scenario.expected }
}

/** Scenarios are told of one region; each happened in its own. */
function write(file: URL, { region = 'ap-northeast-1' }: Scenario, content: unknown): void {
  writeFileSync(file, `${JSON.stringify(content, null, 2).replaceAll('ap-northeast-1', region)}\n`)
}

/** As somebody would write it by hand from the example in the documentation. */
function minimalOf(report: ObservedReport): unknown {
  const { workload, region, partition, interfaces, resolvers, proxy, network, identity, internet, clockSkewMs } = report.vantage
  const { eni, vpc, subnet, subnetCidr, vpcCidrs, securityGroups } = network
  const { version, startedAt, durationMs, deadlineMs, complete } = report.run
  return {
    format: report.format,
    run: { version, startedAt, durationMs, deadlineMs, complete },
    vantage: { workload, region, partition, interfaces, resolvers, proxy, network: { eni, vpc, subnet, subnetCidr, vpcCidrs, securityGroups }, identity, internet, clockSkewMs },
    targets: report.targets.map(({ id, service, host, port, region: at, wantedBy, observations }) => ({
      id,
      service,
      host,
      port,
      region: at,
      wantedBy,
      observations: observations.filter(o => o.variant === undefined),
    })),
  }
}
