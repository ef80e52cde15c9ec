// A firewall stops a ClientHello that needs two segments, as one with a post-quantum key share does.
import type { Fault } from './fault.ts'

export function firewallDropsLargeHello(match = 'logs.ap-northeast-1.amazonaws.com', form: 'drop' | 'reset' = 'drop'): Fault {
  return plan => ({
    ...plan,
    behaviours: [
      ...plan.behaviours,
      { match, layer: 'tls' as const, does: form === 'drop' ? ('drop-large-hello' as const) : ('reset-large-hello' as const) },
    ],
  })
}
