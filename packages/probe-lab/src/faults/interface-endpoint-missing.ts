// The VPC has no endpoint for the service: its name stays public, and nothing leads there.
import type { Fault } from './fault.ts'

export function interfaceEndpointMissing(service = 'logs'): Fault {
  return plan => ({ ...plan, endpoints: plan.endpoints.filter(endpoint => endpoint.service !== service) })
}
