// Runs the built CLI in one scenario and saves what it reported, with what it should have found, as a folder that
// the diagnosis tests read: node packages/probe-lab/dist/src/record.js SCENARIO FOLDER
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scenarios } from './scenarios.ts'
import { raiseVpc } from './world/vpc.ts'

const [name, folder] = process.argv.slice(2)
const scenario = name === undefined ? undefined : scenarios[name]
if (name === undefined || folder === undefined || scenario === undefined) {
  process.stderr.write(`usage: record SCENARIO FOLDER\nscenarios: ${Object.keys(scenarios).join(' ')}\n`)
  process.exit(2)
}

const vpc = await raiseVpc(scenario.fault)
try {
  const { report, stderr } = await vpc.eniprobe(scenario.args, scenario.env ? { env: scenario.env } : {})
  if (report === undefined) throw new Error(`the CLI printed no report: ${stderr.slice(0, 500)}`)
  mkdirSync(folder, { recursive: true })
  const { cause, or = [], targets } = scenario
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify({ cause, or, targets }, null, 2)}\n`)
  process.stdout.write(`${folder}: ${cause ?? 'nothing'} expected\n`)
} finally {
  await vpc.stop()
}
