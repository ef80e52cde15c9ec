// Filters as an nftables rule set for the fabric. Text only: nothing is run here.
import type { Filter } from '../plan/filters.ts'

/** Input of `nft -f -`. `iface` is the fabric's interface towards the workload. */
export function renderNftables(filters: readonly Filter[], iface: string): string {
  const rules = filters.map(filter => `    ${renderRule(filter, iface)}`)
  return [
    'table inet vpc {',
    '  chain forward {',
    '    type filter hook forward priority 0; policy accept;',
    ...rules,
    '  }',
    '}',
    '',
  ].join('\n')
}

function renderRule(filter: Filter, iface: string): string {
  const [far, near] = filter.direction === 'out' ? ['daddr', 'iifname'] : ['saddr', 'oifname']
  const [farPort, nearPort] = filter.direction === 'out' ? ['dport', 'sport'] : ['sport', 'dport']
  const protocol = filter.protocol ?? 'tcp'
  const parts = [`${near} "${iface}"`, `ip ${far} ${filter.far}`]
  if (filter.farPorts) parts.push(`${protocol} ${farPort} ${filter.farPorts.join('-')}`)
  if (filter.nearPorts) parts.push(`${protocol} ${nearPort} ${filter.nearPorts.join('-')}`)
  if (filter.protocol && !filter.farPorts && !filter.nearPorts) parts.push(`meta l4proto ${filter.protocol}`)
  parts.push(renderVerb(filter))
  return `${parts.join(' ')} comment "${filter.why}"`
}

function renderVerb(filter: Filter): string {
  switch (filter.verb) {
    case 'accept':
      return 'accept'
    case 'drop':
      return 'drop'
    case 'reset':
      return 'reject with tcp reset'
    case 'unreachable':
      return 'reject with icmp type host-unreachable'
    case 'drop-every-second-flow':
      // By the workload's port, as equal-cost routing does: a flow is either fine or dead for its whole life.
      return 'jhash tcp sport mod 2 seed 0x5eed == 0 drop'
    case 'drop-large':
      return `meta length > ${filter.largerThan} drop`
  }
}
