// The certificate authorities of this process and the folder that its scenarios share: made once, gone when it ends.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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

const prefix = 'eniprobe-lab-'

async function make(): Promise<LabFolder> {
  sweep()
  const path = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  process.once('exit', () => rmSync(path, { recursive: true, force: true }))
  const { makeAuthorities } = await import('../servers/certificates.ts')
  const authorities = await makeAuthorities()
  const amazonBundle = join(path, 'amazon-root.pem')
  const inspectionBundle = join(path, 'company-bundle.pem')
  writeFileSync(amazonBundle, authorities.root.certificate)
  writeFileSync(inspectionBundle, `${authorities.root.certificate}\n${authorities.inspecting.certificate}`)
  return { path, authorities, amazonBundle, inspectionBundle }
}

/** A process that was killed could not take its folder with it: the next one does. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (owner !== undefined && !isAlive(Number(owner))) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
