// The folder of this process, and what all test processes of one run share: the certificate authorities, the certificates that were
// made under them, and the place to get a moto from. Each is gone when the process that made it ends.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { healthyVpc } from '../plan/healthy.ts'
import { openShelf, usualNames } from '../servers/certificate-shelf.ts'
import type { LabAuthorities } from '../servers/certificates.ts'
import { startNursery } from './moto-nursery.ts'
import { offerPlaces } from './places.ts'

/** What a run shares. */
interface LabShare {
  readonly authorities: LabAuthorities
  /** Bundles for NODE_EXTRA_CA_CERTS. */
  readonly amazonBundle: string
  readonly inspectionBundle: string
  /** A folder: certificates as they were made, by kind and name. */
  readonly certificates: string
  /** Where `bearMoto` asks; undefined where moto is not installed or not wanted. */
  readonly nursery?: string
  /** Where `takePlace` asks; undefined where nobody counts. */
  readonly places?: string
}

export interface LabFolder extends LabShare {
  /** Of this process alone. */
  readonly path: string
}

let made: Promise<LabFolder> | undefined

export function labFolder(): Promise<LabFolder> {
  made ??= make()
  return made
}

/**
 * Makes what all test processes that this one starts from now on share, until this one ends. `mostVpcs`: so many tests have a VPC at
 * once, the others wait.
 */
export async function shareLab(mostVpcs: number): Promise<void> {
  const { path, ...share } = await labFolder()
  const places = join(path, `places-${mostVpcs}.sock`)
  if (!existsSync(places)) await offerPlaces(places, mostVpcs)
  writeFileSync(join(path, shareName), JSON.stringify({ ...share, places }), { mode: 0o600 })
  process.env[shareVariable] = path
}

const prefix = 'eniprobe-lab-'
const shareName = 'share.json'
const shareVariable = 'ENIPROBE_LAB_SHARE'

async function make(): Promise<LabFolder> {
  sweep()
  const path = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  process.once('exit', () => rmSync(path, { recursive: true, force: true }))
  const shared = process.env[shareVariable]
  const share = shared === undefined ? await makeShare(path) : JSON.parse(readFileSync(join(shared, shareName), 'utf8'))
  return { path, ...share }
}

async function makeShare(path: string): Promise<LabShare> {
  const wanted = process.env.ENIPROBE_LAB_AWS !== 'lab'
  const loading = import('../servers/certificates.ts')
  const [authorities, nursery] = await Promise.all([
    loading.then(({ makeAuthorities }) => makeAuthorities()),
    wanted ? startNursery(path) : undefined,
  ])
  const amazonBundle = join(path, 'amazon-root.pem')
  const inspectionBundle = join(path, 'company-bundle.pem')
  writeFileSync(amazonBundle, authorities.root.certificate)
  writeFileSync(inspectionBundle, `${authorities.root.certificate}\n${authorities.inspecting.certificate}`)
  const certificates = join(path, 'certificates')
  mkdirSync(certificates)
  await openShelf(certificates, authorities).fill(usualNames(healthyVpc()))
  return { authorities, amazonBundle, inspectionBundle, certificates, ...(nursery === undefined ? {} : { nursery }) }
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
