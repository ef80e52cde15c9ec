// How long after its deadline, and after a signal, the process is gone: the whole program as a child, against peers that never come to
// an end, in the lab's namespaces. Less what a Node that does nothing takes to start and end: what is before the run's own clock.
//   node bench/ending.mjs [times]
import { combine, faults, labCapability, raiseVpc } from '../packages/probe-lab/dist/src/index.js'
import { cliPath } from '../packages/probe-lab/dist/src/world/vpc.js'
import { medianOf, ms, tableOf } from './repeat.mjs'

const repeats = Number(process.argv[2] ?? 7)
const deadlineMs = 1500
const { unshareFlags, reason } = labCapability()
if (unshareFlags === null) {
  process.stdout.write(`No VPC can be raised here: ${reason}\n`)
  process.exit(0)
}
const logs = 'logs.ap-northeast-1.amazonaws.com'
const behaves = (does, layer) => plan => ({ ...plan, behaviours: [{ match: logs, layer, does }] })
const peers = [
  ['nothing that answers', combine(faults.eniSecurityGroup(), faults.metadataUnreachable())],
  ['a resolver that never answers', faults.dnsServerUnreachable('vpc')],
  ['a handshake byte by byte', behaves('dripping-hello', 'tls')],
  ['one new handshake after another', behaves('renegotiates', 'tls')],
  ['a head byte by byte', behaves('dripping-head', 'http')],
  ['a body without end', behaves('endless-body', 'http')],
  ['interim answers for ever', behaves('informs-for-ever', 'http')],
]

/** Runs the program given as arguments; told is how long it lived, or with a signal after so many ms, how long it lived from then. */
const stopwatch = `
  const { spawn } = require('node:child_process')
  const [signalAfter, program, ...argv] = process.argv.slice(1)
  const startedAt = performance.now()
  let from = startedAt
  const child = spawn(program, argv, { stdio: ['ignore', 'ignore', 'ignore'] })
  if (signalAfter !== '-') setTimeout(() => { from = performance.now(); child.kill('SIGTERM') }, Number(signalAfter))
  child.on('exit', status => console.log(JSON.stringify({ status, tookMs: performance.now() - from })))`

const rows = []
for (const [name, fault] of peers) {
  const vpc = await raiseVpc(fault)
  try {
    const told = async (signalAfter, ...argv) => {
      const { stdout, stderr } = await vpc.run([process.execPath, '-e', stopwatch, signalAfter, process.execPath, ...argv])
      if (stdout === '') throw new Error(stderr)
      return JSON.parse(stdout)
    }
    const run = [cliPath(), 'logs', 'sts', '--format', 'json']
    const late = []
    const signalled = []
    for (let round = 0; round <= repeats; round += 1) {
      const bare = (await told('-', '-e', '0')).tookMs
      const whole = (await told('-', ...run, '--deadline', `${deadlineMs}ms`)).tookMs
      const stopped = (await told('700', ...run, '--deadline', '30s', '--connect-timeout', '20s')).tookMs
      // The first round reads files that nobody has read yet.
      if (round === 0) continue
      late.push(whole - bare - deadlineMs)
      signalled.push(stopped)
    }
    rows.push([name, ms(medianOf(late)), ms(Math.max(...late)), ms(medianOf(signalled)), ms(Math.max(...signalled))])
  } finally {
    await vpc.stop()
  }
}
const heads = [
  `against a deadline of ${deadlineMs} ms`,
  'gone after it, median',
  'longest',
  'gone after SIGTERM, median',
  'longest',
]
process.stdout.write(`${tableOf(heads, rows)}\n`)
process.exit(0)
