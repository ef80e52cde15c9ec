// Another web server answers under the service's name, with a certificate that fits.
import type { Fault } from './fault.ts'

export function answeredByOther(match = 'logs.ap-northeast-1.amazonaws.com'): Fault {
  return plan => ({ ...plan, behaviours: [...plan.behaviours, { match, layer: 'http' as const, does: 'other-answer' as const }] })
}
