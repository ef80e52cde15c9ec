// The endpoint's address in the other zone is dark; the one in our zone answers. Other endpoints are fine in both.
import type { Fault } from './fault.ts'

export function endpointZoneUnreachable(service = 'logs'): Fault {
  return plan => ({
    ...plan,
    deadAddresses: [
      ...plan.deadAddresses,
      ...plan.endpoints
        .filter(endpoint => endpoint.service === service)
        .flatMap(endpoint => endpoint.addresses.filter(address => address.startsWith('10.20.2.'))),
    ],
  })
}
