// Filters as an nftables rule set for the fabric. Text only: nothing is run here.
import type { Filter } from '../plan/filters.ts'

/** Input of `nft -f -`. `iface` is the fabric's interface towards the workload. */
export function renderNftables(filters: readonly Filter[], iface: string): string {
  const rules = filters.map((filter, index) => `    ${renderRule(filter, iface, index)}`)
  const flaky = filters.flatMap((filter, index) => (filter.verb === 'drop-every-second-flow' ? renderFlakyPath(index) : []))
  return [
    'table inet vpc {',
    ...flaky,
    '  chain forward {',
    '    type filter hook forward priority 0; policy accept;',
    ...rules,
    '  }',
    '}',
    '',
  ].join('\n')
}

function renderRule(filter: Filter, iface: string, index: number): string {
  const [far, near] = filter.direction === 'out' ? ['daddr', 'iifname'] : ['saddr', 'oifname']
  const [farPort, nearPort] = filter.direction === 'out' ? ['dport', 'sport'] : ['sport', 'dport']
  const protocol = filter.protocol ?? 'tcp'
  const parts = [`${near} "${iface}"`, `ip ${far} ${filter.far}`]
  if (filter.farPorts) parts.push(`${protocol} ${farPort} ${filter.farPorts.join('-')}`)
  if (filter.nearPorts) parts.push(`${protocol} ${nearPort} ${filter.nearPorts.join('-')}`)
  if (filter.protocol && !filter.farPorts && !filter.nearPorts) parts.push(`meta l4proto ${filter.protocol}`)
  parts.push(renderVerb(filter, index))
  return `${parts.join(' ')} comment "${filter.why}"`
}

function renderVerb(filter: Filter, index: number): string {
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
      return `jump flaky${index}`
    case 'lose':
      return `numgen random mod 100 < ${filter.lossPercent} drop`
    case 'drop-large':
      return `meta length > ${filter.largerThan} drop`
  }
}

/** Two equal paths in turn, one of them dead: a flow stays on the path of its first packet, as equal-cost routing has it. */
function renderFlakyPath(index: number): readonly string[] {
  const set = (name: string): string => `  set ${name}${index} { type inet_service; size 65535; flags dynamic; }`
  return [
    set('dead'),
    set('alive'),
    `  chain flaky${index} {`,
    `    tcp sport @dead${index} drop`,
    `    tcp sport @alive${index} return`,
    `    numgen inc mod 2 0 add @dead${index} { tcp sport } drop`,
    `    add @alive${index} { tcp sport }`,
    '  }',
  ]
}
