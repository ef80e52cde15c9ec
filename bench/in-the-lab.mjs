// Runs against a VPC in namespaces: nothing here reaches any other network. What silence costs against one connect timeout,
// how soon the first packet leaves, and a healthy network against as many curl side by side.
//   node bench/in-the-lab.mjs [times]

import { fileURLToPath } from 'node:url'
import { faults, labCapability, raiseVpc } from '../packages/probe-lab/dist/src/index.js'
import { medianOf, ms, tableOf, times } from './repeat.mjs'

const repeats = Number(process.argv[2] ?? 5)
const connectTimeoutMs = 3000
const { unshareFlags, reason } = labCapability()
if (unshareFlags === null) {
  process.stdout.write(`No VPC can be raised here: ${reason}\n`)
  process.exit(0)
}
const file = fileURLToPath(new URL('../packages/probe-cli/dist/eniprobe.mjs', import.meta.url))
const eniprobe = [process.execPath, file]
const rows = []

// Nothing leaves: every address is silent, on as many ports.
await inVpc(faults.eniSecurityGroup(), async vpc => {
  const startUpMs = await median(() => vpc.run([...eniprobe, '--version']))
  for (const count of [1, 40, 200, 1000]) {
    const targets = Array.from({ length: count }, (_, at) => `tcp://db.internal:${5001 + at}`)
    const options = ['--no-sign', '--internet-canary', 'off', '--deadline', '60s', '--format', 'json']
    const took = await median(() => vpc.run([...eniprobe, ...targets, ...options]))
    const ratio = (took - startUpMs) / connectTimeoutMs
    rows.push([`${count} silent of ${count}, less start-up`, ms(took), `${times(ratio)} one connect timeout`])
  }
})

// One endpoint is closed, and others answer: what is certain by their contrast has the whole timeout.
await inVpc(faults.endpointSecurityGroup(), async vpc => {
  const startUpMs = await median(() => vpc.run([...eniprobe, '--version']))
  const options = ['--no-sign', '--internet-canary', 'off', '--format', 'json']
  const took = await median(() => vpc.run([...eniprobe, 'logs', 'sts', 'kms', 'tcp://db.internal:5432', ...options]))
  const ratio = (took - startUpMs) / connectTimeoutMs
  rows.push(['1 silent of 4, less start-up', ms(took), `${times(ratio)} one connect timeout`])
})

await inVpc(undefined, async vpc => {
  const bare = await median(() => vpc.run([process.execPath, '-e', '0']))
  const first = []
  for (let round = 0; round < repeats; round += 1) {
    const begunAt = Date.now()
    const { report } = await vpc.eniprobe(['sts', '--internet-canary', 'off'])
    const starts = [...report.vantage.checks, ...report.targets.flatMap(({ observations }) => observations)]
    const firstMs = Math.min(...starts.map(({ startMs }) => startMs ?? Number.POSITIVE_INFINITY))
    first.push(Date.parse(report.run.startedAt) + firstMs - begunAt)
  }
  rows.push(['first packet of a run', ms(medianOf(first)), `${times(medianOf(first) / bare)} node -e 0 (${ms(bare)})`])
  const hosts = vpc.plan.endpoints.flatMap(({ names }) => names.filter(name => !name.startsWith('*')))
  const urls = Array.from({ length: 40 }, (_, at) => `https://${hosts[at % hosts.length]}/?${at}`)
  const options = ['--no-sign', '--internet-canary', 'off', '--format', 'json']
  const probed = await median(() => vpc.run([...eniprobe, ...urls, ...options]))
  const curl = url => `curl -sS --cacert "$NODE_EXTRA_CA_CERTS" -o /dev/null '${url}'`
  const curls = `${urls.map(url => `${curl(url)} &`).join(' ')} wait`
  const hasCurl = (await vpc.run(['sh', '-c', curl(urls[0])])).status === 0
  const curled = hasCurl ? await median(() => vpc.run(['sh', '-c', curls])) : undefined
  const against =
    curled === undefined ? 'no curl that trusts the lab here' : `${times(probed / curled)} ${urls.length} curl (${ms(curled)})`
  rows.push([`${urls.length} healthy endpoints up to http, against as many curl side by side`, ms(probed), against])
})

process.stdout.write(`${tableOf(['in the lab', 'median', 'ratio'], rows)}\n`)
process.exit(0)

async function inVpc(fault, use) {
  const vpc = await raiseVpc(fault)
  try {
    await use(vpc)
  } finally {
    await vpc.stop()
  }
}

async function median(run) {
  const all = []
  for (let round = 0; round < repeats; round += 1) {
    const { durationMs, status, stderr } = await run()
    if (status === null || status > 1) throw new Error(stderr)
    all.push(durationMs)
  }
  return medianOf(all)
}
