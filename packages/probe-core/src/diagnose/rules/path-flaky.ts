// Cause: the path loses packets, or one of several paths is broken.
// Shows as: the same address answers some tries and stays silent on others, with nothing else changed.
// Looks like, but is not: a NACL on ephemeral ports, where the source port decides.

import { lostConnections } from '../classify.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'
import { sourcePortSweep } from '../sweep.ts'
import type { AddressView } from '../view.ts'

export const pathFlaky: Rule = {
  cause: 'path-flaky',
  severity: 'error',
  shows: ['tcp-flaky', 'tcp-partly-silent'],
  judge(target, _network, symptom) {
    const sweep = sourcePortSweep(target)
    if (sweep.beyondChance) {
      return excluded(
        says(target, 'tcp', 'sweep.mixed', { answered: sweep.answered.join(', '), silent: sweep.silent.join(', ') }),
      )
    }
    const { tried, lost } = lostConnections(target)
    const answered = tried - lost
    const parts = { answered, tries: tried, address: target.addresses[0]?.address ?? target.target.host }
    const random = sweep.isRandom
      ? says(target, 'tcp', 'sweep.random', { answered: sweep.answered.length, silent: sweep.silent.length })
      : undefined
    if (symptom === 'tcp-flaky') return fits('strong', [says(target, 'tcp', 'tcp.flaky', parts), random])
    // An address that answered a later try only: packets are lost on the way to it, and so they may be to the silent ones.
    const slow = target.addresses.find(a => a.tcp.outcome === 'answered' && (a.tcp.seen.tries ?? 1) > 1)
    if (tried === 0 && slow)
      return fits('weak', [says(target, 'tcp', 'tcp.flaky', { answered: 1, tries: triesOf(slow), address: slow.address })])
    return answered > 0 && lost > 1 ? fits('plain', [says(target, 'tcp', 'tcp.flaky', parts)]) : undefined
  },
}

function triesOf({ tcp }: AddressView): number {
  return tcp.outcome === 'answered' ? (tcp.seen.tries ?? 1) : 1
}
