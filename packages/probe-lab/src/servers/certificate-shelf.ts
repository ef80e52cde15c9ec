// Certificates of the far side, each made once in a run and kept in a folder: what makes them is a large library, which takes longer
// to load than all else that the far side is made of.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { VpcPlan } from '../plan/vpc-plan.ts'
import type { LabAuthorities } from './certificates.ts'

/** `huge`: thousands of names. `long`: more certificates than any chain needs. `old`: right, and under TLS 1.2. */
export type CertificateKind = 'right' | 'expired' | 'other-host' | 'inspected' | 'huge' | 'long' | 'old'

export interface LeafPem {
  readonly privateKey: string
  /** From the leaf to the root. */
  readonly chain: string
}

export interface Shelf {
  contextFor(name: string, kind: CertificateKind): Promise<SecureContext>
  /** Makes whatever of these is not there yet. */
  fill(names: readonly string[]): Promise<void>
}

/** The certificates in `folder`, which processes share. */
export function openShelf(folder: string, authorities: LabAuthorities): Shelf {
  const contexts = new Map<string, Promise<SecureContext>>()
  const leafOf = async (name: string, kind: CertificateKind): Promise<LeafPem> => {
    const path = placeOf(folder, name, kind)
    if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'))
    const { makeLeaf } = await import('./certificates.ts')
    const leaf = await makeLeaf(authorities, name, kind)
    // Of several who make it at once, each puts a whole one there.
    const part = `${path}.${process.pid}`
    writeFileSync(part, JSON.stringify(leaf), { mode: 0o600 })
    renameSync(part, path)
    return leaf
  }
  const makeContext = async (name: string, kind: CertificateKind): Promise<SecureContext> => {
    const { privateKey, chain } = await leafOf(name, kind)
    return createSecureContext({ key: privateKey, cert: chain, ...(kind === 'old' ? { maxVersion: 'TLSv1.2' } : {}) })
  }
  return {
    contextFor: (name, kind) => {
      const key = `${kind} ${name}`
      const found = contexts.get(key) ?? makeContext(name, kind)
      contexts.set(key, found)
      return found
    },
    fill: async names => {
      for (const name of names) await leafOf(name, 'right')
    },
  }
}

/** Of AWS's own, beside those of the region's services. */
const publicNames = `amazonaws.com aws.amazon.com checkip.amazonaws.com sts.amazonaws.com iam.amazonaws.com s3.amazonaws.com
  organizations.us-east-1.amazonaws.com a1b2c3.execute-api.ap-northeast-1.amazonaws.com`.split(/\s+/)

/** Names that nearly every run asks for. */
export function usualNames({ region, endpoints, hosts, aws }: VpcPlan): readonly string[] {
  const regional = ['s3', 'dynamodb', ...aws.buckets.map(({ name }) => `${name}.s3`)].map(
    name => `${name}.${region}.amazonaws.com`,
  )
  const served = hosts.filter(({ serve }) => serve === 'https').map(({ name }) => name)
  const covered = endpoints.flatMap(({ names }) => names).filter(name => !name.startsWith('*'))
  return [...covered, ...regional, ...served, ...publicNames]
}

/** A name is the peer's choice: no part of a path. */
function placeOf(folder: string, name: string, kind: CertificateKind): string {
  return join(folder, createHash('sha256').update(`${kind} ${name}`).digest('hex'))
}
