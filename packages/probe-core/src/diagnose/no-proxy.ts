// What NO_PROXY leaves to the proxy of boto3 and the AWS CLI: instance metadata, and endpoints that the list exempts for other
// clients only. Container credentials are no matter: boto3 asks for those past any proxy (botocore, ContainerMetadataFetcher), as
// the SDKs for JavaScript and Java do for metadata too.

import { withoutBrackets } from '../catalog/address.ts'
import { isExempt, readersExempted, readingOf } from '../catalog/no-proxy.ts'
import type { Evidence } from '../model/finding.ts'
import { says, saysOfVantage } from './rule.ts'
import type { NetworkView, TargetView } from './view.ts'

/** Instance metadata is plain http: HTTP_PROXY takes it, whatever HTTPS_PROXY says. */
export function metadataGap(network: NetworkView): readonly Evidence[] | undefined {
  const { httpProxy: proxy } = network.vantage
  if (proxy === undefined) return undefined
  const address = network.check('imds-token')[0]?.address || '169.254.169.254'
  const to = { scheme: 'http', ...hostAndPort(address, 80) } as const
  const noProxy = proxy.noProxy ?? ''
  if (isExempt(to, noProxy, 'boto3')) return undefined
  const others = readersExempted(to, noProxy)
  const parts = { from: proxy.from, addresses: address }
  return [
    noProxy === ''
      ? saysOfVantage('proxy.metadataNoList', parts)
      : saysOfVantage('proxy.metadataNotExempt', { ...parts, noProxy }),
    ...(others.length === 0 ? [] : [saysOfVantage('proxy.readOtherwise', { noProxy, clients: others.join(', ') })]),
  ]
}

/** NO_PROXY is meant to exempt this AWS name, and does so for other clients only. */
export function exemptForOthers(target: TargetView): Evidence | undefined {
  const { kind, scheme: written, host, port } = target.target
  if (!['service', 'resource', 'https'].includes(kind) || readingOf(target.target) !== 'boto3') return undefined
  const scheme = written === 'http' ? 'http' : 'https'
  const proxy = scheme === 'http' ? target.network.vantage.httpProxy : target.network.vantage.proxy
  const noProxy = proxy?.noProxy ?? ''
  if (proxy === undefined || proxy === null || noProxy === '') return undefined
  const to = { scheme, host, port } as const
  if (isExempt(to, noProxy, 'boto3')) return undefined
  const others = readersExempted(to, noProxy)
  // What pip alone takes for the end of a name was not meant.
  if (others.every(reader => reader === 'pip')) return undefined
  return says(target, 'tcp', 'proxy.exemptForOthers', { noProxy, host, clients: others.join(', '), from: proxy.from })
}

/** The list as every client reads it, with these hosts on it: commas, no `*`, no ports. Ranges stay for those who read them. */
export function plainNoProxy(noProxy: string, hosts: readonly string[]): string {
  const kept = noProxy
    .split(/[\s,]+/)
    .map(entry => entry.replace(/^\*\./, '.').replace(/^([^:[\]]+):\d+$/, '$1'))
    .filter(entry => entry !== '' && entry !== '*')
  const isCovered = (host: string) => isExempt({ scheme: 'https', host, port: 443 }, kept.join(','), 'boto3')
  return [...new Set([...kept, ...hosts.filter(host => !isCovered(host))])].join(',')
}

/** `169.254.169.254`, `[fd00:ec2::254]`, each with or without a port. */
function hostAndPort(address: string, otherwise: number): { readonly host: string; readonly port: number } {
  const [, host = address, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(address) ?? []
  return { host: withoutBrackets(host), port: Number(port) || otherwise }
}
