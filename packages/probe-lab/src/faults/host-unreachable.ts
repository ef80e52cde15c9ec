// A router on the way says that there is no such host.
import type { Fault } from './fault.ts'

export function hostUnreachable(name = 'db.internal'): Fault {
  return plan => ({
    ...plan,
    unreachable: [...plan.unreachable, ...plan.hosts.filter(host => host.name === name).flatMap(host => host.addresses)],
  })
}
