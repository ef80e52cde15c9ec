// The host is up and reachable; no process listens on the port: its kernel sends a reset.
import type { Fault } from './fault.ts'

export function nothingListens(name = 'db.internal'): Fault {
  return plan => ({
    ...plan,
    hosts: plan.hosts.map(host => (host.name === name ? { ...host, serve: 'closed-port' as const } : host)),
  })
}
