// The endpoint covers the regional name alone: the global, dual-stack or FIPS name that the client uses is public.
// This is so in the healthy VPC for sts.amazonaws.com; here the endpoint of `service` loses its further names.
import type { Fault } from './fault.ts'

export function endpointNameNotCovered(service = 'monitoring'): Fault {
  return plan => ({
    ...plan,
    endpoints: plan.endpoints.map(endpoint =>
      endpoint.service === service ? { ...endpoint, names: endpoint.names.slice(0, 1) } : endpoint,
    ),
  })
}
