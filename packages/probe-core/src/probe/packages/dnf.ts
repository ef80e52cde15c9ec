// Where dnf and yum would look for packages: their .repo files with variables filled in. Amazon Linux keeps its own in S3.

import { join } from 'node:path'
import { remark } from '../../catalog/index.ts'
import type { PackageMachine } from './machine.ts'
import { type FoundSettings, proxyOf } from './pip.ts'
import { readPythonIni } from './python-ini.ts'
import { type FoundSource, readSource } from './source.ts'

type Options = ReadonlyMap<string, string>

/** Amazon Linux 2023's own, where no .repo file says otherwise: a bucket of the region, under the dual-stack name. */
const defaultRepository = 'https://al2023-repos-{region}-de612dc2.s3.dualstack.{region}.{dnsSuffix}/'
const mostRepositories = 40
/** A list of base URLs may be long; a value of nothing but names of one long variable would fill the memory. */
const longestValue = 8192
const longestVariable = 1024

/** @see https://dnf.readthedocs.io/en/latest/conf_ref.html */
export async function readDnf(machine: PackageMachine): Promise<FoundSettings> {
  const notes: string[] = []
  const variables = await readVariables(machine)
  const main = (await readSections('/etc/dnf/dnf.conf', machine, notes)) ?? (await readSections('/etc/yum.conf', machine, notes))
  const mainOptions = main?.find(section => section.name === 'main')?.items ?? new Map<string, string>()
  const ownFolders = mainOptions
    .get('reposdir')
    ?.split(/[\s,]+/)
    .filter(Boolean)
  const folders = ownFolders ?? ['/etc/yum.repos.d', '/etc/yum/repos.d', '/etc/distro.repos.d']
  const sections = (main ?? []).filter(({ name }) => name !== 'main').map(section => ({ ...section, path: 'the main file' }))
  for (const folder of folders.slice(0, 10)) {
    for (const name of (await machine.names(folder)).filter(one => one.endsWith('.repo')).slice(0, 60)) {
      const path = join(folder, name)
      sections.push(...((await readSections(path, machine, notes)) ?? []).map(section => ({ ...section, path })))
    }
  }
  const enabled = sections.filter(({ items }) => isOn(fill(items.get('enabled') ?? '1', variables))).slice(0, mostRepositories)
  const found = enabled.flatMap(({ name, items, path }) => placesOf(`[${name}], ${path}`, items, mainOptions, variables, notes))
  if (found.length > 0 || sections.length > 0) {
    if (found.length === 0) notes.push(remark('noRepository', {}))
    return { found, notes }
  }
  const given = {
    manager: 'dnf',
    role: 'repository',
    configuredBy: 'no .repo file: that of Amazon Linux 2023',
    isDefault: true,
  } as const
  const source = readSource(defaultRepository, given)
  return { found: source ? [source] : [], notes }
}

function placesOf(
  from: string,
  items: Options,
  main: Options,
  variables: ReadonlyMap<string, string>,
  notes: string[],
): readonly FoundSource[] {
  const value = (key: string) => fill(items.get(key) ?? main.get(key) ?? '', variables)
  // A mirror list is asked first; baseurl is used beside it by dnf, and after it by yum.
  const urls = [
    ...lines(fill(items.get('mirrorlist') ?? items.get('metalink') ?? '', variables)).map(url => ({
      url,
      role: 'mirror-list' as const,
    })),
    ...lines(fill(items.get('baseurl') ?? '', variables)).map(url => ({ url, role: 'repository' as const })),
  ]
  const proxy = value('proxy')
  const isUnchecked = value('sslverify') !== '' && !isOn(value('sslverify'))
  const access = {
    ...(proxy !== '' && { proxy: proxy === '_none_' ? '' : proxy }),
    ...(value('sslcacert') && { caFile: value('sslcacert') }),
  }
  return urls.slice(0, 6).flatMap(({ url, role }) => {
    if (/\$/.test(url.split('/')[2] ?? '')) {
      notes.push(remark('variableNotSet', { file: from, list: (url.split('/')[2] ?? '').slice(0, 100) }))
      return []
    }
    const source = readSource(
      url,
      {
        manager: 'dnf',
        role,
        configuredBy: from,
        ...(items.has('username') && { credentials: 'username of the repository, not sent' }),
        ...(isUnchecked && { isUnchecked: true as const }),
        ...(proxy && proxy !== '_none_' && proxyOf({ value: proxy, from: `proxy of ${from}` })),
      },
      access,
    )
    return source ? [source] : []
  })
}

/** The files' first lines, dnf's after yum's, then DNF_VAR_* and DNF0…9; and what the machine itself says. */
async function readVariables(machine: PackageMachine): Promise<ReadonlyMap<string, string>> {
  const variables = new Map<string, string>()
  const arch: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i386' }
  variables.set('basearch', arch[process.arch] ?? process.arch)
  variables.set('arch', arch[process.arch] ?? process.arch)
  const textOf = async (path: string) => {
    const file = await machine.text(path)
    return file !== undefined && 'text' in file ? file.text : ''
  }
  // Amazon Linux 2023's is the full version of its release package; elsewhere the release's number.
  const release = /release ([\d.]+)/.exec(await textOf('/etc/system-release'))?.[1]
  const version = /^VERSION_ID="?([^"\n]+)/m.exec(await textOf('/etc/os-release'))?.[1]
  const releasever = release ?? version
  if (releasever !== undefined) variables.set('releasever', releasever)
  for (const folder of ['/etc/yum/vars', '/etc/dnf/vars']) {
    for (const name of (await machine.names(folder)).filter(one => /^\w+$/.test(one)).slice(0, 60)) {
      variables.set(name, ((await textOf(join(folder, name))).split('\n')[0] ?? '').trim())
    }
  }
  for (const [name, value] of Object.entries(machine.env)) {
    const key = /^DNF_VAR_(\w+)$/.exec(name)?.[1] ?? /^(DNF\d|YUM\d)$/.exec(name)?.[1]
    if (key !== undefined && value !== undefined) variables.set(key, value)
  }
  return variables
}

async function readSections(path: string, machine: PackageMachine, notes: string[]) {
  const file = await machine.text(path)
  if (file === undefined) return undefined
  const read = 'text' in file ? readPythonIni(file.text, { isLenient: true }) : file
  if ('sections' in read) return read.sections
  notes.push(remark('managerCannotReadWhy', { manager: 'dnf', file: path, problem: read.problem }))
  return undefined
}

/** Names are taken as long as they go; one that is not set stays as it is written. */
function fill(text: string, variables: ReadonlyMap<string, string>): string {
  return text
    .slice(0, longestValue)
    .replace(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (whole, braced?: string, bare?: string) => variables.get(braced ?? bare ?? '')?.slice(0, longestVariable) ?? whole,
    )
}

function lines(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}

function isOn(text: string): boolean {
  return /^(?:1|yes|true|enabled|on)$/i.test(text.trim())
}
