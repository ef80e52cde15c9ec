// The proxy of this environment: its name for sentences, and how it failed.

import type { DnsObservation, TcpObservation } from '../model/observation.ts'
import type { NetworkView, TargetView } from './view.ts'

/** Where a package manager has a proxy of its own, that one; else the one of the target's scheme, and what stands in for it. */
function settingOf({ vantage }: NetworkView, target?: TargetView): { readonly url: string; readonly from: string } | undefined {
  const own = target?.target.scheme === 'http' ? vantage.httpProxy : (vantage.proxy ?? undefined)
  return target?.target.packages?.proxy ?? own ?? vantage.allProxy ?? vantage.proxy ?? undefined
}

export function proxyFrom(network: NetworkView, target?: TargetView): string {
  return settingOf(network, target)?.from ?? 'HTTPS_PROXY'
}

export function proxyName(network: NetworkView, target?: TargetView, unknown = 'the proxy'): string {
  const url = settingOf(network, target)?.url
  if (url === undefined) return unknown
  try {
    const { hostname, port, protocol } = new URL(url)
    return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`
  } catch {
    return url
  }
}

/** The answer for the proxy's own name, where that is what failed. */
export function proxyNameFails(target: TargetView): DnsObservation | undefined {
  const asked = target.layer('dns').filter(o => o.via === 'proxy' && o.outcome !== 'skipped')
  return asked.some(o => o.outcome === 'answered') ? undefined : asked.at(-1)
}

/** Nothing came back from the proxy's address: its own silence, or a filter on the way. An RST is nobody's filter. */
export function proxyIsSilent(target: TargetView): boolean {
  const tried = target.layer('tcp').filter((o): o is TcpObservation => o.via === 'proxy' && o.outcome !== 'skipped')
  return tried.length > 0 && tried.every(o => o.outcome === 'silent')
}
