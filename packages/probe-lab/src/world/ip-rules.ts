// The same filters as policy-routing rules, for machines with iproute2 and no nftables. It can drop and refuse by
// address and port; it cannot see sizes or sort flows, so those two verbs are not to be had.
import type { Filter } from '../plan/filters.ts'

/** Verbs these rules cannot express. */
export function unsupportedByIpRules(filters: readonly Filter[]): readonly Filter['verb'][] {
  return [...new Set(filters.map(filter => filter.verb).filter(verb => !(verb in actions)))]
}

/** A table with one route that says host-unreachable: the rule of that name would say net-unreachable. */
const unreachableTable = 100

const actions: Partial<Record<Filter['verb'], string>> = {
  accept: 'lookup main',
  drop: 'blackhole',
  unreachable: `lookup ${unreachableTable}`,
}

/** Lines of `ip -batch -`. They stand before the table of local addresses, which moves behind them. */
export function renderIpRules(filters: readonly Filter[], near: string, far: string): string {
  const rules = filters.flatMap((filter, index) =>
    // A rule that names no protocol would also decide for whom the fabric answers ARP.
    (filter.protocol ? [filter.protocol] : ['tcp', 'udp']).map((protocol, at) =>
      renderRule(filter, protocol, 1000 + index * 2 + at, filter.direction === 'out' ? near : far),
    ),
  )
  return [
    `route add unreachable default table ${unreachableTable}`,
    'rule add pref 32000 lookup local',
    'rule del pref 0 lookup local',
    ...rules,
    '',
  ].join('\n')
}

function renderRule(filter: Filter, protocol: string, preference: number, iface: string): string {
  const [farSide, farPort, nearPort] = filter.direction === 'out' ? ['to', 'dport', 'sport'] : ['from', 'sport', 'dport']
  const parts = [`rule add pref ${preference} iif ${iface} ${farSide} ${filter.far} ipproto ${protocol}`]
  if (filter.farPorts) parts.push(`${farPort} ${renderPorts(filter.farPorts)}`)
  if (filter.nearPorts) parts.push(`${nearPort} ${renderPorts(filter.nearPorts)}`)
  parts.push(actions[filter.verb] ?? 'lookup main')
  return parts.join(' ')
}

/** The kernel takes no range that ends with the last port. */
function renderPorts([first, last]: readonly [number, number]): string {
  return first === last ? String(first) : `${first}-${Math.min(last, 65_534)}`
}
