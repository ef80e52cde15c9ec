// Raises a VPC from a plan and runs commands inside it. All of it hangs on one process: when that ends, so do the
// namespaces, the far side and everything run inside. Nothing of the host's own network is read or changed.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Fault } from '../faults/fault.ts'
import { filtersOf } from '../plan/filters.ts'
import { healthyVpc } from '../plan/healthy.ts'
import type { VpcPlan } from '../plan/vpc-plan.ts'
import type { FarScript } from '../servers/far.ts'
import type { HandedCredentials } from '../servers/metadata.ts'
import { labFolder } from './authorities.ts'
import { type Backend, labCapability } from './capability.ts'
import { unsupportedByIpRules } from './ip-rules.ts'
import { findMoto, type SetUp } from './moto.ts'
import { missingParts } from './real-parts.ts'
import { type Ran, type RunOptions, runInside } from './run-inside.ts'
import { hasSlowWire } from './slow-wire.ts'
import { renderWiring } from './wiring.ts'
import { hostsFile, resolvConf, workloadEnv } from './workload-files.ts'

export interface EniprobeRun extends Ran {
  /** What the CLI printed as JSON; undefined when it printed none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it freely
  readonly report: any
}

export interface Vpc {
  readonly plan: VpcPlan
  readonly backend: Backend
  /** Who answers signed calls. */
  readonly aws: 'moto' | 'lab'
  /** Where moto is asked and changed past the network, when it plays AWS. */
  readonly motoSocket: string | undefined
  readonly raisedInMs: number
  /** Process id of the first process inside, as seen from outside. */
  readonly pid: number
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>
  /** The built CLI with `--format json`. */
  eniprobe(args: readonly string[], options?: RunOptions): Promise<EniprobeRun>
  /** Ends everything inside and waits for it. */
  stop(): Promise<void>
}

/** This machine cannot play the scenario: a test skips with `message`. */
export class LabUnavailable extends Error {
  override name = 'LabUnavailable'
}

/** A program that does not start must end a test, not hold it. */
const readyWithinMs = 30_000

let count = 0

/**
 * Raises the healthy VPC with `fault` in it. Rejects with LabUnavailable where namespaces or filters do not allow it, or where
 * something is to be set up in moto and there is none.
 */
export async function raiseVpc(fault: Fault = plan => plan, setUp?: SetUp): Promise<Vpc> {
  const startedAt = performance.now()
  const planned = fault(healthyVpc())
  const { unshareFlags, backend, reason } = labCapability()
  if (unshareFlags === null) throw new LabUnavailable(reason)
  const missing = backend === 'nftables' ? [] : unsupportedByIpRules(filtersOf(planned))
  if (missing.length > 0) throw new LabUnavailable(`needs nftables: ip rules cannot ${missing.join(', ')}`)
  const absent = missingParts(planned)
  if (planned.slow.length > 0 && !hasSlowWire()) throw new LabUnavailable('a slow path needs python3')
  if (absent.length > 0) throw new LabUnavailable(`not installed: ${absent.join(', ')}`)

  const folder = await labFolder()
  const moto = await findMoto(folder)
  if (setUp !== undefined && moto === undefined) throw new LabUnavailable('needs moto')
  const { credentials, plan } = moto
    ? await moto.prepare(planned, setUp)
    : { credentials: labCredentials(planned), plan: planned }
  const script: FarScript = {
    plan,
    authorities: folder.authorities,
    certificates: folder.certificates,
    credentials,
    knownKeys: [credentials.accessKeyId],
    ...(moto ? { motoSocket: moto.socketPath } : {}),
  }
  const scriptPath = join(folder.path, `far-${count++}.json`)
  writeFileSync(scriptPath, JSON.stringify(script), { mode: 0o600 })
  const farCommand = [process.execPath, fileURLToPath(new URL('../servers/far.js', import.meta.url)), scriptPath]
    .map(quoted)
    .join(' ')
  const wiring = renderWiring({ plan, backend, farCommand, resolvConf: resolvConf(plan), hosts: hostsFile(plan) })
  const wiringPath = `${scriptPath}.sh`
  writeFileSync(wiringPath, wiring)
  const holder = spawn('unshare', [...unshareFlags, 'sh', wiringPath], { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  const ended = new Promise<void>(resolve => holder.once('close', () => resolve()))
  const killNow = (): void => killInside(holder.pid)
  process.once('exit', killNow)
  const stop = async (): Promise<void> => {
    process.off('exit', killNow)
    killNow()
    await ended
    for (const path of [scriptPath, wiringPath]) rmSync(path, { force: true })
    moto?.end()
  }
  try {
    await untilReady(holder)
  } catch (error) {
    await stop()
    throw error
  }
  const pid = findFirstChild(holder.pid)
  if (pid === undefined) throw new Error('the first process of the namespaces is gone')
  const env = { ...workloadEnv(plan, folder, credentials) }
  const asUser = unshareFlags.includes('--user')
  const run = (argv: readonly string[], options: RunOptions = {}): Promise<Ran> =>
    runInside(pid, asUser, argv, { ...options, env: { ...env, ...options.env } })
  return {
    plan,
    backend,
    aws: moto ? 'moto' : 'lab',
    motoSocket: moto?.socketPath,
    raisedInMs: performance.now() - startedAt,
    pid,
    run,
    eniprobe: async (args, options) => {
      const ran = await run([process.execPath, cliPath(), ...args, '--format', 'json'], options)
      return { ...ran, report: parsed(ran.stdout) }
    },
    stop,
  }
}

/** The built CLI that the lab runs. */
export function cliPath(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'probe-cli'))) {
    if (dirname(folder) === folder) throw new Error('packages/probe-cli is not beside this package')
    folder = dirname(folder)
  }
  return join(folder, 'probe-cli', 'dist', 'eniprobe.mjs')
}

function labCredentials(plan: VpcPlan): HandedCredentials {
  const keys = { secretAccessKey: 'lab-secret-that-nobody-verifies-0000000', accessKeyId: 'AKIALAB0000000000001' }
  return plan.workload.credentialsFrom === 'environment'
    ? keys
    : { ...keys, accessKeyId: 'ASIALAB0000000000001', sessionToken: 'lab' }
}

/** Both lines have come: the namespaces are wired and the far side listens. */
function untilReady(holder: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const waitingFor = new Set(['wired', 'ready'])
    let errors = ''
    holder.stderr?.on('data', chunk => {
      if (errors.length < 4000) errors += String(chunk)
    })
    createInterface({ input: holder.stdout as NodeJS.ReadableStream }).on('line', line => {
      waitingFor.delete(line)
      if (waitingFor.size > 0) return
      clearTimeout(timer)
      resolve()
    })
    const late = () => reject(new Error(`the lab was not ready within ${readyWithinMs} ms: ${errors.trim()}`))
    const timer = setTimeout(late, readyWithinMs)
    holder.once('error', reject)
    holder.once('close', code => reject(new Error(`the lab's namespaces ended with ${code}: ${errors.trim()}`)))
  })
}

/** The first process of the namespaces: the only child of `unshare`. */
function findFirstChild(pid: number | undefined): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]) || undefined
  } catch {
    return undefined
  }
}

/** Ends the first process inside and with it all others. `unshare` itself stays to reap it, then ends: no zombie is left. */
function killInside(holderPid: number | undefined): void {
  const pid = findFirstChild(holderPid) ?? holderPid
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Already gone.
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
