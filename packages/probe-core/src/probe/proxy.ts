// Which HTTP proxy the environment's clients would use for a URL. Pure; the tunnel itself is in tunnel.ts.

import { isIP } from 'node:net'
import { isSameSubnet } from '../catalog/address.ts'
import { remark } from '../catalog/index.ts'

export { openTunnel } from './tunnel.ts'

export interface Proxy {
  /** Without user information. `https:` means TLS to the proxy itself. */
  readonly url: URL
  /** The variable it came from, as spelled. */
  readonly from: string
  readonly username?: string
  readonly password?: string
}

interface ProxyChoice {
  readonly proxy?: Proxy
  /** A proxy variable that is set and cannot be used: which one and why, without its value. */
  readonly problem?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy for a URL, as Python's urllib and requests (so boto3), curl and undici read the environment: the lower-case name
 * wins and, set but empty, switches the proxy off; then the scheme's variable before ALL_PROXY (which boto3 and undici do
 * not read). As in all of them NO_PROXY alone decides what goes direct: link-local and loopback addresses get no exemption,
 * which is how a proxy comes to capture instance metadata. (Go exempts localhost and loopback.)
 */
export function findProxy(to: { scheme: 'http' | 'https'; host: string; port: number }, env: Environment): ProxyChoice {
  const setting = findSetting([`${to.scheme}_proxy`, 'all_proxy'], env)
  if (!setting || setting.value === '') return {}
  if (isBypassed(to, findSetting(['no_proxy'], env)?.value ?? '')) return {}
  const url = findUrl(setting.value)
  if (!url) return { problem: remark('proxyNoUrl', { name: setting.from }) }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { problem: remark('proxyScheme', { name: setting.from, scheme: url.protocol.slice(0, -1) }) }
  }
  const username = decode(url.username)
  const password = decode(url.password)
  url.username = ''
  url.password = ''
  return { proxy: { url, from: setting.from, ...(username && { username }), ...(password && { password }) } }
}

/** The value of a Proxy-Authorization header, or undefined when the proxy's URL names no user. */
export function proxyAuthorization(proxy: Proxy): string | undefined {
  if (proxy.username === undefined && proxy.password === undefined) return undefined
  return `Basic ${Buffer.from(`${proxy.username ?? ''}:${proxy.password ?? ''}`).toString('base64')}`
}

/** Port of the proxy, its scheme's default included. */
export function proxyPort(proxy: Proxy): number {
  return Number(proxy.url.port) || (proxy.url.protocol === 'https:' ? 443 : 80)
}

function findSetting(names: readonly string[], env: Environment): { from: string; value: string } | undefined {
  for (const name of names.flatMap(lower => [lower, lower.toUpperCase()])) {
    const value = env[name]
    if (value !== undefined && (value !== '' || name === name.toLowerCase())) return { from: name, value: value.trim() }
  }
  return undefined
}

/**
 * Whether an entry matches. A superset of what clients read: all know `*`, names (with every name below them, leading
 * dot or not) and literal addresses; `host:port` is read by curl's rivals only, and a CIDR by curl ≥ 7.86, Go and requests,
 * not by Python's urllib.
 */
function isBypassed(to: { host: string; port: number }, noProxy: string): boolean {
  const host = bare(to.host)
  return noProxy.split(/[\s,]+/).some(entry => {
    if (entry === '') return false
    if (entry === '*') return true
    if (entry.includes('/')) return isIP(host) !== 0 && isSameSubnet(host, entry)
    const port = /^(?:\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(entry)?.[1]
    if (port !== undefined && Number(port) !== to.port) return false
    const name = bare(port === undefined ? entry : entry.slice(0, -port.length - 1)).replace(/^\*?\./, '')
    return name !== '' && (host === name || (isIP(host) === 0 && host.endsWith(`.${name}`)))
  })
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}

function findUrl(value: string): URL | undefined {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`)
  } catch {
    return undefined
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
