// The address belongs to another server: its certificate names another host.
import type { Fault } from './fault.ts'

export function certificateOtherHost(match = 'logs.ap-northeast-1.amazonaws.com'): Fault {
  return plan => ({
    ...plan,
    behaviours: [...plan.behaviours, { match, layer: 'tls' as const, does: 'certificate-other-host' as const }],
  })
}
