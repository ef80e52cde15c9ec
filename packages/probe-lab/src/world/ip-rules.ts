// The same filters as policy-routing rules, for machines with iproute2 and no nftables. It can drop and refuse by
// address and port; it cannot see sizes or sort flows, so those two verbs are not to be had.
import type { Filter } from '../plan/filters.ts'

/** Verbs these rules cannot express. */
export function unsupportedByIpRules(filters: readonly Filter[]): readonly Filter['verb'][] {
  return [...new Set(filters.map(filter => filter.verb).filter(verb => !(verb in actions)))]
}

const actions: Partial<Record<Filter['verb'], string>> = {
  accept: 'lookup main',
  drop: 'blackhole',
  unreachable: 'unreachable',
}

/** Lines of `ip -batch -`. They stand before the table of local addresses, which moves behind them. */
export function renderIpRules(filters: readonly Filter[], near: string, far: string): string {
  const rules = filters.map((filter, index) => renderRule(filter, 1000 + index, filter.direction === 'out' ? near : far))
  return ['rule add pref 32000 lookup local', 'rule del pref 0 lookup local', ...rules, ''].join('\n')
}

function renderRule(filter: Filter, preference: number, iface: string): string {
  const [farSide, farPort, nearPort] = filter.direction === 'out' ? ['to', 'dport', 'sport'] : ['from', 'sport', 'dport']
  const parts = [`rule add pref ${preference} iif ${iface} ${farSide} ${filter.far}`]
  if (filter.protocol) parts.push(`ipproto ${filter.protocol}`)
  if (filter.farPorts) parts.push(`${farPort} ${filter.farPorts.join('-')}`)
  if (filter.nearPorts) parts.push(`${nearPort} ${filter.nearPorts.join('-')}`)
  parts.push(actions[filter.verb] ?? 'lookup main')
  return parts.join(' ')
}
