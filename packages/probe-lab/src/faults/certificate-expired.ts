// The server shows a certificate whose time is over.
import type { Fault } from './fault.ts'

export function certificateExpired(match = 'logs.ap-northeast-1.amazonaws.com'): Fault {
  return plan => ({
    ...plan,
    behaviours: [...plan.behaviours, { match, layer: 'tls' as const, does: 'certificate-expired' as const }],
  })
}
