// Packets above `bytes` vanish without an ICMP word. On the way `out`: small exchanges work and large requests stall.
// On the way `in`: the server's certificates already stall.
import type { Fault } from './fault.ts'

export function pathMtu(bytes = 1300, ...ways: readonly ('out' | 'in')[]): Fault {
  return plan => ({ ...plan, pathMtu: { bytes, ways: ways.length > 0 ? ways : ['out'] } })
}
