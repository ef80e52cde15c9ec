// The name this product gives itself in requests, so that whoever reads a trail of them can filter it.

import { readFileSync } from 'node:fs'

let cached: string | undefined

/** `eniprobe/<version>`: the version of the bundle, else of this package. */
export function productVersion(): string {
  return userAgent().slice('eniprobe/'.length)
}

export function userAgent(): string {
  cached ??= `eniprobe/${findVersion()}`
  return cached
}

function findVersion(): string {
  const bundled = (globalThis as { ENIPROBE_VERSION?: unknown }).ENIPROBE_VERSION
  if (typeof bundled === 'string') return bundled
  try {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
    const version = (manifest as { version?: unknown }).version
    return typeof version === 'string' ? version : 'unknown'
  } catch {
    return 'unknown'
  }
}
