// Which clients NO_PROXY keeps off the proxy. There is no standard: each reads the list in its own way, and boto3 the least of it.
// Sources: botocore (Python's urllib, proxy_bypass_environment), pip (requests, should_bypass_proxies), curl 7.86 and later
// (lib/noproxy.c), Go (golang.org/x/net/http/httpproxy), Node (undici, EnvHttpProxyAgent).

import type { PlannedTarget } from '../model/target.ts'
import { isCidr, isLiteral, isSameSubnet, withoutBrackets } from './address.ts'
import { readHost } from './host-names.ts'

export type ProxyReader = 'boto3' | 'pip' | 'curl' | 'Go' | 'Node'

/** `any`: it is not known which client goes there. What curl or Go reads in the list counts, and no client's oddities. */
export type ProxyReading = ProxyReader | 'any'

export interface ProxiedUrl {
  readonly scheme: 'http' | 'https'
  /** IPv6 literals with or without brackets. */
  readonly host: string
  readonly port: number
}

interface Asked {
  /** In lower case, without brackets and a last dot. */
  readonly host: string
  readonly port: number
  readonly isDefaultPort: boolean
}

const readers: Readonly<Record<ProxyReader, (to: Asked, noProxy: string) => boolean>> = {
  boto3: readAsUrllib,
  pip: readAsRequests,
  curl: readAsCurl,
  Go: readAsGo,
  Node: readAsNode,
}

/** Clients that the list keeps off the proxy, in a fixed order. */
export function readersExempted(to: ProxiedUrl, noProxy: string): readonly ProxyReader[] {
  const asked = askedOf(to)
  return (Object.keys(readers) as ProxyReader[]).filter(name => readers[name](asked, noProxy))
}

export function isExempt(to: ProxiedUrl, noProxy: string, reading: ProxyReading): boolean {
  const asked = askedOf(to)
  return reading === 'any' ? readAsCurl(asked, noProxy) || isInListOfGo(asked, noProxy) : readers[reading](asked, noProxy)
}

/** Asked by container runtimes and the agent of Systems Manager, which are written in Go, and by hardly anybody's boto3. */
const ofGo: ReadonlySet<string> = new Set(['ecr.dkr', 'ssmmessages', 'ec2messages'])

/** Who asks for this target: boto3 and the AWS CLI for what is AWS's, the package manager for its places, anybody for the rest. */
export function readingOf({ service, host, packages }: Pick<PlannedTarget, 'service' | 'host' | 'packages'>): ProxyReading {
  if (packages !== undefined) return packages.manager === 'pip' || packages.manager === 'conda' ? 'pip' : 'any'
  if (ofGo.has(service ?? '')) return 'Go'
  return service !== null || readHost(host)?.service !== undefined ? 'boto3' : 'any'
}

function askedOf({ scheme, host, port }: ProxiedUrl): Asked {
  return { host: bare(host), port, isDefaultPort: port === (scheme === 'https' ? 443 : 80) }
}

/** Commas only; no port but one that the URL itself spells; no ranges, no `*.`; the list `*` alone is everything. */
function readAsUrllib({ host, port, isDefaultPort }: Asked, noProxy: string): boolean {
  if (noProxy === '*') return true
  const name = host.includes(':') ? `[${host}]` : host
  const forms = isDefaultPort ? [name] : [name, `${name}:${port}`]
  return noProxy.split(',').some(written => {
    const entry = written.trim().replace(/^\.+/, '').toLowerCase()
    return entry !== '' && forms.some(form => form === entry || form.endsWith(`.${entry}`))
  })
}

/** Blanks vanish; ranges of IPv4; a name is any ending; and whatever urllib reads. */
function readAsRequests(to: Asked, noProxy: string): boolean {
  const { host, port, isDefaultPort } = to
  const entries = noProxy.replaceAll(' ', '').split(',').filter(Boolean)
  const isFourPart = isLiteral(host) && !host.includes(':')
  const own = isFourPart
    ? entries.some(entry => entry === host || isInRange(host, entry))
    : entries.some(entry => host.endsWith(entry) || (!isDefaultPort && `${host}:${port}`.endsWith(entry)))
  return own || readAsUrllib({ ...to, isDefaultPort: true }, noProxy)
}

/** Commas or blanks; ranges; no `*.`, no port; the list `*` alone is everything. */
function readAsCurl({ host }: Asked, noProxy: string): boolean {
  if (noProxy === '*') return true
  return words(noProxy).some(word => {
    if (isLiteral(host)) return bare(word) === host || isInRange(host, word)
    return isNameOrBelow(host, bare(word).replace(/^\./, ''))
  })
}

/** The list, and never loopback. */
function readAsGo(to: Asked, noProxy: string): boolean {
  const isLoopback = to.host === 'localhost' || (isLiteral(to.host) && (to.host === '::1' || to.host.startsWith('127.')))
  return isLoopback || isInListOfGo(to, noProxy)
}

/** Commas only; `*` anywhere is everything; ranges, ports and `*.`; a leading dot means the names below alone. */
function isInListOfGo({ host, port }: Asked, noProxy: string): boolean {
  return noProxy.split(',').some(written => {
    const entry = written.trim().toLowerCase()
    if (entry === '*') return true
    if (isCidr(entry)) return isInRange(host, entry)
    const { name, port: only } = withoutPort(entry)
    if (only !== undefined && only !== port) return false
    if (isLiteral(host)) return bare(name) === host
    const from = name.replace(/^\*\./, '.')
    return from.startsWith('.') ? from !== '.' && host.endsWith(from) : isNameOrBelow(host, from)
  })
}

/** Commas or blanks; ports and `*.`; no ranges; the list `*` alone is everything. */
function readAsNode({ host, port }: Asked, noProxy: string): boolean {
  if (noProxy === '*') return true
  return words(noProxy).some(word => {
    const { name, port: only } = withoutPort(word.toLowerCase())
    const entry = name.replace(/^\*?\./, '')
    return (only === undefined || only === port) && isNameOrBelow(host.includes(':') ? `[${host}]` : host, entry)
  })
}

function isNameOrBelow(host: string, name: string): boolean {
  return name !== '' && (host === name || host.endsWith(`.${name}`))
}

function isInRange(host: string, entry: string): boolean {
  return entry.includes('/') && isLiteral(host) && isCidr(entry) && isSameSubnet(host, entry)
}

function words(noProxy: string): readonly string[] {
  return noProxy.split(/[\s,]+/).filter(Boolean)
}

function withoutPort(entry: string): { readonly name: string; readonly port?: number } {
  const port = /^(?:\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(entry)?.[1]
  return port === undefined ? { name: entry } : { name: entry.slice(0, -port.length - 1), port: Number(port) }
}

function bare(host: string): string {
  return withoutBrackets(host.toLowerCase()).replace(/\.$/, '')
}
