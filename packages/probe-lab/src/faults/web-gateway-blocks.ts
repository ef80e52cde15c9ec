// A web gateway answers in the service's place with its block page.
import type { Fault } from './fault.ts'

export function webGatewayBlocks(match = 'logs.ap-northeast-1.amazonaws.com'): Fault {
  return plan => ({ ...plan, behaviours: [...plan.behaviours, { match, layer: 'http' as const, does: 'block-page' as const }] })
}
