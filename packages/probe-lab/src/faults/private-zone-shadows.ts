// A private hosted zone over AWS's own names holds none of them. `firewall`: a DNS Firewall blocks in the same way.
import type { Fault } from './fault.ts'

export function privateZoneShadows(
  zone = 'amazonaws.com',
  form: 'zone' | 'firewall-nxdomain' | 'firewall-nodata' = 'zone',
): Fault {
  return plan => ({
    ...plan,
    // The zone's owner also removed the endpoints' private DNS: both cannot stand side by side for one name.
    endpoints: plan.endpoints.map(endpoint => ({ ...endpoint, privateDns: false })),
    dns: {
      ...plan.dns,
      zones: [
        ...plan.dns.zones,
        {
          zone,
          records: {},
          ...(form === 'zone' ? {} : { firewall: form === 'firewall-nodata' ? ('nodata' as const) : ('nxdomain' as const) }),
        },
      ],
    },
  })
}
