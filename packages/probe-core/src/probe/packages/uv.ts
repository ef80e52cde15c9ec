// Where uv and poetry would look for packages, when somebody configured them. They share pip's default otherwise.

import { dirname, join } from 'node:path'
import { remark } from '../../catalog/index.ts'
import { isRecord } from '../../model/json.ts'
import type { PackageMachine } from './machine.ts'
import { type FoundSettings, pipDefaultIndex } from './pip.ts'
import { type FoundSource, readSource } from './source.ts'

type Table = Readonly<Record<string, unknown>>

interface Level {
  readonly table: Table
  readonly path: string
}

interface Named {
  readonly url: string
  readonly from: string
  readonly name?: string
}

const mostIndexes = 30

/** @see https://docs.astral.sh/uv/concepts/indexes/ */
export async function readUv(machine: PackageMachine): Promise<FoundSettings> {
  const { env } = machine
  const notes: string[] = []
  const levels = await uvLevels(machine, notes)
  const variables = Object.keys(env).filter(
    name => /^UV_(?:DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX)$/.test(name) && env[name],
  )
  if (levels.length === 0 && variables.length === 0) return { found: [], notes }
  const found: FoundSource[] = []
  const add = (role: 'index' | 'find-links', text: string, from: string, name?: string, isDefault = false) => {
    const held = name && `UV_INDEX_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_PASSWORD`
    const credentials = held && env[held] ? `${held}, not sent` : undefined
    const given = { manager: 'uv', role, configuredBy: from, ...(credentials && { credentials }) } as const
    const source = readSource(text, { ...given, ...(isDefault && { isDefault: true as const }) })
    if (source) found.push(source)
    else notes.push(remark('notOfNetwork', { list: from }))
  }
  const noIndex = isTrue(env.UV_NO_INDEX) ? 'UV_NO_INDEX' : levels.find(({ table }) => table['no-index'] === true)?.path
  if (noIndex !== undefined) notes.push(remark('managerAsksNoIndex', { manager: 'uv', list: noIndex }))
  else {
    const main: Named | undefined =
      named(env.UV_DEFAULT_INDEX, 'UV_DEFAULT_INDEX') ??
      named(env.UV_INDEX_URL, 'UV_INDEX_URL') ??
      first(levels.flatMap(level => indexTables(level).filter(one => one.isDefault))) ??
      first(levels.flatMap(({ table, path }) => texts(table['index-url']).map(url => ({ url, from: `index-url, ${path}` }))))
    if (main) add('index', main.url, main.from, main.name)
    else add('index', pipDefaultIndex, "uv's default", undefined, true)
    const more: readonly Named[] = [
      ...split(env.UV_INDEX).flatMap(one => named(one, 'UV_INDEX') ?? []),
      ...split(env.UV_EXTRA_INDEX_URL).flatMap(one => named(one, 'UV_EXTRA_INDEX_URL') ?? []),
      ...levels.flatMap(level => indexTables(level).filter(one => !one.isDefault)),
      ...levels.flatMap(({ table, path }) =>
        texts(table['extra-index-url']).map(url => ({ url, from: `extra-index-url, ${path}` })),
      ),
    ]
    for (const one of more.slice(0, mostIndexes)) add('index', one.url, one.from, one.name)
  }
  for (const link of (env.UV_FIND_LINKS ?? '').split(',').filter(Boolean).slice(0, mostIndexes))
    add('find-links', link, 'UV_FIND_LINKS')
  for (const { table, path } of levels)
    for (const link of texts(table['find-links'])) add('find-links', link, `find-links, ${path}`)
  return { found, notes: [...new Set(notes)] }
}

