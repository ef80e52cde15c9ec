// What the library costs an application: the time and memory of importing it, and a check of five healthy endpoints against asking the
// same five with plain undici. In a VPC of namespaces (Linux): nothing reaches any other network.
//   node bench/library.mjs [times]
import { spawnSync } from 'node:child_process'
import { labCapability, raiseVpc } from '../packages/probe-lab/dist/src/index.js'
import { medianOf, ms, tableOf, times } from './repeat.mjs'

const repeats = Number(process.argv[2] ?? 11)
const core = new URL('../packages/probe-core/dist/lib/index.js', import.meta.url).href
const undici = new URL('../node_modules/undici/index.js', import.meta.url).href

/** Milliseconds of the import itself, and resident memory after it. */
const importing = url => `
  const begun = performance.now()
  ${url === null ? '' : `await import(${JSON.stringify(url)})`}
  const took = performance.now() - begun
  console.log(JSON.stringify({ took, rss: process.memoryUsage().rss / 2 ** 20 }))`

const imports = Object.entries({ 'node -e 0': null, "import '@eniprobe/core'": core, "import 'undici'": undici }).map(
  ([name, url]) => {
    const seen = Array.from({ length: repeats + 1 }, () => {
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', importing(url)], { encoding: 'utf8' })
      return JSON.parse(stdout)
    }).slice(1)
    return { name, took: medianOf(seen.map(one => one.took)), rss: medianOf(seen.map(one => one.rss)) }
  },
)
const bare = imports[0]
const rows = imports.map(({ name, took, rss }) => [
  `\`${name}\``,
  name === bare.name ? '' : ms(took - bare.took),
  `${rss.toFixed(0)} MiB, ${times(rss / bare.rss)}`,
])
process.stdout.write(`${tableOf(['import', 'over nothing', 'resident memory'], rows)}\n\n`)

const { unshareFlags, reason } = labCapability()
if (unshareFlags === null) {
  process.stdout.write(`No VPC can be raised here: ${reason}\n`)
  process.exit(0)
}
const vpc = await raiseVpc(undefined)
const hosts = vpc.plan.endpoints.flatMap(({ names }) => names.filter(name => !name.startsWith('*'))).slice(0, 5)
const urls = hosts.map(host => `https://${host}/`)
/** Within one process, the first round left out: what a health check costs each time. */
const rounds = body => `
  const all = []
  for (let round = 0; round <= ${repeats}; round += 1) {
    const begun = performance.now()
    const cpu = process.cpuUsage()
    ${body}
    const { user, system } = process.cpuUsage(cpu)
    if (round > 0) all.push({ took: performance.now() - begun, cpu: (user + system) / 1000 })
  }
  console.log(JSON.stringify(all))
  process.exit(0)`
const ends = {
  'five requests with plain undici, connected anew': `
    const { Agent, request } = await import(${JSON.stringify(undici)})
    const agent = new Agent()
    await Promise.all(${JSON.stringify(urls)}.map(async url => (await request(url, { dispatcher: agent })).body.dump()))
    await agent.destroy()`,
  'a check of the same five': `
    const { probe } = await import(${JSON.stringify(core)})
    const { targets } = await probe({ targets: ${JSON.stringify(urls)}, sign: false, internetCanary: false })
    if (targets.some(target => target.verdict !== 'healthy')) throw new Error('not healthy')`,
}
const taken = []
for (const [name, body] of Object.entries(ends)) {
  const { stdout, stderr, status } = await vpc.run([process.execPath, '--input-type=module', '-e', rounds(body)])
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
  const all = JSON.parse(stdout)
  taken.push({ name, took: medianOf(all.map(one => one.took)), cpu: medianOf(all.map(one => one.cpu)) })
}
await vpc.stop()
const [plain] = taken
const table = taken.map(({ name, took, cpu }) => [
  name,
  `${ms(took)}, ${times(took / plain.took)}`,
  `${ms(cpu)}, ${times(cpu / plain.cpu)}`,
])
process.stdout.write(`${tableOf([`Node ${process.versions.node}`, 'time', 'CPU'], table)}\n`)
process.exit(0)
