// The proxy of this environment, as a name for sentences.

import type { NetworkView } from './view.ts'

export function proxyName(network: NetworkView): string {
  const url = network.vantage.proxy?.url
  if (url === undefined) return 'the proxy'
  try {
    const { hostname, port, protocol } = new URL(url)
    return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`
  } catch {
    return url
  }
}
