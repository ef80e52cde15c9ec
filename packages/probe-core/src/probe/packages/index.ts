// What the package managers that a user named are configured to use: places for the plan, and apart from them what only the
// requests to those very places may hold.

import type { PackageSettings } from '../../model/packages.ts'
import { safeText } from '../text.ts'
import { readApt } from './apt.ts'
import { readConda } from './conda.ts'
import { readDnf } from './dnf.ts'
import { readDocker } from './docker.ts'
import type { PackageMachine } from './machine.ts'
import { readNpm } from './npm.ts'
import { type FoundSettings, readPip } from './pip.ts'
import type { PackageAccess } from './source.ts'
import { readPoetry, readUv } from './uv.ts'

export { type PackageMachine, packageMachine } from './machine.ts'
export { type PackageAccess, readSource } from './source.ts'

export interface ReadPackages {
  /** By the word the user wrote: `pip`, `npm`, `conda`, `dnf`, `yum`, `apt`, `docker`. */
  readonly settings: ReadonlyMap<string, PackageSettings>
  /** By the URL of the source. Never part of a report. */
  readonly access: ReadonlyMap<string, PackageAccess>
}

const readers: Readonly<Record<string, readonly ((machine: PackageMachine) => Promise<FoundSettings>)[]>> = {
  pip: [readPip, readUv, readPoetry],
  npm: [readNpm],
  conda: [readConda],
  dnf: [readDnf],
  yum: [readDnf],
  apt: [readApt],
  docker: [readDocker],
}

/** Words that name no package manager are left out. Files are read, nothing is run and nobody asked. */
export async function readPackages(words: readonly string[], machine: PackageMachine): Promise<ReadPackages> {
  const settings = new Map<string, PackageSettings>()
  const access = new Map<string, PackageAccess>()
  for (const word of new Set(words)) {
    const own = Object.hasOwn(readers, word) ? readers[word] : undefined
    if (own === undefined) continue
    const all = []
    for (const read of own) all.push(await read(machine))
    const found = all.flatMap(one => one.found)
    for (const one of found) if (!access.has(one.source.url)) access.set(one.source.url, one.access)
    settings.set(word, {
      sources: found.map(one => one.source),
      notes: all
        .flatMap(one => one.notes)
        .map(note => safeText(note, 300))
        .slice(0, 20),
    })
  }
  return { settings, access }
}
