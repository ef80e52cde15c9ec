// A firewall lets TCP through and stops a ClientHello that names this server.
import type { Fault } from './fault.ts'

export function firewallDropsName(match = 'logs.ap-northeast-1.amazonaws.com', form: 'drop' | 'reset' = 'drop'): Fault {
  return plan => ({
    ...plan,
    behaviours: [
      ...plan.behaviours,
      { match, layer: 'tls' as const, does: form === 'drop' ? ('drop-hello' as const) : ('reset-hello' as const) },
    ],
  })
}
