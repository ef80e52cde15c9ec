// Whether the proxy variables exempt what must never go through a proxy.

import type { Evidence } from '../model/finding.ts'
import { saysOfVantage } from './rule.ts'
import type { NetworkView } from './view.ts'

/** Link-local names of credential sources that this environment would use and that NO_PROXY does not exempt. */
export function metadataGap(network: NetworkView): readonly Evidence[] | undefined {
  const { proxy } = network.vantage
  if (proxy === null) return undefined
  const needed =
    network.check('container-credentials').length > 0
      ? network.check('container-credentials').map(c => hostOf(c.address))
      : ['169.254.169.254']
  const entries = (proxy.noProxy ?? '').split(/[\s,]+/).filter(Boolean)
  const missing = needed.filter(address => !entries.some(e => e === '*' || e === address || covers(e, address)))
  if (missing.length === 0) return undefined
  return [
    saysOfVantage('proxy.metadataNotExempt', { from: proxy.from, addresses: missing.join(', '), noProxy: proxy.noProxy || '-' }),
  ]
}

function hostOf(address: string): string {
  return address.replace(/:\d+$/, '')
}

/** Prefix forms that tools accept: `169.254.`, `169.254.0.0/16`, `169.254.169.254/32`. */
function covers(entry: string, address: string): boolean {
  if (entry.endsWith('/16')) return address.startsWith(entry.split('.').slice(0, 2).join('.'))
  if (entry.endsWith('/32')) return entry.slice(0, -3) === address
  return false
}
