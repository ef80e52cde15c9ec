// What a package manager's own configuration changes for requests to its places: credentials, a proxy, a CA bundle. They go to
// the very place they stand for and to no other, and nothing here is ever noted.

import { withoutBrackets } from '../../catalog/address.ts'
import type { PlannedTarget } from '../../model/target.ts'
import { type PackageAccess, placeKey } from '../../probe/packages/source.ts'
import { readTrust, type Trust } from '../../probe/trust.ts'
import type { Surroundings } from '../surroundings.ts'

export interface PackageKeys {
  of(target: PlannedTarget): PackageAccess
  /** Bundled authorities and those of this file, read once a run. */
  trustOf(caFile: string, env: NodeJS.ProcessEnv): Trust
  /** For a place that an answer named: its query is what lets it be had. */
  add(target: PlannedTarget, access: PackageAccess): void
}

/**
 * @param byUrl as read: `{region}` and `{dnsSuffix}` not filled in
 * @param sendsCredentials false: nothing that proves who we are is to leave this machine
 */
export function makePackageKeys(
  byUrl: ReadonlyMap<string, PackageAccess> | undefined,
  filled: { readonly region: string | null; readonly dnsSuffix: string },
  sendsCredentials = true,
): PackageKeys {
  const byPlace = new Map<string, PackageAccess>()
  const trusts = new Map<string, Trust>()
  for (const [written, access] of byUrl ?? []) {
    const text = written.replaceAll('{region}', filled.region ?? 'none').replaceAll('{dnsSuffix}', filled.dnsSuffix)
    if (!URL.canParse(text)) continue
    const url = new URL(text)
    const scheme = url.protocol.slice(0, -1)
    const port = Number(url.port) || (scheme === 'http' ? 80 : 443)
    byPlace.set(
      placeKey({ scheme, host: withoutBrackets(url.hostname).replace(/\.$/, ''), port, path: url.pathname }),
      sendsCredentials ? access : withheld(access),
    )
  }
  return {
    of: target => (target.packages === undefined ? {} : (byPlace.get(placeKey(target)) ?? {})),
    trustOf: (caFile, env) => {
      const known = trusts.get(caFile) ?? readTrust({ ...env, SSL_CERT_FILE: caFile })
      trusts.set(caFile, known)
      return known
    },
    add: (target, access) => void byPlace.set(placeKey(target), access),
  }
}

function withheld({ authorization, query, path, ...rest }: PackageAccess): PackageAccess {
  return authorization === undefined && query === undefined && path === undefined ? rest : { ...rest, isWithheld: true }
}

/** The run as the manager of this target would see it: with its own proxy and CA bundle where it has one. */
export function asManagerSees(target: PlannedTarget, run: Surroundings): Surroundings {
  const { proxy, noProxy = '', caFile } = run.packageKeys.of(target)
  if (proxy === undefined && caFile === undefined) return run
  return {
    ...run,
    ...(proxy !== undefined && {
      env: { ...run.env, https_proxy: withScheme(proxy), http_proxy: withScheme(proxy), no_proxy: noProxy },
    }),
    ...(caFile !== undefined && { trust: run.packageKeys.trustOf(caFile, run.env) }),
  }
}

/** What an answer says in words of its own: there it may repeat what it was asked with. */
const freeText = new Set(['path', 'bodyStart', 'location', 'server', 'contentType', 'requestId', 'message', 'hosts'])

/** An observation without the secrets of its place. */
export function withoutAccess<T>(value: T, { secrets = [] }: PackageAccess, key = ''): T {
  if (typeof value === 'string') return (freeText.has(key) ? hidden(value, secrets) : value) as T
  if (secrets.length === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => withoutAccess(item, { secrets }, key)) as T
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutAccess(item, { secrets }, name)])) as T
}

function hidden(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '****').replaceAll(encodeURIComponent(secret), '****'), text)
}

function withScheme(proxy: string): string {
  return proxy === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`
}
