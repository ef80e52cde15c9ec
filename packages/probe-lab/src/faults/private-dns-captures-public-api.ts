// The private DNS of the execute-api endpoint captures the name of a public API, which the endpoint does not serve.
import type { Fault } from './fault.ts'

export function privateDnsCapturesPublicApi(match = '*.execute-api.ap-northeast-1.amazonaws.com'): Fault {
  return plan => ({
    ...plan,
    behaviours: [...plan.behaviours, { match, layer: 'http' as const, does: 'forbidden-by-api-gateway' as const }],
  })
}
