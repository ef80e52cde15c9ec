// A NAT gateway gives the subnet a way out.
import type { Fault } from './fault.ts'

export function internetReachable(): Fault {
  return plan => ({ ...plan, internet: true })
}
