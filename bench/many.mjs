// What a run over many targets takes: time, CPU and memory at 100, 1,000 and 10,000 of them, healthy, refused, silent, and over TLS by
// name. In a network namespace of its own (Linux): nothing reaches any other network.
//   node bench/many.mjs [counts] [kinds]      node bench/many.mjs 100,1000 silent,https
import { fileURLToPath } from 'node:url'
import { addressOf, nameOf, ports, runInWorld, whyNoWorld } from './many/world.mjs'
import { ms, tableOf } from './repeat.mjs'

const counts = (process.argv[2] ?? '100,1000,10000').split(',').map(Number)
const targetOf = {
  healthy: at => `tcp://${addressOf(at)}:${ports.plain}`,
  refused: at => `tcp://${addressOf(at)}:${ports.closed}`,
  silent: at => `tcp://${addressOf(at)}:${ports.silent}`,
  named: at => `tcp://${nameOf(at)}:${ports.plain}`,
  https: at => `https://${nameOf(at)}/`,
}
const kinds = (process.argv[3] ?? Object.keys(targetOf).join()).split(',')
const reason = whyNoWorld()
if (reason !== undefined) {
  process.stdout.write(`No namespace for it here: ${reason}\n`)
  process.exit(0)
}
const file = fileURLToPath(new URL('../packages/probe-cli/dist/eniprobe.mjs', import.meta.url))
const options = '--no-sign --no-confirm --region eu-west-1 --internet-canary off --deadline 170s'
const rows = []
for (const kind of kinds) {
  for (const count of counts) {
    const targets = Array.from({ length: count }, (_, at) => targetOf[kind](at)).join('\n')
    const run = format => `measured ${format} "${file}" $(cat "$DIR/targets") ${options} --format ${format} > "$DIR/out.${format}"
      wc -c -l < "$DIR/out.${format}"`
    const { noted, stdout } = runInWorld(`${run('json')}\n${run('text')}`, { targets })
    const [jsonSize, textSize] = stdout.trim().split('\n')
    for (const [format, size] of [
      ['json', jsonSize],
      ['text', textSize],
    ]) {
      const [lines, bytes] = size.trim().split(/\s+/)
      const { tookMs, cpuMs, mostMiB, status } = noted[format][0]
      rows.push([
        kind,
        count,
        format,
        ms(tookMs),
        ms(cpuMs),
        `${mostMiB.toFixed(0)} MiB`,
        `${lines} lines, ${(bytes / 1024).toFixed(0)} KiB`,
        status,
      ])
      process.stderr.write(`${rows.at(-1).join('  ')}\n`)
    }
  }
}
process.stdout.write(`${tableOf(['targets', 'how many', 'told as', 'time', 'CPU', 'most memory', 'output', 'status'], rows)}\n`)
