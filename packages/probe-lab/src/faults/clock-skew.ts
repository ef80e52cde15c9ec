// AWS's clock and ours differ.
import type { Fault } from './fault.ts'

export function clockSkew(minutes = 40): Fault {
  return plan => ({ ...plan, aws: { ...plan.aws, clockOffsetMs: minutes * 60_000 } })
}
