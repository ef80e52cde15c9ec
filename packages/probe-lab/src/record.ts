// Runs the built CLI in one scenario (or in each) and saves what it reported, with what it should have found, as a folder
// that the diagnosis tests read:
//   node packages/probe-lab/dist/src/record.js SCENARIO FOLDER
//   node packages/probe-lab/dist/src/record.js all FOLDER        one folder below FOLDER for each
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Scenario, scenarios } from './scenarios.ts'
import { raiseVpc } from './world/vpc.ts'

const [name, folder] = process.argv.slice(2)
const chosen = name === 'all' ? scenarios : findScenario(name)
if (folder === undefined || chosen === undefined) {
  process.stderr.write(`usage: record SCENARIO|all FOLDER\nscenarios: ${Object.keys(scenarios).join(' ')}\n`)
  process.exit(2)
}
for (const [one, scenario] of Object.entries(chosen)) await record(scenario, name === 'all' ? join(folder, one) : folder)

function findScenario(wanted: string | undefined): Readonly<Record<string, Scenario>> | undefined {
  const scenario = wanted === undefined ? undefined : scenarios[wanted]
  return wanted === undefined || scenario === undefined ? undefined : { [wanted]: scenario }
}

async function record({ fault, args, cause, or = [], also = [], targets, env }: Scenario, into: string): Promise<void> {
  const vpc = await raiseVpc(fault)
  try {
    const { report, stderr } = await vpc.eniprobe(args, env ? { env } : {})
    if (report === undefined) throw new Error(`the CLI printed no report: ${stderr.slice(0, 500)}`)
    mkdirSync(into, { recursive: true })
    writeFileSync(join(into, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
    writeFileSync(join(into, 'expected.json'), `${JSON.stringify({ cause, or, also, targets }, null, 2)}\n`)
    process.stdout.write(`${into}: ${cause ?? 'nothing'} expected\n`)
  } finally {
    await vpc.stop()
  }
}
