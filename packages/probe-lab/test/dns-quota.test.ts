// However many names a run asks for, and however they fail, the packets to DNS servers stay below what a VPC's resolver takes from one
// network interface: 1,024 a second. Counted by the kernel of the workload.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { cliPath } from '../src/world/vpc.ts'

/** A bucket of 300 that fills by 700 a second: whoever never finds it empty has sent 1,000 in no second at all. */
const meter = `table inet bench {
  counter every { }
  counter late { }
  chain out {
    type filter hook output priority 0; policy accept;
    meta l4proto { tcp, udp } th dport 53 counter name every
    meta l4proto { tcp, udp } th dport 53 limit rate over 700/second burst 300 packets counter name late
  }
}`

const inside: readonly (readonly [string, Fault | undefined])[] = [
  ['that are not there', undefined],
  ['asked of a server beside the VPC’s, which does not answer', faults.dnsServerUnreachable()],
]

for (const [what, fault] of inside) {
  test(`600 names ${what} are never asked for with a thousand packets in one second`, async t => {
    const vpc = await vpcLab(t, fault)
    if (!vpc) return
    if (vpc.backend !== 'nftables') return t.skip('needs nftables to count packets')
    const targets = Array.from({ length: 600 }, (_, at) => `tcp://no-such-host-${at}.internal:443`)
    const options = ['--no-sign', '--no-confirm', '--deadline', '12s', '--format', 'json']
    const script = `printf '%s' "$0" | nft -f - && { "$@" > /dev/null; nft list counters; }`
    const ran = await vpc.run(['sh', '-c', script, meter, process.execPath, cliPath(), ...targets, ...options], {
      timeoutMs: 60_000,
    })
    const packets = (name: string) => Number(new RegExp(`counter ${name} \\{\\s*packets (\\d+)`).exec(ran.stdout)?.[1])
    assert.ok(packets('every') > 1500, `${packets('every')} packets were counted: ${ran.stdout}${ran.stderr}`)
    assert.equal(packets('late'), 0)
  })
}
