// AWS was reached and asks for fewer calls.
import type { Fault } from './fault.ts'

export function throttled(match = 'logs.ap-northeast-1.amazonaws.com'): Fault {
  return plan => ({ ...plan, behaviours: [...plan.behaviours, { match, layer: 'http' as const, does: 'throttle' as const }] })
}
