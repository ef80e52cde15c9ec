// TLS is fine, and no answer to any request comes.
import type { Fault } from './fault.ts'

export function httpSilent(match = 'logs.ap-northeast-1.amazonaws.com'): Fault {
  return plan => ({ ...plan, behaviours: [...plan.behaviours, { match, layer: 'http' as const, does: 'mute' as const }] })
}
