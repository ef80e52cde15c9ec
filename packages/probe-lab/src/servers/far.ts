// The far side of the lab as one process in its own namespace: started with a file that says what to play, it prints
// `ready` when every server listens. It ends with its namespace.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { VpcPlan } from '../plan/vpc-plan.ts'
import { openShelf } from './certificate-shelf.ts'
import type { LabAuthorities } from './certificates.ts'
import { serveDns } from './dns.ts'
import { httpListener } from './http.ts'
import { type HandedCredentials, serveMetadata } from './metadata.ts'
import { servePlainPorts } from './plain-ports.ts'
import { serveProxy } from './proxy.ts'
import { kindOf, serveTls } from './tls.ts'

/** What the file holds. */
export interface FarScript {
  readonly plan: VpcPlan
  readonly authorities: LabAuthorities
  /** The folder of certificates that are made already. */
  readonly certificates: string
  readonly motoSocket?: string
  readonly credentials?: HandedCredentials
  readonly knownKeys: readonly string[]
}

const path = process.argv[2]
if (path === undefined) throw new Error('far: the file that says what to play is missing')
const script = JSON.parse(readFileSync(path, 'utf8')) as FarScript

const { contextFor } = openShelf(script.certificates, script.authorities)

const side = { plan: script.plan, motoSocket: script.motoSocket, knownKeys: script.knownKeys }
await Promise.all([
  serveDns(script.plan),
  serveTls(script.plan, contextFor, httpListener(side)),
  serveMetadata(script.plan, script.credentials),
  servePlainPorts(script.plan),
  serveProxy(script.plan, contextFor, httpListener(side)),
])
if (script.plan.dns.customSoftware !== 'lab') await untilListens(script.plan.dns.customAddress, 53)
if (script.plan.proxy.software !== 'lab') await untilListens(script.plan.proxy.address, script.plan.proxy.port)
await makeUnusual(script.plan)
process.stdout.write('ready\n')

/** Certificates other than the usual ones, before anybody waits for them: making one, or loading what makes it, keeps this process busy. */
async function makeUnusual({ behaviours, proxy }: VpcPlan): Promise<void> {
  const shown = behaviours.flatMap(({ layer, match, does }) => (layer === 'tls' ? [{ name: match, kind: kindOf(does) }] : []))
  const unusual = shown.filter(({ kind }) => kind !== 'right')
  if (unusual.length > 0 || proxy.does === 'inspects') await import('./certificates.ts')
  const named = unusual.filter(({ name }) => !/\*|^[\d.]+$/.test(name))
  await Promise.all(named.map(({ name, kind }) => contextFor(name, kind)))
}

/** A program beside this one has its socket open. */
async function untilListens(host: string, port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const open = await new Promise<boolean>(resolve => {
      const socket = connect({ host, port, autoSelectFamily: false }, () => resolve(true))
      socket.on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (open) return
    await pause(10)
  }
  throw new Error(`nothing listens on ${host}:${port}`)
}
