// Where conda and mamba would look for packages: condarc files in conda's order, CONDA_* variables, channel names made URLs.

import { dirname, join } from 'node:path'
import { remark } from '../../catalog/index.ts'
import { isRecord } from '../../model/json.ts'
import type { PackageMachine } from './machine.ts'
import { type FoundSettings, proxyOf } from './pip.ts'
import { type PackageAccess, readSource } from './source.ts'
import { readYaml } from './yaml.ts'

type Table = Readonly<Record<string, unknown>>

interface Said {
  readonly value: string
  readonly from: string
}

const defaultChannels = ['https://repo.anaconda.com/pkgs/main', 'https://repo.anaconda.com/pkgs/r']
const mostChannels = 30

/** @see https://docs.conda.io/projects/conda/en/stable/user-guide/configuration/use-condarc.html */
export async function readConda(machine: PackageMachine): Promise<FoundSettings> {
  const { env } = machine
  const notes: string[] = []
  // Highest first.
  const levels = (await condaLevels(machine, notes)).reverse()
  const one = (key: string): Said | undefined => {
    const variable = `CONDA_${key.toUpperCase()}`
    if (env[variable]) return { value: env[variable], from: variable }
    const level = levels.find(({ table }) => typeof table[key] === 'string' || typeof table[key] === 'boolean')
    return level && { value: fill(String(level.table[key]), env), from: `${key}, ${level.path}` }
  }
  const many = (key: string): readonly Said[] => [
    ...(env[`CONDA_${key.toUpperCase()}`] ?? '')
      .split(',')
      .filter(Boolean)
      .map(value => ({ value, from: `CONDA_${key.toUpperCase()}` })),
    ...levels.flatMap(({ table, path }) =>
      texts(table[key]).map(value => ({ value: fill(value, env), from: `${key}, ${path}` })),
    ),
  ]
  const verify = one('ssl_verify')
  const isUnchecked = /^(?:false|0|no)$/i.test(verify?.value ?? '')
  const servers = levels.map(({ table }) => table.proxy_servers).find(isRecord)
  const proxy =
    servers && texts(servers.https ?? servers.http).map(value => ({ value: fill(value, env), from: 'proxy_servers' }))[0]
  const access: PackageAccess = {
    ...(proxy && { proxy: proxy.value, noProxy: env.no_proxy ?? env.NO_PROXY ?? '' }),
    ...(verify?.value.startsWith('/') && { caFile: verify.value }),
  }
  const alias = (one('channel_alias')?.value ?? 'https://conda.anaconda.org').replace(/\/+$/, '')
  const ownDefaults = many('default_channels')
  const custom = levels.map(({ table }) => table.custom_channels).filter(isRecord)
  const isConfigured = many('channels').length > 0
  const wanted: readonly Said[] = isConfigured ? many('channels') : [{ value: 'defaults', from: "conda's default" }]
  const found = wanted.slice(0, mostChannels).flatMap(({ value, from }) => {
    const isDefault = value === 'defaults' && ownDefaults.length === 0
    const places =
      value !== 'defaults'
        ? [{ value, from }]
        : ownDefaults.length > 0
          ? ownDefaults
          : defaultChannels.map(url => ({ value: url, from }))
    return places.flatMap(place => {
      const url = urlOf(place.value, alias, custom)
      const given = { manager: 'conda', role: 'channel', configuredBy: place.from } as const
      const source = readSource(
        url,
        {
          ...given,
          ...(isDefault && !isConfigured && { isDefault: true as const }),
          ...(!isDefault && { credentials: 'netrc or anaconda login, not read' }),
          ...(isUnchecked && { isUnchecked: true as const }),
          ...(proxy && proxyOf(proxy)),
        },
        access,
      )
      if (source === undefined) notes.push(remark('notOfNetwork', { list: place.from }))
      return source ? [source] : []
    })
  })
  return { found, notes: [...new Set(notes)] }
}

function urlOf(channel: string, alias: string, custom: readonly Table[]): string {
  if (/^[a-z]+:\/\//i.test(channel) || /^[./~]/.test(channel)) return channel
  const base = custom.map(table => table[channel]).find(value => typeof value === 'string')
  return `${(base ?? alias).replace(/\/+$/, '')}/${channel}`
}

/** Lowest first. */
async function condaLevels(machine: PackageMachine, notes: string[]): Promise<{ table: Table; path: string }[]> {
  const { env, home } = machine
  const root = env.CONDA_EXE ? dirname(dirname(env.CONDA_EXE)) : env.MAMBA_ROOT_PREFIX
  const folders = [
    '/etc/conda',
    '/var/lib/conda',
    root,
    join(env.XDG_CONFIG_HOME || join(home, '.config'), 'conda'),
    join(home, '.conda'),
  ]
  const around = async (folder: string) => [
    join(folder, '.condarc'),
    join(folder, 'condarc'),
    ...(await machine.names(join(folder, 'condarc.d')))
      .filter(name => /\.ya?ml$/.test(name))
      .map(name => join(folder, 'condarc.d', name)),
  ]
  const paths: string[] = []
  for (const folder of folders) if (folder) paths.push(...(await around(folder)))
  paths.push(join(home, '.condarc'), join(home, '.mambarc'))
  if (env.CONDA_PREFIX) paths.push(...(await around(env.CONDA_PREFIX)))
  for (const variable of [env.CONDARC, env.MAMBARC]) if (variable) paths.push(variable)
  const levels: { table: Table; path: string }[] = []
  for (const path of new Set(paths)) {
    const file = await machine.text(path)
    if (file === undefined) continue
    const table = 'text' in file ? await readYaml(file.text) : undefined
    if (isRecord(table)) levels.push({ table, path })
    else if (!('text' in file) || file.text.trim() !== '')
      notes.push(remark('managerCannotRead', { manager: 'conda', file: path }))
  }
  return levels
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter(one => typeof one === 'string').slice(0, mostChannels)
}

/** More than any URL or path: a value of nothing but names of one long variable would fill the memory. */
const longestValue = 8192

function fill(text: string, env: PackageMachine['env']): string {
  return text.slice(0, longestValue).replace(/\$\{?(\w+)\}?/g, (whole, name: string) => env[name] ?? whole)
}
