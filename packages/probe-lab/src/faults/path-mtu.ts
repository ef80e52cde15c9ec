// Packets above `bytes` vanish without an ICMP word: small exchanges work, large ones stall.
import type { Fault } from './fault.ts'

export function pathMtu(bytes = 1300): Fault {
  return plan => ({ ...plan, pathMtu: bytes })
}
