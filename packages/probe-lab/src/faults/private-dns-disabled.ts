// The endpoint exists, but its private DNS is off: the name stays public.
import type { Fault } from './fault.ts'

export function privateDnsDisabled(service = 'logs'): Fault {
  return plan => ({
    ...plan,
    endpoints: plan.endpoints.map(endpoint => (endpoint.service === service ? { ...endpoint, privateDns: false } : endpoint)),
  })
}
