// How often an open port would be called silent before the connect timeout on a path that loses packets, while everything else
// about the network looks calm: the worst case, as a sign of loss anywhere makes every silence wait. In the lab (nftables).
//   node bench/silence-under-loss.mjs [connections]

import { fileURLToPath } from 'node:url'
import { faults, labCapability, raiseVpc } from '../packages/probe-lab/dist/src/index.js'
import { tableOf } from './repeat.mjs'

const connections = Number(process.argv[2] ?? 2000)
const { unshareFlags, reason } = labCapability()
if (unshareFlags === null) {
  process.stdout.write(`No VPC can be raised here: ${reason}\n`)
  process.exit(0)
}
const core = fileURLToPath(new URL('../packages/probe-core/dist/src/', import.meta.url))
const rows = []
for (const percent of [1, 5, 10, 30]) {
  const vpc = await raiseVpc(faults.lossyPath(percent))
  const { stdout, stderr } = await vpc.run([process.execPath, '--input-type=module', '-e', connectOften(vpc)], {
    timeoutMs: 300_000,
  })
  await vpc.stop()
  if (stdout === '') throw new Error(stderr)
  const { early, whole } = JSON.parse(stdout)
  const lost = 1 - (1 - percent / 100) ** 2
  rows.push([`${percent} %`, odds(lost), odds(lost ** 9), `${early} of ${connections}`, `${whole} of ${connections}`])
}
const head = ['lost each way', 'one SYN in vain', 'nine in vain', 'called early, measured', 'after the whole timeout']
process.stdout.write(`${tableOf(head, rows)}\n`)
process.exit(0)

/** Runs inside: a hundred connections at a time to an open port, with and without the early call. */
function connectOften(vpc) {
  const { addresses, port } = vpc.plan.hosts[0]
  return `
    const { probeTcp } = await import('${core}probe/tcp.js')
    const { startClock } = await import('${core}time/clock.js')
    const { startDeadline } = await import('${core}time/deadline.js')
    const calm = { peerAnswered() {}, isCalm: () => true, quietMs: () => 10, stillHears: async () => true, take: () => true, giveBack() {} }
    const hearings = { early: calm, whole: { ...calm, quietMs: () => undefined } }
    const silent = { early: 0, whole: 0 }
    const to = { address: ${JSON.stringify(addresses[0])}, port: ${port} }
    for (const [name, hearing] of Object.entries(hearings)) {
      let left = ${connections}
      const connect = async () => {
        while (left-- > 0) {
          const context = { deadline: startDeadline(60_000), clock: startClock(), timeoutMs: 3000, hearing }
          const { observation, socket } = await probeTcp(to, context)
          socket?.resetAndDestroy()
          context.deadline.dispose()
          if (observation.outcome === 'silent') silent[name] += 1
        }
      }
      await Promise.all(Array.from({ length: 100 }, connect))
    }
    process.stdout.write(JSON.stringify(silent))
    process.exit(0)`
}

function odds(chance) {
  return chance > 0.001 ? `${(chance * 100).toFixed(1)} %` : `1 in ${Math.round(1 / chance).toLocaleString('en')}`
}
