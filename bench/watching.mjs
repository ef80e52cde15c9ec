// What `stuck -- COMMAND` costs while it watches: CPU seconds a second over a command that sleeps, less those of its own start. In a
// network namespace of its own (Linux), so that nothing can be asked.
//   node bench/watching.mjs [seconds]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { tableOf } from './repeat.mjs'

const file = fileURLToPath(new URL('../packages/probe-cli/dist/eniprobe.mjs', import.meta.url))
const seconds = Number(process.argv[2] ?? 30)

/** User and system CPU seconds of the program and its command. */
function costOf(sleep) {
  const script = `TIMEFORMAT='%U %S'; time '${process.execPath}' '${file}' stuck --quiet -- sleep ${sleep}`
  const { stderr, status } = spawnSync('unshare', ['-rn', 'bash', '-c', script], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stderr
    .trim()
    .split('\n')
    .at(-1)
    .split(' ')
    .reduce((sum, part) => sum + Number(part), 0)
}

const start = costOf(1)
const share = ((costOf(seconds + 1) - start) / seconds) * 100
process.stdout.write(
  `${tableOf(['watching', 'CPU'], [[`${seconds} s of a command that sleeps`, `${share.toFixed(2)} % of one core`]])}\n`,
)
