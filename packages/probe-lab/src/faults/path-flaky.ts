// One of two equal paths to a service is dead: every second flow is lost for its whole life.
import type { Fault } from './fault.ts'

export function pathFlaky(service = 'logs'): Fault {
  return plan => ({
    ...plan,
    flaky: [
      ...plan.flaky,
      ...plan.endpoints.filter(endpoint => endpoint.service === service).flatMap(endpoint => endpoint.addresses),
    ],
  })
}
