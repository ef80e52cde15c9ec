// One URL of a configuration as a place to look at: its credentials parted from it at once, so that nothing but the request to
// that very host ever holds them.

import type { PackageSource } from '../../model/packages.ts'
import { safeText } from '../text.ts'

/** What goes with requests to one place and into nothing else. */
export interface PackageAccess {
  /** Value of the Authorization header. */
  readonly authorization?: string
  /** There are credentials, and this run sends none. */
  readonly isWithheld?: true
  /** The proxy of the manager's own configuration, credentials included; `''`: it is set to use none. */
  readonly proxy?: string
  /** A bundle of certificate authorities that the manager's configuration names. */
  readonly caFile?: string
  readonly noProxy?: string
  /** Query of the URL, with its question mark: it may be a signature. */
  readonly query?: string
  /** Path to ask for where that of the source had to be masked. */
  readonly path?: string
  /** What must stand in no report, wherever an answer repeats it. */
  readonly secrets?: readonly string[]
}

export interface FoundSource {
  readonly source: PackageSource
  readonly access: PackageAccess
}

const longestUrl = 4096

export type SourceGiven = Omit<PackageSource, 'url' | 'tokenExpiresAt'>

/** Undefined: no place in the network (a folder, another scheme, no URL at all). */
export function readSource(text: string, given: SourceGiven, more: PackageAccess = {}): FoundSource | undefined {
  if (!/^https?:\/\//i.test(text) || text.length > longestUrl) return undefined
  // Placeholders of the catalogue are no URL characters everywhere; a host cannot hold braces.
  const held = text.replaceAll('{region}', 'x-region-x').replaceAll('{dnsSuffix}', 'x-dns-suffix-x')
  const url = URL.canParse(held) ? new URL(held) : undefined
  if (url === undefined || url.hostname === '' || url.hostname.length > 253) return undefined
  const username = decode(url.username)
  const password = decode(url.password)
  const hasCredentials = username !== '' || password !== ''
  const expiresAt = findTokenExpiry(password) ?? findTokenExpiry(username)
  const query = url.search
  const { pathname } = url
  const inPath = findPathToken(url)
  if (inPath !== undefined) url.pathname = pathname.replace(`/${inPath}/`, '/****/')
  const isMasked = inPath !== undefined
  const authorization = hasCredentials ? Buffer.from(`${username}:${password}`).toString('base64') : ''
  const secrets = [password || username, authorization, inPath ?? '', query.slice(1)].filter(one => one.length >= 4)
  url.username = ''
  url.password = ''
  url.search = ''
  url.hash = ''
  const plain = url.href.replaceAll('x-region-x', '{region}').replaceAll('x-dns-suffix-x', '{dnsSuffix}')
  return {
    source: {
      ...given,
      configuredBy: safeText(given.configuredBy, 200),
      ...((hasCredentials || isMasked) && { credentials: given.credentials ? `url; ${given.credentials}` : 'url' }),
      ...(expiresAt && { tokenExpiresAt: expiresAt }),
      url: plain,
    },
    access: {
      ...more,
      ...(hasCredentials && { authorization: `Basic ${authorization}` }),
      ...(query !== '' && { query }),
      ...(isMasked && { path: pathname }),
      ...(secrets.length > 0 && { secrets }),
    },
  }
}

/** A path segment that lets whoever knows it in: conda's tokens, and services that put theirs first. */
function findPathToken(url: URL): string | undefined {
  const token = /\/t\/([^/]+)\//.exec(url.pathname)?.[1]
  if (token !== undefined) return token
  const first = /^\/([^/]+)\//.exec(url.pathname)?.[1]
  const isTokenHost = /(?:^|\.)(?:dl\.cloudsmith\.io|fury\.io|gemfury\.com)$/.test(url.hostname)
  return isTokenHost && first !== undefined && first.length >= 12 ? first : undefined
}

/**
 * When the CodeArtifact token ends: its first part is a header in the clear, with `exp` in seconds. Observed of the tokens that
 * AWS gives, documented nowhere; whatever does not look so gives undefined.
 */
function findTokenExpiry(token: string): string | undefined {
  const head = /^(eyJ[\w-]{20,2000})\.[\w-]*\.[\w-]+\./.exec(token)?.[1]
  if (head === undefined) return undefined
  try {
    const { exp, enc } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as { exp?: unknown; enc?: unknown }
    if (typeof exp !== 'number' || typeof enc !== 'string' || !(exp > 1e9 && exp < 1e11)) return undefined
    return new Date(exp * 1000).toISOString()
  } catch {
    return undefined
  }
}

/** Key of a place in {@link PackageAccess} maps. */
export function placeKey(to: { scheme?: string; host: string; port: number; path?: string }): string {
  const path = (to.path ?? '/').replace(/\/+$/, '')
  return `${to.scheme ?? 'https'} ${to.host.toLowerCase()} ${to.port} ${path}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
