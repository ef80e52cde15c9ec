// The security group of one endpoint does not admit this subnet.
import type { Fault } from './fault.ts'

export function endpointSecurityGroup(service = 'logs'): Fault {
  return plan => ({
    ...plan,
    endpoints: plan.endpoints.map(endpoint =>
      endpoint.service === service ? { ...endpoint, securityGroup: 'closed' } : endpoint,
    ),
  })
}
