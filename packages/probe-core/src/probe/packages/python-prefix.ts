// sys.prefix of the Python that the pip on this PATH runs with, found without running anything: the folder of its `pip.conf`.

import { dirname, join, resolve } from 'node:path'
import type { PackageMachine } from './machine.ts'

/** Undefined when no pip and no Python is on the PATH and no virtual environment is active. */
export async function findPythonPrefix(machine: PackageMachine): Promise<string | undefined> {
  const { env } = machine
  const folders = (env.PATH ?? '').split(':').filter(folder => folder.startsWith('/'))
  for (const name of ['pip', 'pip3', 'python3', 'python']) {
    const found = await findProgram(folders.slice(0, 50), name, machine)
    if (found === undefined) continue
    const prefix = await prefixOf(found, machine)
    if (prefix !== undefined) return prefix
  }
  return env.VIRTUAL_ENV || undefined
}

async function findProgram(folders: readonly string[], name: string, machine: PackageMachine): Promise<string | undefined> {
  for (const folder of folders) {
    const path = join(folder, name)
    if (await machine.isExecutable(path)) return path
  }
  return undefined
}

async function prefixOf(program: string, machine: PackageMachine): Promise<string | undefined> {
  if (/\/shims\/[^/]+$/.test(program)) return findPyenvPrefix(dirname(dirname(program)), machine)
  const python = /\/python[\d.]*$/.test(program) ? program : await findInterpreter(program, machine)
  if (python === undefined) return undefined
  // A virtual environment is told by pyvenv.cfg beside or above its (linked) interpreter; anything else by where the link leads.
  const above = dirname(dirname(python))
  for (const folder of [dirname(python), above]) if (await machine.exists(join(folder, 'pyvenv.cfg'))) return above
  return dirname(dirname(await machine.real(python)))
}

/** The interpreter that the first line of a script names. */
async function findInterpreter(script: string, machine: PackageMachine): Promise<string | undefined> {
  const file = await machine.text(script)
  const text = file !== undefined && 'text' in file ? file.text : ''
  // `#!/bin/sh` and `'''exec' /a/python` where the path is too long or holds blanks.
  return (
    /^#! ?(\/\S*\/python[\d.]*)\s/.exec(text)?.[1] ?? /^#!\/bin\/sh\n'''exec' "?(\/[^"\n]*?\/python[\d.]*)"? /.exec(text)?.[1]
  )
}

async function findPyenvPrefix(root: string, machine: PackageMachine): Promise<string | undefined> {
  const versionOf = async (path: string) => {
    const file = await machine.text(path)
    return file !== undefined && 'text' in file ? /^[\w.+-]+/m.exec(file.text)?.[0] : undefined
  }
  let version = machine.env.PYENV_VERSION?.split(':')[0]
  for (let folder = resolve(machine.cwd), depth = 0; !version && depth < 30; folder = dirname(folder), depth += 1) {
    version = await versionOf(join(folder, '.python-version'))
    if (folder === '/') break
  }
  version ||= await versionOf(join(root, 'version'))
  if (!version || version === 'system' || !/^[\w.+-]+$/.test(version)) return undefined
  return join(root, 'versions', version)
}
