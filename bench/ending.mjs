// How long after its deadline, and after a signal, the process is gone: the whole program as a child, against peers that never come to
// an end, in the lab's namespaces. A deadline counts from the start that the report tells; a signal from when it was sent.
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

/** Runs the program given as arguments, with a signal after so many ms or none; tells when it was gone, and of what it told. */
const stopwatch = `
  const { spawn } = require('node:child_process')
  const [signalAfter, program, ...argv] = process.argv.slice(1)
  const child = spawn(program, argv, { stdio: ['ignore', 'pipe', 'ignore'] })
  let told = '', sentAt, goneAt
  child.stdout.on('data', chunk => { told += chunk })
  if (signalAfter !== '-') setTimeout(() => { sentAt = Date.now(); child.kill('SIGTERM') }, Number(signalAfter))
  child.on('exit', () => { goneAt = Date.now() })
  child.on('close', () => console.log(JSON.stringify({ sentAt, goneAt, startedAt: Date.parse(JSON.parse(told).run.startedAt) })))`

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
      const whole = await told('-', ...run, '--deadline', `${deadlineMs}ms`)
      const stopped = await told('700', ...run, '--deadline', '30s', '--connect-timeout', '20s')
      // The first round reads files that nobody has read yet.
      if (round === 0) continue
      late.push(whole.goneAt - whole.startedAt - deadlineMs)
      signalled.push(stopped.goneAt - stopped.sentAt)
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
