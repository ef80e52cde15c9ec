// Which HTTP proxy the environment's clients would use for a URL. Pure; the tunnel itself is in tunnel.ts.

import { remark } from '../catalog/index.ts'
import { isExempt, type ProxiedUrl, type ProxyReading } from '../catalog/no-proxy.ts'

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

const readsAllProxy: ReadonlySet<ProxyReading> = new Set(['any', 'pip', 'curl'])

/**
 * The proxy for a URL, as one client reads the environment, or as the most generous would (`any`: curl, pip and others read
 * ALL_PROXY where the scheme's own variable is missing, boto3, Go and Node do not). The lower-case name wins and, set but empty,
 * switches the proxy off. NO_PROXY alone decides what goes direct: link-local and loopback addresses get no exemption, which is how
 * a proxy comes to capture instance metadata. (Go exempts localhost and loopback.)
 */
export function findProxy(to: ProxiedUrl, env: Environment, reading: ProxyReading = 'any'): ProxyChoice {
  const setting = findSetting([`${to.scheme}_proxy`, ...(readsAllProxy.has(reading) ? ['all_proxy'] : [])], env)
  if (!setting || setting.value === '') return {}
  if (isExempt(to, findSetting(['no_proxy'], env)?.value ?? '', reading)) return {}
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
