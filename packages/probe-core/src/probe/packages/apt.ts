// Where apt would look for packages: sources.list, one line a source, and deb822 files. Proxies of apt.conf are not read.

import { join } from 'node:path'
import { remark } from '../../catalog/index.ts'
import type { PackageMachine } from './machine.ts'
import type { FoundSettings } from './pip.ts'
import { type FoundSource, readSource } from './source.ts'

const mostSources = 60

/** @see https://manpages.debian.org/stable/apt/sources.list.5.en.html */
export async function readApt(machine: PackageMachine): Promise<FoundSettings> {
  const found = new Map<string, FoundSource>()
  const notes: string[] = []
  const add = (uri: string, suite: string, from: string) => {
    const path = suite.endsWith('/') ? `${suite}InRelease` : `dists/${suite}/InRelease`
    const url = `${uri.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`
    const source = readSource(url, { manager: 'apt', role: 'release', configuredBy: from, credentials: 'auth.conf, not read' })
    if (source) found.set(source.source.url, source)
  }
  const folder = '/etc/apt/sources.list.d'
  const names = await machine.names(folder)
  for (const path of ['/etc/apt/sources.list', ...names.filter(name => name.endsWith('.list')).map(name => join(folder, name))]) {
    const file = await machine.text(path)
    if (file === undefined || !('text' in file)) continue
    for (const line of file.text.split('\n')) {
      const [, uri, suite] = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line) ?? []
      if (uri !== undefined && suite !== undefined && found.size < mostSources) add(uri, suite, path)
    }
  }
  for (const path of names.filter(name => name.endsWith('.sources')).map(name => join(folder, name))) {
    const file = await machine.text(path)
    if (file === undefined || !('text' in file)) continue
    for (const stanza of file.text.replace(/^#.*\n/gm, '').split(/\n\s*\n/)) {
      const field = (name: string) =>
        (new RegExp(`^${name}:((?:[^\\n]|\\n[ \\t])*)`, 'im').exec(stanza)?.[1] ?? '').split(/\s+/).filter(Boolean)
      if (/^Enabled:\s*no/im.test(stanza) || !field('Types').includes('deb')) continue
      for (const uri of field('URIs')) for (const suite of field('Suites')) if (found.size < mostSources) add(uri, suite, path)
    }
  }
  if (found.size === 0) notes.push(remark('noSource', {}))
  return { found: [...found.values()], notes }
}
