// The files and variables that package managers are configured by, read with limits: a file's size, how many files, and only
// regular ones on file systems that answer (a pipe or device would block or never end). It never writes.

import { constants } from 'node:fs'
import { access, open, readdir, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { answersInTime } from '../file-systems.ts'

export interface PackageMachine {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly cwd: string
  /** Undefined: not there. A string otherwise, or why it cannot be read. */
  text(path: string): Promise<{ readonly text: string } | { readonly problem: string } | undefined>
  /** Names in a folder, sorted; empty when it is not there. */
  names(folder: string): Promise<readonly string[]>
  /** True also where nobody can tell: who then reads it is told the problem. */
  exists(path: string): Promise<boolean>
  isExecutable(path: string): Promise<boolean>
  /** Links followed; the path itself when that fails. */
  real(path: string): Promise<string>
}

const mostBytes = 256 * 1024
const mostFiles = 300
const mostNames = 500
/** How long a file system is waited for. */
const mostMs = 1000

/** @param root put before every path: the `/` of a machine that is looked at from outside */
export function packageMachine(
  env: Readonly<Record<string, string | undefined>>,
  place: { readonly cwd?: string; readonly root?: string } = {},
): PackageMachine {
  const { root = '', cwd = process.cwd() } = place
  let files = 0
  const at = (path: string) => `${root}${resolve(cwd, path)}`
  const asked = new Map<string, Promise<boolean>>()
  const answers = (path: string) => answersInTime(at(path), mostMs, asked)
  return {
    env,
    home: env.HOME || homedir(),
    cwd,
    text: async path => {
      files += 1
      if (files > mostFiles) return { problem: 'too many files' }
      return (await answers(path)) ? readText(at(path)) : { problem: 'its file system does not answer' }
    },
    names: async folder => {
      if (!(await answers(folder))) return []
      try {
        return (await readdir(at(folder))).sort().slice(0, mostNames)
      } catch {
        return []
      }
    },
    exists: async path =>
      !(await answers(path)) ||
      stat(at(path)).then(
        () => true,
        () => false,
      ),
    isExecutable: async path => {
      if (!(await answers(path))) return false
      try {
        await access(at(path), constants.X_OK)
        return (await stat(at(path))).isFile()
      } catch {
        return false
      }
    },
    real: async path => {
      if (!(await answers(path))) return path
      return realpath(at(path)).then(
        found => found.slice(root.length) || '/',
        () => path,
      )
    },
  }
}

async function readText(path: string): Promise<{ text: string } | { problem: string } | undefined> {
  try {
    // Before it is opened: opening a pipe would wait for its other end.
    const found = await stat(path)
    if (!found.isFile()) return { problem: 'is not a file' }
    if (found.size > mostBytes) return { problem: 'is too large to be a configuration' }
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const buffer = Buffer.alloc(mostBytes)
      const { bytesRead } = await file.read(buffer, 0, mostBytes, 0)
      return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(buffer.subarray(0, bytesRead)) }
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    return { problem: code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'is not UTF-8' : `cannot be read (${code ?? 'unknown'})` }
  }
}
