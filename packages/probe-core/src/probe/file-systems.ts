// Whether a path can be read without waiting for ever: one that leads to a pipe cannot, nor one on a file system of another machine
// (NFS, EFS, SMB, FUSE …) that has gone. A process with such a read under way cannot even exit, so another program reads there first,
// which can be killed. What lies at the path, and whether it may be read, is not said here.

import type { SpawnOptions } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { machineFiles } from './machine-files.ts'

interface Mount {
  readonly point: string
  readonly kind: string
}

/** Kinds behind which stands a machine, or a program, that may go. */
const remoteKinds = /^(?:nfs|cifs|smb|fuse|9p|ceph|lustre|afs|autofs|beegfs|gpfs|virtiofs)/
/** As many as the kernel follows. */
const mostLinks = 40

const mostMs = 1000
/** Machines with thousands of containers have thousands of mounts, and the last ones are those that were made last. */
const mostMountBytes = 4 * 1024 * 1024

/** Asked before a file that the environment names is opened. Not there counts as plain. */
export async function findObstacle(path: string): Promise<'ENOTREG' | 'ETIMEDOUT' | undefined> {
  if (!(await answersInTime(path, mostMs))) return 'ETIMEDOUT'
  try {
    return (await stat(path)).isFile() ? undefined : 'ENOTREG'
  } catch {
    return undefined
  }
}

/**
 * True at once for a path on this machine's own disks, and where there is no program that could read first.
 * @param asked what is known by now, by mount: for who asks of many files
 */
export function answersInTime(path: string, withinMs: number, asked = new Map<string, Promise<boolean>>()): Promise<boolean> {
  const mount = findRemoteMount(path)
  if (mount === undefined) return Promise.resolve(true)
  const known = asked.get(mount) ?? readFirst(path, withinMs)
  asked.set(mount, known)
  return known
}

/** The same for who cannot wait otherwise: nothing else is done meanwhile. @param gone mounts that are known not to answer */
export function answersAtOnce(path: string, withinMs: number, gone = new Set<string>()): boolean {
  const mount = findRemoteMount(path)
  if (mount === undefined) return true
  if (gone.has(mount)) return false
  const { error } = programs().spawnSync(...readingOf(path), { ...alone, timeout: withinMs, killSignal: 'SIGKILL' })
  const answers = (error as NodeJS.ErrnoException | undefined)?.code !== 'ETIMEDOUT'
  if (!answers) gone.add(mount)
  return answers
}

function readFirst(path: string, withinMs: number): Promise<boolean> {
  return new Promise(resolve => {
    const child = programs().spawn(...readingOf(path), alone)
    const end = (answers: boolean) => {
      clearTimeout(timer)
      resolve(answers)
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      child.unref()
      end(false)
    }, withinMs)
    child.once('error', () => end(true))
    child.once('exit', () => end(true))
  })
}

/** Where a file system of another machine is mounted that this path leads to; links are followed up to there and no further. */
export function findRemoteMount(path: string, mounts: readonly Mount[] = mountsHere()): string | undefined {
  if (!mounts.some(isRemote)) return undefined
  let done = ''
  let rest = partsOf(resolve(path))
  for (let links = 0; rest.length > 0; ) {
    const [part, ...others] = rest
    const next = `${done}/${part}`
    const mount = mounts.findLast(({ point }) => next === point || next.startsWith(`${point}/`))
    if (mount !== undefined && isRemote(mount)) return mount.point
    const target = findLink(next)
    rest = others
    if (target === undefined) done = next
    else {
      links += 1
      if (links > mostLinks) return undefined
      rest = [...partsOf(resolve(done || '/', target)), ...others]
      done = ''
    }
  }
  return undefined
}

/** Reads the format of proc(5), mountinfo. The root is left out: without it this program would not run. Longest paths last. */
export function readMounts(text: string): readonly Mount[] {
  const mounts = text.split('\n').flatMap(line => {
    const [before = '', after = ''] = line.split(' - ')
    const point = before.split(' ')[4]?.replaceAll(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)))
    const [kind = ''] = after.split(' ')
    return point === undefined || point === '/' ? [] : [{ point, kind }]
  })
  // Of two at one place the later hides the earlier: sorting keeps their order.
  return mounts.sort((a, b) => a.point.length - b.point.length)
}

function mountsHere(): readonly Mount[] {
  return readMounts(machineFiles.fileText('/proc/self/mountinfo', mostMountBytes) ?? '')
}

function isRemote({ kind }: Mount): boolean {
  return remoteKinds.test(kind)
}

function partsOf(path: string): string[] {
  return path.split('/').filter(part => part !== '')
}

function findLink(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

/** Loaded where such a file system is mounted. */
const programs = () => process.getBuiltinModule('node:child_process')

/** One byte: names and sizes may still be remembered where nothing can be read any more. */
function readingOf(path: string): [string, string[]] {
  return ['head', ['-c', '1', resolve(path)]]
}

/** Neither its folder nor its own place may lie on what does not answer. */
const alone: SpawnOptions = { cwd: '/', env: { PATH: '/usr/bin:/bin' }, stdio: 'ignore' }
