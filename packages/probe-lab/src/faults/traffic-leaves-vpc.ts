// A service without an endpoint is reached by the internet way that the subnet has.
import type { Fault } from './fault.ts'

export function trafficLeavesVpc(service = 'logs'): Fault {
  return plan => ({
    ...plan,
    internet: true,
    endpoints: plan.endpoints.filter(endpoint => endpoint.service !== service),
  })
}
