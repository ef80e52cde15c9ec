// What listens on 443 does not speak TLS.
import type { Fault } from './fault.ts'

export function notTls(match = 'logs.ap-northeast-1.amazonaws.com'): Fault {
  return plan => ({ ...plan, behaviours: [...plan.behaviours, { match, layer: 'tls' as const, does: 'plain-text' as const }] })
}
