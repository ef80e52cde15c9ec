// Where pip would look for packages: its configuration and the requirements file here, put together as `pip install` does.

import { join } from 'node:path'
import { remark } from '../../catalog/index.ts'
import { safeText } from '../text.ts'
import type { PackageMachine } from './machine.ts'
import { type PipConfiguration, readPipConfiguration } from './pip-configuration.ts'
import { findPythonPrefix } from './python-prefix.ts'
import { type RequirementOption, readRequirements } from './requirements.ts'
import { type FoundSource, type PackageAccess, readSource, type SourceGiven } from './source.ts'

export interface FoundSettings {
  readonly found: readonly FoundSource[]
  readonly notes: readonly string[]
}

interface Said {
  readonly value: string
  readonly from: string
}

export const pipDefaultIndex = 'https://pypi.org/simple'
const defaultFileHost = 'https://files.pythonhosted.org/'

export async function readPip(machine: PackageMachine): Promise<FoundSettings> {
  const prefix = await findPythonPrefix(machine)
  const configuration = await readPipConfiguration(machine, prefix)
  const options = pipOptions(configuration)
  const required = await readRequirements(join(machine.cwd, 'requirements.txt'), machine)
  const notes = [...configuration.problems]
  const access = accessOf(options)
  const held = await findHeldCredentials(machine, prefix)
  const trusted = [...words(options, 'trusted-host'), ...required.filter(o => o.option === 'trusted-host').map(o => o.value)]
  const proxy = options.get('proxy')

  const found: FoundSource[] = []
  const local: string[] = []
  const add = (role: 'index' | 'find-links', text: string, from: string, isDefault = false) => {
    const given: SourceGiven = {
      manager: 'pip',
      role,
      configuredBy: from,
      ...(isDefault && { isDefault: true as const }),
      ...(held !== '' && !isDefault && { credentials: held }),
      ...(isTrusted(text, trusted) && { isUnchecked: true as const }),
      ...(proxy && proxyOf(proxy)),
    }
    const source = readSource(text, given, access)
    if (source !== undefined) found.push(source)
    else local.push(from)
  }

  const noIndex = findNoIndex(options, required)
  if (noIndex === undefined) {
    for (const one of indexesOf(options, required)) add('index', one.value, one.from, one.from === byDefault)
  } else notes.push(remark('managerAsksNoIndex', { manager: 'pip', list: noIndex }))
  const links = [...words(options, 'find-links').map(value => ({ value, from: options.get('find-links')?.from ?? '' }))]
  const wanted = required.flatMap(o => (o.option === 'find-links' ? [o] : []))
  for (const one of [...links, ...wanted]) add('find-links', one.value, one.from)
  if (local.length > 0) notes.push(remark('notOfNetwork', { list: [...new Set(local)].join('; ') }))
  // The links of the default index lead there: with the index silent, nobody could say so.
  if (found.some(({ source }) => source.isDefault)) {
    const files = { manager: 'pip', role: 'files', configuredBy: byDefault, isDefault: true } as const
    const source = readSource(defaultFileHost, files, access)
    if (source !== undefined) found.push(source)
  }
  return { found, notes }
}

const byDefault = "pip's default"

/** Section [global], then [install], then variables: what is said last counts; what is empty says nothing. */
function pipOptions({ values }: PipConfiguration): ReadonlyMap<string, Said> {
  const options = new Map<string, Said>()
  for (const section of ['global', 'install', ':env:']) {
    for (const [key, { value, from }] of values) {
      if (value === '' || !key.startsWith(`${section}.`)) continue
      const name = key.slice(section.length + 1)
      const said = section === ':env:' ? from : `${name} of [${section}], ${from}`
      options.set(name === 'pypi-url' ? 'index-url' : name, { value, from: said })
    }
  }
  return options
}

/** As for `pip install -r requirements.txt`, where there is one that names an index; and as without it, where somebody set one. */
function indexesOf(options: ReadonlyMap<string, Said>, required: readonly RequirementOption[]): readonly Said[] {
  const configured = options.get('index-url')
  const extra = words(options, 'extra-index-url').map(value => ({ value, from: options.get('extra-index-url')?.from ?? '' }))
  const replaced = required.findLast(o => o.option === 'index-url')
  const added = required.filter(o => o.option === 'extra-index-url')
  const main = configured ?? (replaced === undefined ? { value: pipDefaultIndex, from: byDefault } : undefined)
  return [...(main ? [main] : []), ...(replaced ? [replaced] : []), ...extra, ...added]
}

function findNoIndex(options: ReadonlyMap<string, Said>, required: readonly RequirementOption[]): string | undefined {
  const said = options.get('no-index')
  if (said && /^(?:y|yes|t|true|on|1)$/i.test(said.value)) return said.from
  return required.find(o => o.option === 'no-index')?.from
}

function words(options: ReadonlyMap<string, Said>, name: string): readonly string[] {
  return (options.get(name)?.value.split(/\s+/) ?? []).filter(word => word !== '').slice(0, 50)
}

/** pip leaves the environment's proxy variables, NO_PROXY too, when it has a proxy of its own. */
function accessOf(options: ReadonlyMap<string, Said>): PackageAccess {
  const proxy = options.get('proxy')?.value
  const caFile = options.get('cert')?.value
  return { ...(proxy && { proxy }), ...(caFile && { caFile }) }
}

export function proxyOf(said: Said): { readonly proxy?: { readonly url: string; readonly from: string } } {
  const text = /^[a-z]+:\/\//i.test(said.value) ? said.value : `http://${said.value}`
  if (!URL.canParse(text)) return {}
  const url = new URL(text)
  url.username = ''
  url.password = ''
  return { proxy: { url: safeText(url.href.replace(/\/$/, ''), 300), from: safeText(said.from, 200) } }
}

/** `HOST` trusts every port of it, `HOST:PORT` that one. */
function isTrusted(text: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return hosts.some(one => {
    const [, host = one, wanted] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(one) ?? []
    return host.toLowerCase() === url.hostname.toLowerCase() && (wanted === undefined || wanted === port)
  })
}

/** What may hold credentials that are not in a URL, by name. That it is there says nothing about what it holds. */
async function findHeldCredentials(machine: PackageMachine, prefix: string | undefined): Promise<string> {
  const { env, home } = machine
  const netrc = env.NETRC || (await firstThere([join(home, '.netrc'), join(home, '_netrc')], machine))
  const folders = (env.PATH ?? '').split(':').filter(folder => folder.startsWith('/'))
  const keyring = await firstThere(
    [...folders.slice(0, 50).map(folder => join(folder, 'keyring')), ...(await moduleFolders(prefix, machine))],
    machine,
  )
  return [netrc && `netrc (${netrc}), not read`, keyring && 'keyring, not asked'].filter(Boolean).join('; ')
}

async function moduleFolders(prefix: string | undefined, machine: PackageMachine): Promise<readonly string[]> {
  if (prefix === undefined) return []
  const versions = (await machine.names(join(prefix, 'lib'))).filter(name => /^python3\.\d+$/.test(name))
  return versions.map(name => join(prefix, 'lib', name, 'site-packages', 'keyring'))
}

async function firstThere(paths: readonly string[], machine: PackageMachine): Promise<string | undefined> {
  for (const path of paths) if (await machine.exists(path)) return path
  return undefined
}
