// How long the single file takes to start, against Node itself; how large it is; what importing the library costs.
//   node bench/start-up.mjs [times]
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mediansOf, ms, tableOf, times } from './repeat.mjs'

const file = fileURLToPath(new URL('../packages/probe-cli/dist/eniprobe.mjs', import.meta.url))
const core = new URL('../packages/probe-core/dist/lib/index.js', import.meta.url).href
const report = fileURLToPath(new URL('../packages/probe-lab/recorded/closed-vpc/report.json', import.meta.url))
const node = process.execPath
const commands = {
  'node -e 0': [node, '-e', '0'],
  'eniprobe --version': [node, file, '--version'],
  'eniprobe --help': [node, file, '--help'],
  'eniprobe list services': [node, file, 'list', 'services'],
  'eniprobe diagnose REPORT': [node, file, 'diagnose', report],
  "import '@eniprobe/core'": [node, '--input-type=module', '-e', `await import(${JSON.stringify(core)})`],
}
const medians = mediansOf(commands, Number(process.argv[2] ?? 21))
const bare = medians['node -e 0']
const rows = Object.entries(medians).map(([name, median]) => [`\`${name}\``, ms(median), times(median / bare)])
process.stdout.write(`${tableOf(['start-up', 'median', 'against node -e 0'], rows)}\n\n`)
process.stdout.write(`The single file: ${(statSync(file).size / 1024).toFixed(0)} KiB. Node ${process.versions.node}.\n`)
