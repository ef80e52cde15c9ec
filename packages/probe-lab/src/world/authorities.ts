// The certificate authorities of this process and the folder that its scenarios share: made once, gone when it ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabAuthorities } from '../servers/certificates.ts'

export interface LabFolder {
  readonly path: string
  readonly authorities: LabAuthorities
  /** Bundles for NODE_EXTRA_CA_CERTS. */
  readonly amazonBundle: string
  readonly inspectionBundle: string
}

let made: Promise<LabFolder> | undefined

export function labFolder(): Promise<LabFolder> {
  made ??= make()
  return made
}

async function make(): Promise<LabFolder> {
  const path = mkdtempSync(join(tmpdir(), 'eniprobe-lab-'))
  process.once('exit', () => rmSync(path, { recursive: true, force: true }))
  const { makeAuthorities } = await import('../servers/certificates.ts')
  const authorities = await makeAuthorities()
  const amazonBundle = join(path, 'amazon-root.pem')
  const inspectionBundle = join(path, 'company-bundle.pem')
  writeFileSync(amazonBundle, authorities.root.certificate)
  writeFileSync(inspectionBundle, `${authorities.root.certificate}\n${authorities.inspecting.certificate}`)
  return { path, authorities, amazonBundle, inspectionBundle }
}