/** The project's before the user's before the system's; in one folder uv.toml hides pyproject.toml. */
async function uvLevels(machine: PackageMachine, notes: string[]): Promise<readonly Level[]> {
  const { env, home, cwd } = machine
  const levels: Level[] = []
  const take = async (path: string, pick: (table: Table) => unknown) => {
    const table = await readToml(path, machine, notes)
    const picked = table && pick(table)
    if (isRecord(picked)) levels.push({ table: { ...(isRecord(picked.pip) ? picked.pip : {}), ...picked }, path })
    return isRecord(picked)
  }
  if (env.UV_CONFIG_FILE) {
    await take(env.UV_CONFIG_FILE, table => table)
    return levels
  }
  if (isTrue(env.UV_NO_CONFIG)) return levels
  for (let folder = cwd, depth = 0; depth < 30; folder = dirname(folder), depth += 1) {
    if (await take(join(folder, 'uv.toml'), table => table)) break
    if (await take(join(folder, 'pyproject.toml'), table => (isRecord(table.tool) ? table.tool.uv : undefined))) break
    if (folder === dirname(folder)) break
  }
  await take(join(env.XDG_CONFIG_HOME || join(home, '.config'), 'uv', 'uv.toml'), table => table)
  await take('/etc/uv/uv.toml', table => table)
  return levels
}

function indexTables({ table, path }: Level) {
  const tables = Array.isArray(table.index) ? table.index.filter(isRecord) : []
  return tables.slice(0, mostIndexes).flatMap(({ name, url, default: isDefault }) =>
    typeof url === 'string'
      ? [
          {
            url,
            isDefault: isDefault === true,
            from: `[[index]]${typeof name === 'string' ? ` ${name}` : ''}, ${path}`,
            ...(typeof name === 'string' && { name }),
          },
        ]
      : [],
  )
}

/** @see https://python-poetry.org/docs/repositories/ */
export async function readPoetry(machine: PackageMachine): Promise<FoundSettings> {
  const notes: string[] = []
  const path = join(machine.cwd, 'pyproject.toml')
  const table = await readToml(path, machine, notes)
  const poetry = isRecord(table?.tool) ? table.tool.poetry : undefined
  const tables = isRecord(poetry) && Array.isArray(poetry.source) ? poetry.source.filter(isRecord).slice(0, mostIndexes) : []
  if (tables.length === 0) return { found: [], notes }
  const isPrimary = ({ priority }: Table) => priority === undefined || priority === 'primary' || priority === 'default'
  const isPyPi = ({ name }: Table) => typeof name === 'string' && name.toLowerCase() === 'pypi'
  const found = tables.flatMap(one => {
    const name = typeof one.name === 'string' ? one.name : ''
    const url = typeof one.url === 'string' ? one.url : isPyPi(one) ? pipDefaultIndex : ''
    const held = `POETRY_HTTP_BASIC_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_PASSWORD`
    const credentials = machine.env[held] ? `${held}, not sent` : 'poetry config or keyring, not read'
    const from = `[[tool.poetry.source]] ${name}, ${path}`
    const source = readSource(url, { manager: 'poetry', role: 'index', configuredBy: from, ...(!isPyPi(one) && { credentials }) })
    return source ? [source] : []
  })
  const usesDefault = !tables.some(isPrimary) && !tables.some(isPyPi)
  const given = { manager: 'poetry', role: 'index', configuredBy: "poetry's default", isDefault: true } as const
  const byDefault = usesDefault ? readSource(pipDefaultIndex, given) : undefined
  return { found: byDefault ? [byDefault, ...found] : found, notes }
}

async function readToml(path: string, machine: PackageMachine, notes: string[]): Promise<Table | undefined> {
  const file = await machine.text(path)
  if (file === undefined || !('text' in file)) return undefined
  try {
    const { parse } = await import('smol-toml')
    return parse(file.text)
  } catch {
    notes.push(remark('notToml', { file: path }))
    return undefined
  }
}

function named(value: string | undefined, from: string): Named | undefined {
  if (!value) return undefined
  const [, name, url] = /^([A-Za-z0-9_.-]+)=(.+)$/.exec(value) ?? []
  return url === undefined ? { url: value, from } : { url, from: `${from} ${name}`, ...(name !== undefined && { name }) }
}

function first<T>(items: readonly T[]): T | undefined {
  return items[0]
}

function split(value: string | undefined): readonly string[] {
  return (value ?? '').split(/\s+/).filter(Boolean)
}

function texts(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? value : [value]
  return all.filter(one => typeof one === 'string').slice(0, mostIndexes)
}

function isTrue(value: string | undefined): boolean {
  return /^(?:1|true|yes|on)$/i.test(value ?? '')
}
